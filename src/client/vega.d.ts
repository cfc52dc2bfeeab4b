// Parts of Vega that bring no types of their own; the whole of it (with types) would double the script.
declare module "vega-dataflow" {
  export const transforms: Record<string, unknown>;
}
declare module "vega-encode";
declare module "vega-transforms";
declare module "vega-view-transforms";
declare module "vega-parser" {
  export function parse(spec: unknown, config?: unknown, options?: { ast?: boolean }): unknown;
}
declare module "vega-view" {
  export class View {
    constructor(runtime: unknown, options: { expr: unknown; renderer: "svg"; hover: boolean });
    data(name: string, rows: readonly unknown[]): this;
    initialize(place: Element): this;
    runAsync(): Promise<this>;
    container(): Element | null;
  }
}
