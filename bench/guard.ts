// `npm run bench:guard`: fails when a ratio of the small size is more than 30 % above the one in bench/recorded.json;
// `-- --record` writes the file anew. Ratios only: both sides are measured in one run, so that a slow machine slows both.
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

async function main(): Promise<void> {
  const [{ SIZES }, { importBench }, { workRatios }] = await Promise.all([
    import("./data.ts"),
    import("./import.ts"),
    import("./ratios.ts"),
  ]);
  const small = SIZES["small"];
  if (!small) throw new Error("there is no small size");
  const measured = ratiosOf([...(await importBench(small, 3)), ...(await workRatios(3))]);
  if (process.argv.includes("--record")) {
    writeFileSync(RECORDED, `${JSON.stringify(measured, null, 2)}\n`);
    return;
  }
  const lines = worsened(JSON.parse(readFileSync(RECORDED, "utf8")) as Ratios, measured);
  console.log(lines.length === 0 ? `no ratio worsened: ${JSON.stringify(measured)}` : lines.join("\n"));
  if (lines.length > 0) process.exitCode = 1;
}

if (process.argv[1] === new URL(import.meta.url).pathname) await main();
