import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { FACTS } from "../../src/ingest/facts.ts";
import type { FileResult } from "../../src/ingest/import-file.ts";
import type { Cell, Row } from "../../src/warehouse/rows.ts";
import { Community } from "./community.ts";
import { zip } from "./zip.ts";

const ROOT = new URL("../../fixtures/", import.meta.url).pathname;
const FOLDERS = ["chats", "members", "orders", "surveys", "tables"];

/** A sample of a format, and by hand beside it what a reader of the format's documentation expects of it. */
export interface Fixture {
  /** Id of the importer: the folder's name. */
  id: string;
  /** `chats/qq-txt/茶友群.txt` */
  path: string;
  name: string;
  content: Buffer;
  expected: readonly Row[];
  /** A folder of samples stands for the zip of it. */
  members?: ReadonlyMap<string, Buffer>;
}

/** The sample with its text changed: of a zip that of each file in it. */
export function changed({ content, members }: Fixture, change: (text: Buffer) => Buffer): Buffer {
  return members ? zip(new Map([...members].map(([name, text]) => [name, change(text)]))) : change(content);
}

function membersOf(folder: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(folder, { recursive: true }).map(String).sort();
  return new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}

/** @param mayBeNew whether a sample without a golden file counts as one that expects nothing. */
export function fixtures({ mayBeNew = false } = {}): Fixture[] {
  const folders = FOLDERS.filter((folder) => existsSync(join(ROOT, folder))).flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((id) => join(folder, id)),
  );
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => !name.endsWith(".expected.jsonl"))
      .map((name) => {
        const path = join(ROOT, folder, name);
        const members = statSync(path).isDirectory() ? membersOf(path) : undefined;
        return {
          id: basename(folder),
          path: join(folder, name),
          name: members ? `${name}.zip` : name,
          content: members ? zip(members) : readFileSync(path),
          expected: readGolden(`${path.replace(/\.[^./]+$/, "")}.expected.jsonl`, mayBeNew),
          ...(members ? { members } : {}),
        };
      }),
  );
}

function readGolden(path: string, mayBeNew: boolean): Row[] {
  if (mayBeNew && !existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Row);
}

/** Imports a sample into a workspace of its own. @param content the sample in another encoding or with other line ends. */
export async function rowsOf({ name, content }: Pick<Fixture, "name" | "content">): Promise<string[]> {
  const community = new Community();
  try {
    const result = await community.import(name, content);
    return canonical([...counts(result), ...(await lakeRows(community))]);
  } finally {
    community.remove();
  }
}

/** What the import said of the file: its four numbers, the refused rows and the doubtful ones by place. */
export function counts({ read, accepted, duplicate, rejected, issues }: FileResult): Row[] {
  const told = issues.map(({ line, column, code, accepted: isUsed }) => ({
    fact: isUsed ? "doubts" : "rejects",
    line,
    column,
    code,
  }));
  return [{ fact: "file", read, accepted, duplicate, rejected }, ...told];
}

/** Which orders a file repeats is said of the file and named by its bytes: it is no row of its content. */
export const REPEATED = "order_repeats";

/** All rows of the lake, named by their fact, but for what is said of whole files. */
export async function lakeRows(community: Community): Promise<Row[]> {
  return await community.lake(async (database) => {
    const rows: Row[] = [];
    for (const fact of Object.keys(FACTS)) {
      if (fact === REPEATED) continue;
      for (const row of await database.all(`from lake.${fact}`)) rows.push({ fact, ...row });
    }
    return rows;
  });
}

// Keys hang on the workspace's secret; where a row came from and when it was read is the same for the whole file.
const HIDDEN = /^(?:row_key|nth|source_format|seen_at|phone_key|unionid_key)$|_is_utc$/;
const PERSON = /_keys?$/;

/**
 * Rows as lines of JSON, as a golden file holds them but in an order of their own: without what is empty, instants
 * with a Z, and each person as p1, p2, … by first appearance in that order.
 */
export function canonical(rows: readonly Row[]): string[] {
  const order = rows.map((row) => ({ row: tidy(row), at: JSON.stringify(tidy(row, true)) }));
  order.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const labels = new Map<string, string>();
  const label = (key: Cell): Cell => {
    if (Array.isArray(key)) return key.map(label);
    const known = labels.get(String(key)) ?? `p${labels.size + 1}`;
    labels.set(String(key), known);
    return known;
  };
  return order.map(({ row }) =>
    JSON.stringify(row, (column, value: Cell) => (PERSON.test(column) ? label(value) : value)),
  );
}

function tidy(row: Row, anonymous = false): Row {
  const cells = Object.entries(row).map(([column, value]): [string, Cell] => {
    if (row[`${column}_is_utc`] === true) return [column, `${value}Z`];
    const nested = /^(?:extra|definition)$/.test(column) && value !== null;
    return [column, nested ? tidy((typeof value === "string" ? JSON.parse(value) : value) as Row) : value];
  });
  const kept = cells.filter(
    ([column, value]) => !HIDDEN.test(column) && !(anonymous && PERSON.test(column)) && !isEmpty(value),
  );
  const first = (column: string) => (column === "fact" ? "" : column);
  return Object.fromEntries(kept.sort(([a], [b]) => (first(a) < first(b) ? -1 : 1)));
}

function isEmpty(value: Cell): boolean {
  return (
    value === null ||
    value === false ||
    value === "" ||
    (typeof value === "object" && !Object.keys(value).length)
  );
}
