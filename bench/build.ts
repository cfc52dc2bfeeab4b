import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { State } from "../src/state/state.ts";
import { build } from "../src/warehouse/build.ts";
import { readCatalog } from "../src/warehouse/catalog.ts";
import { openWorkspace } from "../src/workspace.ts";
import { writeCommunity } from "./community.ts";
import { COMMUNITIES, SIZES, type Size } from "./data.ts";
import { emptyWorkspace, importAll } from "./import.ts";
import { type Figure, median } from "./report.ts";

const SQL = new URL("../sql", import.meta.url).pathname;

interface Measured {
  seconds: number;
  megabytes: number;
}

/** One build in a process of its own. @param next files to import before it. */
function measure(root: string, full: boolean, next: readonly string[] = []): Promise<Measured> {
  const child = fork(new URL(import.meta.url).pathname, [root, String(full), ...next], {
    execArgv: ["--import", "tsx"],
  });
  return new Promise((resolve, reject) => {
    child.on("message", (measured) => resolve(measured as Measured));
    child.on("exit", (code) => code !== 0 && reject(new Error(`exit ${code}`)));
  });
}

export async function buildBench(wanted: Size, runs: number): Promise<Figure[]> {
  const size = COMMUNITIES[wanted === SIZES["full"] ? "full" : "small"] ?? wanted;
  const root = mkdtempSync(join(tmpdir(), "fupan-bench-"));
  try {
    await writeCommunity(root, size);
    const { workspace, state } = await emptyWorkspace(root);
    await importAll(
      workspace,
      state,
      ["members", "messages", "orders"].map((name) => join(root, `${name}.csv`)),
    );
    const made = [];
    for (let run = 0; run < runs; run++) made.push(await measure(root, true));
    const week = await measure(
      root,
      false,
      ["messages", "orders"].map((name) => join(root, `${name}-next.csv`)),
    );
    const whole = await measure(root, true);
    return [
      {
        what: `Build of every mart and KPI over ${size.messages.toLocaleString("en-US")} messages, ${size.members.toLocaleString("en-US")} members, ${size.groups} groups, ${size.weeks} weeks`,
        value: `${median(made.map(({ seconds }) => seconds)).toFixed(1)} s`,
        goal: "45 s",
      },
      {
        what: "Peak memory of that build",
        value: `${(median(made.map(({ megabytes }) => megabytes)) / 1000).toFixed(2)} GB`,
        goal: "4 GB",
      },
      {
        what: "Import and build after one week more, against a full build of the same",
        value: `${((100 * week.seconds) / whole.seconds).toFixed(0)} % (${week.seconds.toFixed(1)} s)`,
        goal: "15 %",
      },
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const [, script, root, full, ...next] = process.argv;
if (script === new URL(import.meta.url).pathname && root && process.send) {
  const workspace = openWorkspace(root);
  const state = new State(workspace.state);
  const start = performance.now();
  if (next.length > 0) await importAll(workspace, state, next);
  await build(workspace, state, readCatalog(SQL), { now: new Date(), full: full === "true" });
  process.send({
    seconds: (performance.now() - start) / 1000,
    megabytes: process.resourceUsage().maxRSS / 1000,
  });
}
