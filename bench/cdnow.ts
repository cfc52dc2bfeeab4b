// CDNOW's purchases (Fader & Hardie) are not part of this repository.
// `npm run bench:cdnow cdnow_customers_summary.csv`: refits the buying models (columns ID, frequency, recency, T in weeks).
// `npm run bench:cdnow CDNOW_sample.txt` or CDNOW_master.txt: imports the raw file and counts who bought again.
import { readFileSync } from "node:fs";
import { type Buyers, fitBuying, type Kind } from "../src/stats/btyd.ts";
import { cdnowTable } from "./cdnow-table.ts";

const [, , path] = process.argv;
if (!path) throw new Error("which file?");
if (path.endsWith(".txt")) await cdnowTable(path);
else refit(path);

function refit(file: string): void {
  const buyers = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line): Buyers => {
      const [, repeats = 0, recency = 0, age = 0] = line.split(",").map(Number);
      return { repeats, recency, age, count: 1 };
    });
  for (const kind of ["bg", "mbg"] satisfies Kind[]) {
    const start = performance.now();
    const { r, alpha, a, b, logLikelihood } = fitBuying(kind, buyers);
    const figures = [r, alpha, a, b].map((one) => one.toFixed(7)).join(" ");
    console.log(
      `${kind}: r α a b = ${figures}, LL ${logLikelihood.toFixed(6)}, ${Math.round(performance.now() - start)} ms`,
    );
  }
}
