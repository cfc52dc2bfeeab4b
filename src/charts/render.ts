import * as vega from "vega";
import { type ChartRow, compileChart, type RenderOptions, type Spec } from "./compile.ts";
import { textWidth } from "./metrics.ts";

(
  vega as unknown as { textMetrics: { width: (item: { fontSize?: number }, text: string) => number } }
).textMetrics.width = (item, text) => textWidth(String(text), item.fontSize ?? 11);

// A spec must never make the server read a file or a URL.
const loader = {
  load: () => Promise.reject(new Error("charts load nothing")),
  sanitize: () => Promise.reject(new Error("charts link nowhere")),
  http: () => Promise.reject(new Error("charts load nothing")),
  file: () => Promise.reject(new Error("charts load nothing")),
} as unknown as vega.Loader;

/** A Vega-Lite spec with rows as an SVG string. */
export async function renderChart(
  spec: Spec,
  rows: readonly ChartRow[],
  options: RenderOptions,
): Promise<string> {
  const ready = compiledOnce(spec, options);
  const data = ready.data?.map((one) => (one.name === spec.data.name ? { ...one, values: [...rows] } : one));
  const filled = { ...ready, ...(data ? { data } : {}) } as vega.Spec;
  const view = new vega.View(vega.parse(filled), { renderer: "none", loader, logLevel: vega.Error });
  try {
    return tidy(await view.toSVG(), options.label);
  } finally {
    view.finalize();
  }
}

/** What a spec becomes, by all that it depends on: it comes by message, so it is another object each time. */
const compiled = new Map<string, vega.Spec>();
/** Widths are on a grid, but params may be domains of a week. */
const KEPT_FORMS = 500;

/** Compiling is a third of a drawing and knows nothing of its rows. */
function compiledOnce(spec: Spec, options: RenderOptions): vega.Spec {
  const { label: _, ...form } = options;
  const key = JSON.stringify([spec, form]);
  const known = compiled.get(key);
  if (known) return known;
  if (compiled.size >= KEPT_FORMS) compiled.clear();
  const made = compileChart(spec, [], options);
  compiled.set(key, made);
  return made;
}

/** Drops what the page does not need, and gives the drawing its name. */
function tidy(svg: string, label: string): string {
  const name = label.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
  return (
    svg
      .replace(/ xmlns:xlink="[^"]*"| version="1\.1"| class="marks"/g, "")
      .replace(/<rect width="[\d.]+" height="[\d.]+" fill="(?:white|transparent)"\s*\/?>(?:<\/rect>)?/, "")
      .replace(/<path class="background"[^>]*><\/path>/g, "")
      // A layer without rows would be a picture without a name.
      .replace(/<g class="mark-[^"]*"[^>]*?(?:\/>|><\/g>)/g, "")
      .replace(/(<svg [^>]*?)>/, `$1 role="graphics-document" aria-label="${name}">`)
      .replace(
        / (d|x|y|x1|x2|y1|y2|width|height|cx|cy|r|transform)="([^"]*)"/g,
        (_whole, attribute: string, value: string) =>
          ` ${attribute}="${value.replace(/(\.\d{2})\d+/g, "$1")}"`,
      )
  );
}
