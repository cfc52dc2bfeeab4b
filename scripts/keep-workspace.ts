// `npm run keep:workspace`: makes fixtures/workspaces/VERSION.zip, an invented workspace as this version leaves it. Run it
// at each release: test/state/kept.test.ts opens all of them with the code of its day.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { zipSync } from "fflate";
import { saveColumnMap } from "../src/state/batches.ts";
import { claimReminder, settleReminder } from "../src/state/reminders.ts";
import { State } from "../src/state/state.ts";

const ROOT = new URL("..", import.meta.url).pathname;
const root = mkdtempSync(join(tmpdir(), "fupan-keep-"));

function fupan(args: readonly string[], input = ""): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", join(ROOT, "src/cli.ts"), ...args, "--workspace", root],
    { cwd: ROOT, encoding: "utf8", input, env: { ...process.env, CHROMIUM: "/no/chromium" } },
  );
  if (status !== 0) throw new Error(`fupan ${args.join(" ")}: exit ${status}\n${stdout}${stderr}`);
  return stdout;
}

function rows<T>(...args: string[]): T {
  return JSON.parse(fupan([...args, "--json"])) as T;
}

const table = (lines: readonly (readonly (string | number)[])[]) =>
  `${lines.map((line) => line.join(",")).join("\n")}\n`;
const day = (at: number) => new Date(Date.UTC(2026, 8, 7 + at)).toISOString().slice(0, 10);
const people = Array.from({ length: 12 }, (_, at) => `wxid_kept_${at}`);

/** Nine weeks of two groups that fall silent; one buyer is known by name only, the last of the people is forgotten. */
function writeInbox(): void {
  const inbox = join(root, "inbox");
  mkdirSync(inbox, { recursive: true });
  writeFileSync(
    join(inbox, "messages.csv"),
    table([
      ["group_id", "group_name", "message_id", "sender_id", "sender_name", "sent_at", "text"],
      ...Array.from({ length: 63 }, (_, at) =>
        people.slice(0, at < 49 ? 6 + (at % 5) : 3).map((id, n) => {
          const text = at % 9 === 0 ? "质量太差了，我要退货" : `第 ${at} 天`;
          const group = `g${1 + (n % 2)}`;
          return [group, `群 ${group}`, `k${at}-${n}`, id, `群友${n}`, `${day(at)} 12:0${n}:00`, text];
        }),
      ).flat(),
    ]),
  );
  writeFileSync(
    join(inbox, "members.csv"),
    table([
      ["group_id", "group_name", "member_id", "name", "phone", "joined_at"],
      ...people.map((id, n) => [
        `g${1 + (n % 2)}`,
        `群 g${1 + (n % 2)}`,
        id,
        `群友${n}`,
        `199000080${10 + n}`,
        "2026-09-01 09:00:00",
      ]),
    ]),
  );
  writeFileSync(
    join(inbox, "orders.csv"),
    table([
      ["order_id", "paid_at", "amount", "buyer_id", "buyer_name", "group_id"],
      ...Array.from({ length: 20 }, (_, at) => {
        const paid = `${day(at * 3)} 13:00:00`;
        return at === 7
          ? [`o${at}`, paid, 20 + at, "", "群友2", "g1"]
          : [`o${at}`, paid, 20 + at, people[at % 6] ?? "", "", "g1"];
      }),
    ]),
  );
}

writeFileSync(join(root, "fupan.yaml"), "community: 旧版社群\ntargets: { activity_rate: 0.3 }\n");
writeInbox();
fupan(["run"]);
fupan(["user", "add", "admin", "--role", "admin", "--password-stdin"], "kept since then 1\n");
fupan(
  ["user", "add", "lead", "--role", "leader", "--group", "g1", "--password-stdin"],
  "kept since then 2\n",
);
const { suggestions } = rows<{ suggestions: { id: string }[] }>("suggestions", "list", "--week", "2026-W43");
const [first, second] = suggestions;
if (!first || !second) throw new Error("a workspace to keep needs two suggestions");
fupan(["suggestions", "accept", first.id, "--owner", "小周", "--due", "2026-12-01"]);
fupan(["suggestions", "reject", second.id, "--reason", "已经做过"]);
const [pending] = rows<{ suggestion_id: string }[]>("identity", "suggest");
if (!pending) throw new Error("a workspace to keep needs somebody to decide on");
fupan(["identity", "accept", pending.suggestion_id]);
const [message] = rows<{ message_key: string }[]>(
  "sql",
  "select message_key from marts.messages order by 1 limit 1",
);
fupan(["label", String(message?.message_key), "complaint"]);
const state = new State(join(root, "state.duckdb"));
await saveColumnMap(
  state,
  "kept-orders",
  { id: "kept-orders", kind: "order", columns: { order_id: "单号", paid_at: "付款", amount: "实付" } },
  new Date(),
);
await claimReminder(state, "kept-step", new Date());
await settleReminder(state, "kept-step", new Date());
fupan(["forget", "wxid_kept_11", "--yes"]);
fupan(["verify"]);

/** What the raw exports hold is known; they lie where every later version looks for them. */
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
const to = join(ROOT, "fixtures/workspaces", `${version}.zip`);
writeFileSync(
  to,
  zipSync(
    Object.fromEntries(files.map((file) => [relative(root, file), new Uint8Array(readFileSync(file))])),
    {
      level: 9,
    },
  ),
);
rmSync(root, { recursive: true });
console.log(`${relative(ROOT, to)}: ${files.length} files`);
