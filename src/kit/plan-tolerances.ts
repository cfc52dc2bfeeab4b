import type { Step } from "./plan.ts";

type Tolerances = NonNullable<Step["tolerances"]>;

const NUMBER = "-?\\d+(?:\\.\\d+)?";
const ITEM = new RegExp(
  `^(.*?)\\s*(?:(${NUMBER})\\s*±\\s*(${NUMBER})|(${NUMBER})?\\s*(?:\\.\\.|~|至)\\s*(${NUMBER})?)$`,
);

/** Tolerances as one cell of a plan table: `脂肪 16..19；直径 98.5±0.1；字数 10..`. */
export function tolerancesText(tolerances: Tolerances): string {
  return Object.entries(tolerances)
    .map(([measure, { min, max, target, within }]) =>
      target === undefined ? `${measure} ${min ?? ""}..${max ?? ""}` : `${measure} ${target}±${within ?? 0}`,
    )
    .join("；");
}

/** The same read back; undefined where it can't be read. */
export function readTolerances(cell: string): Tolerances | undefined {
  const found: Tolerances = {};
  for (const item of cell.split(/[;；]/).map((one) => one.trim())) {
    const [, measure, target, within, min, max] = ITEM.exec(item) ?? [];
    if (!measure) return undefined;
    found[measure] =
      target === undefined
        ? {
            ...(min === undefined ? {} : { min: Number(min) }),
            ...(max === undefined ? {} : { max: Number(max) }),
          }
        : { target: Number(target), within: Number(within) };
  }
  return found;
}
