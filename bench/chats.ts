import { fork } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseString } from "whatsapp-chat-parser";
import { Database, literal } from "../src/warehouse/database.ts";
import { writeTelegram, writeWecom, writeWhatsapp } from "./chat-files.ts";
import type { Size } from "./data.ts";
import { emptyWorkspace, importAll } from "./import.ts";
import { importsAlone } from "./program.ts";
import { type Figure, median } from "./report.ts";

/** What a process of its own says of its work: seconds of the work alone, those of all cores together, peak memory in GB. */
interface Spent {
  seconds: number;
  cpu: number;
  peak: number;
}

const TASKS: Readonly<Record<string, (files: readonly string[]) => Promise<unknown>>> = {
  async import(files) {
    const root = mkdtempSync(join(tmpdir(), "fupan-bench-"));
    const { workspace, state } = await emptyWorkspace(root);
    const start = performance.now();
    await importAll(workspace, state, files);
    const seconds = (performance.now() - start) / 1000;
    rmSync(root, { recursive: true });
    return seconds;
  },
  async peer([file = ""]) {
    const start = performance.now();
    const { length } = parseString(readFileSync(file, "utf8"));
    if (length === 0) throw new Error("the peer read nothing");
    return (performance.now() - start) / 1000;
  },
  async copy([file = ""]) {
    const database = await Database.open(":memory:");
    const start = performance.now();
    await database.run(
      `copy (select msgid, action, "from", tolist, roomid, msgtime, msgtype, text
         from read_json(${literal(file)}, format = 'newline_delimited', columns = {msgid: 'VARCHAR', action: 'VARCHAR', "from": 'VARCHAR',
           tolist: 'VARCHAR[]', roomid: 'VARCHAR', msgtime: 'VARCHAR', msgtype: 'VARCHAR', text: 'STRUCT(content VARCHAR)'}))
       to ${literal(`${file}.parquet`)} (format parquet, compression zstd)`,
    );
    database.close();
    return (performance.now() - start) / 1000;
  },
};

async function spent(task: string, files: readonly string[]): Promise<Spent> {
  const child = fork(new URL(import.meta.url).pathname, [task, ...files], { execArgv: ["--import", "tsx"] });
  return new Promise((resolve, reject) => {
    child.on("message", (said) => resolve(said as Spent));
    child.on("exit", (code) => code !== 0 && reject(new Error(`${task}: exit ${code}`)));
  });
}

/** Both in turn, run by run: the machine's other work falls on each alike. */
async function against(
  runs: number,
  ours: () => Promise<Spent>,
  theirs: () => Promise<Spent>,
): Promise<{ ratio: number; cpu: number; ours: Spent; theirs: Spent }> {
  const made = [];
  for (let run = 0; run < runs; run++) {
    const [a, b] = [await ours(), await theirs()];
    made.push({ ratio: a.seconds / b.seconds, cpu: a.cpu / b.cpu, ours: a, theirs: b });
  }
  const middle = median(made.map(({ ratio }) => ratio));
  return made.find(({ ratio }) => ratio === middle) as (typeof made)[number];
}

const rate = (messages: number, { seconds }: Spent) => `${Math.round(messages / seconds / 1000)} k/s`;
const gigabytes = ({ peak }: { peak: number }) => `${peak.toFixed(2)} GB`;

export async function chatBench({ messages }: Pick<Size, "messages">, runs: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "fupan-bench-"));
  const n = messages.toLocaleString("en-US");
  try {
    const [jsonl, log, half, other] = [
      "a.jsonl",
      "WhatsApp Chat with A.txt",
      "WhatsApp Chat with B.txt",
      "WhatsApp Chat with C.txt",
    ].map((name) => join(folder, name)) as [string, string, string, string];
    await writeWecom(jsonl, messages);
    const lines = await against(
      runs,
      () => spent("import", [jsonl]),
      () => spent("copy", [jsonl]),
    );
    rmSync(jsonl);
    await writeWhatsapp(log, messages, 0);
    const text = await against(
      runs,
      () => spent("import", [log]),
      () => spent("peer", [log]),
    );
    await writeWhatsapp(half, messages / 4, 1);
    await writeWhatsapp(other, messages / 4, 2);
    const both = await against(
      runs,
      () => spent("import", [half, other]),
      () => spent("import", [half]),
    );
    const big = join(folder, "result.json");
    await writeTelegram(big, messages * 512);
    const [whole, quarter, telegram] = await importsAlone([log], [half], [big]);
    const theirs = text.theirs;
    if (!whole || !quarter || !telegram) throw new Error("nothing was measured");
    return [
      {
        what: `Import of ${n} WeCom messages (JSONL), against DuckDB's own copy of the same columns`,
        value: `${lines.ratio.toFixed(2)} × of time, ${lines.cpu.toFixed(2)} × of work (${lines.ours.seconds.toFixed(1)} s)`,
        goal: "1.6 ×",
      },
      {
        what: `Import of ${n} WhatsApp messages, against the parse alone of whatsapp-chat-parser`,
        value: `${text.ratio.toFixed(2)} × of time, ${text.cpu.toFixed(2)} × of work (${rate(messages, text.ours)} against ${rate(messages, text.theirs)})`,
        goal: "0.87 ×",
      },
      {
        what: "Peak memory of `fupan import` of it (of the peer's parse)",
        value: `${gigabytes(whole)} (${gigabytes(theirs)})`,
        goal: "0.35 GB",
      },
      { what: "Peak memory of a quarter of that log", value: gigabytes(quarter), goal: "as the whole" },
      {
        what: "Import of two WhatsApp logs, against one of them",
        value: `${both.ratio.toFixed(2)} ×`,
        goal: "1.5 ×",
      },
      {
        what: `Peak memory of importing a Telegram result.json of ${(statSync(big).size / 1e9).toFixed(2)} GB`,
        value: `${gigabytes(telegram)} (${telegram.seconds.toFixed(0)} s)`,
        goal: "0.6 GB",
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, script, task = "", ...files] = process.argv;
if (script === new URL(import.meta.url).pathname && process.send) {
  const before = process.cpuUsage();
  const seconds = await TASKS[task]?.(files);
  const { user, system } = process.cpuUsage(before);
  process.send({ seconds, cpu: (user + system) / 1e6, peak: process.resourceUsage().maxRSS / 1e6 });
}
if (script === new URL(import.meta.url).pathname && !process.send)
  for (const { what, value, goal } of await chatBench({ messages: Number(task || 600_000) }, 3))
    console.log(`${what}: ${value} (goal ${goal})`);
