import type * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";

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
