import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { textWidth } from "./metrics.ts";

export type Spec = Record<string, unknown> & { data: { name: string } };
export type ChartRow = Record<string, string | number | boolean | null>;

export interface RenderOptions {
  /** Pixels of the drawing, padding included. */
  width: number;
  height?: number;
  /** theme.json: Vega-Lite's config, with CSS variables for colours so that one SVG serves light and dark. */
  theme: Record<string, unknown>;
  /** What a screen reader says of the whole chart. */
  label: string;
  /** Values for the spec's own params: a unit behind the axis labels, a domain. */
  params?: Readonly<Record<string, string | number | readonly number[]>>;
}

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

const compiled = new WeakMap<Spec, Map<string, vega.Spec>>();
/** Widths are on a grid, but params may be domains of a week. */
const KEPT_FORMS = 50;

/** Compiling is a third of a drawing and knows nothing of its rows. */
function compiledOnce(spec: Spec, options: RenderOptions): vega.Spec {
  const { width, height, params } = options;
  const forms = compiled.get(spec) ?? new Map<string, vega.Spec>();
  compiled.set(spec, forms);
  const key = JSON.stringify([width, height, params]);
  const known = forms.get(key);
  if (known) return known;
  if (forms.size >= KEPT_FORMS) forms.clear();
  const made = compileChart(spec, [], options);
  forms.set(key, made);
  return made;
}

/** The Vega spec that a browser runs: its rows may come later, under the name that the spec gives them. */
export function compileChart(
  spec: Spec,
  rows: readonly ChartRow[],
  { width, height, theme, params = {} }: RenderOptions,
): vega.Spec {
  const { usermeta: _, params: declared, ...chart } = spec;
  assertClosed(chart);
  const settled = ((declared ?? []) as { name: string }[]).map((one) =>
    one.name in params ? { ...one, value: params[one.name] } : one,
  );
  const lite = {
    ...chart,
    width: chart["width"] ?? width,
    ...(height === undefined ? {} : { height }),
    ...(settled.length > 0 ? { params: settled } : {}),
    data: { name: spec.data.name, values: rows },
    config: theme,
  } as unknown as TopLevelSpec;
  return compile(lite, { logger: silent() }).spec;
}

/**
 * A chart shows its rows and nothing else. A link that the loader refuses would end the whole process: Vega draws it
 * from a promise that nobody waits for.
 * @throws for a URL, a link or a picture, wherever it stands.
 */
function assertClosed(part: unknown): void {
  if (typeof part !== "object" || part === null) return;
  for (const [key, value] of Object.entries(part)) {
    if (key === "href" || key === "url" || value === "image")
      throw new Error(`chart: "${key}" is not allowed: a chart loads nothing and leads nowhere`);
    assertClosed(value);
  }
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

function silent() {
  const self = {
    level: () => self,
    error: (...args: unknown[]) => fail(args),
    warn: (...args: unknown[]) => fail(args),
    info: () => self,
    debug: () => self,
  };
  return self as never;
}

/** Vega-Lite only warns of what it can't draw; here that is an error, so that no typo reaches a reader. */
function fail(args: readonly unknown[]): unknown {
  // A height in steps is not fitted, which is what such a spec asks for.
  if (String(args[0]).startsWith('Dropping "fit-y"')) return undefined;
  throw new Error(`chart: ${args.map(String).join(" ")}`);
}
