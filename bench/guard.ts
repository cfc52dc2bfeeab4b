// `npm run bench:guard`: fails when a ratio of the small size is more than 30 % above the one in bench/recorded.json;
// `-- --record` writes the file anew. Ratios only: both sides are measured in one run, so that a slow machine slows both.
// `-- --work`, for a busy machine, takes those alone that compare work of the processor, not time.
import { readFileSync, writeFileSync } from "node:fs";
import type { Figure } from "./report.ts";

export type Ratios = Record<string, number>;

const TOLERANCE = 0.3;
const RECORDED = new URL("recorded.json", import.meta.url);

/** "2.66 × (3.4 s)" → 2.66, by what was measured; figures of another kind are left out. */
export function ratiosOf(figures: readonly Figure[]): Ratios {
  return Object.fromEntries(
    figures.flatMap(({ what, value }) => {
      const ratio = /^(\d+(?:\.\d+)?) ×/.exec(value)?.[1];
      return ratio === undefined ? [] : [[what, Number(ratio)]];
    }),
  );
}

/** One line for each ratio that worsened, and for each that is no longer measured or was never recorded. */
export function worsened(recorded: Ratios, measured: Ratios, tolerance = TOLERANCE): string[] {
  const lines = Object.entries(recorded).flatMap(([what, before]) => {
    const now = measured[what];
    if (now === undefined) return [`${what}: not measured any more`];
    const change = Math.round((now / before - 1) * 100);
    return now > before * (1 + tolerance) ? [`${what}: ${before} × → ${now} × (+${change} %)`] : [];
  });
  const fresh = Object.keys(measured).filter((what) => !(what in recorded));
  return [...lines, ...fresh.map((what) => `${what}: not recorded yet`)];
}

/** Of two measurements the lower ones: what other work of the machine added to one is not in both. */
export function lower(one: Ratios, other: Ratios): Ratios {
  return Object.fromEntries(
    Object.entries(one).map(([what, ratio]) => [what, Math.min(ratio, other[what] ?? ratio)]),
  );
}

/** Those that are measured as work. */
export function workOf(recorded: Ratios): Ratios {
  return Object.fromEntries(Object.entries(recorded).filter(([what]) => !what.startsWith("Import of ")));
}

async function main(): Promise<void> {
  const [{ SIZES }, { importBench }, { workRatios }] = await Promise.all([
    import("./data.ts"),
    import("./import.ts"),
    import("./ratios.ts"),
  ]);
  const small = SIZES["small"];
  if (!small) throw new Error("there is no small size");
  const isWork = process.argv.includes("--work");
  const measure = async () =>
    ratiosOf([...(isWork ? [] : await importBench(small, 3)), ...(await workRatios(3))]);
  let measured = await measure();
  if (process.argv.includes("--record")) {
    writeFileSync(RECORDED, `${JSON.stringify(measured, null, 2)}\n`);
    return;
  }
  const all = JSON.parse(readFileSync(RECORDED, "utf8")) as Ratios;
  const recorded = isWork ? workOf(all) : all;
  // Only what worsens twice has worsened.
  if (worsened(recorded, measured).length > 0) measured = lower(measured, await measure());
  const lines = worsened(recorded, measured);
  console.log(lines.length === 0 ? `no ratio worsened: ${JSON.stringify(measured)}` : lines.join("\n"));
  if (lines.length > 0) process.exitCode = 1;
}

if (process.argv[1] === new URL(import.meta.url).pathname) await main();
