// CDNOW's purchases (Fader & Hardie) are not part of this repository.
// `npm run bench:cdnow cdnow_customers_summary.csv`: refits the buying models (columns ID, frequency, recency, T in weeks).
// `npm run bench:cdnow CDNOW_sample.txt` or CDNOW_master.txt: imports the raw file and counts who bought again.
import { readFileSync } from "node:fs";
import { type Buyers, fitBuying, type Kind } from "../src/stats/btyd.ts";
import { cdnowTable } from "./cdnow-table.ts";
import { fitPareto } from "./pareto-nbd.ts";

/** r, α, a, b (Pareto/NBD: r, α, s, β) and the log-likelihood as scipy and R's optim find them, published to three digits. */
const KNOWN: Readonly<Record<string, readonly number[]>> = {
  bg: [0.2425929, 4.4135316, 0.7928861, 2.4257537, -9582.42556057],
  mbg: [0.5248379, 6.1829915, 0.891356, 1.6139995, -9582.1326849],
  pareto: [0.5532755, 10.5776126, 0.6062137, 11.6679128, -9594.97392983],
};

function refit(file: string): void {
  const buyers = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line): Buyers => {
      const [, repeats = 0, recency = 0, age = 0] = line.split(",").map(Number);
      return { repeats, recency, age, count: 1 };
    });
  const own = (kind: Kind) => {
    const { r, alpha, a, b, logLikelihood } = fitBuying(kind, buyers);
    return [r, alpha, a, b, logLikelihood];
  };
  const pareto = () => {
    const { r, alpha, s, beta, logLikelihood } = fitPareto(buyers);
    return [r, alpha, s, beta, logLikelihood];
  };
  for (const [kind, refitted] of Object.entries({ bg: () => own("bg"), mbg: () => own("mbg"), pareto })) {
    const start = performance.now();
    const found = refitted();
    const spent = Math.round(performance.now() - start);
    console.log(`${kind}: ${found.map((one) => one.toFixed(7)).join(" ")}, ${spent} ms`);
    const far = found.some((one, at) => Math.abs(one / (KNOWN[kind]?.[at] ?? Number.NaN) - 1) > 1e-4);
    if (far) throw new Error(`${kind}: known are ${KNOWN[kind]?.join(" ")}`);
  }
}

const [, , path] = process.argv;
if (!path) throw new Error("which file?");
if (path.endsWith(".txt")) await cdnowTable(path);
else refit(path);
