import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fixtures, rowsOf } from "../test/support/golden.ts";

/*
 * npx tsx scripts/golden.ts chats/line-txt …   writes the golden rows of these samples as they come out now.
 * A start for a new sample and never a proof: read every line against the sample before you commit it.
 */
const wanted = process.argv.slice(2);
const root = new URL("../fixtures/", import.meta.url).pathname;
for (const fixture of fixtures({ mayBeNew: true })) {
  if (!wanted.some((start) => fixture.path.startsWith(start))) continue;
  // A folder of samples has no ending.
  const target = `${fixture.path.replace(/\.[^./]+$/, "")}.expected.jsonl`;
  writeFileSync(join(root, target), `${(await rowsOf(fixture)).join("\n")}\n`);
  process.stdout.write(`${target}\n`);
}
