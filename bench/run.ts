// `npm run bench [-- --size small] [--runs 5]`: measures, prints, and writes its block of docs/performance.md at full size.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { buildBench } from "./build.ts";
import { chatBench } from "./chats.ts";
import { SIZES } from "./data.ts";
import { importBench } from "./import.ts";
import { labelBench } from "./labels.ts";
import { orderBench } from "./orders.ts";
import { pageBench } from "./page.ts";
import { type Figure, report, withBlock } from "./report.ts";

const { values } = parseArgs({
  options: { size: { type: "string", default: "full" }, runs: { type: "string", default: "5" } },
});
const size = SIZES[values.size];
if (!size) throw new Error(`--size is one of ${Object.keys(SIZES).join(", ")}`);
const runs = Number(values.runs);

const figures: Figure[] = [];
const say = (figure: Figure) => {
  figures.push(figure);
  console.log(`${figure.what}: ${figure.value} (goal ${figure.goal})`);
};
for (const bench of [importBench, labelBench, chatBench, buildBench, pageBench])
  for (const figure of await bench(size, runs)) say(figure);

for (const figure of await orderBench(size.messages, runs)) say(figure);

const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB memory, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
const day = new Date().toISOString().slice(0, 10);
const block = report(figures, { machine, size, runs, day });
const document = new URL("../docs/performance.md", import.meta.url);
if (values.size === "full") writeFileSync(document, withBlock(readFileSync(document, "utf8"), block));
else console.log(block);
