// `npm run bench:cdnow cdnow_customers_summary.csv`: refits the buying models on CDNOW's 2,357 customers
// (columns ID, frequency, recency, T in weeks; Fader & Hardie), which are not part of this repository.
import { readFileSync } from "node:fs";
import { type Buyers, fitBuying, type Kind } from "../src/stats/btyd.ts";

const [, , path] = process.argv;
if (!path) throw new Error("which file?");
const buyers = readFileSync(path, "utf8")
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
