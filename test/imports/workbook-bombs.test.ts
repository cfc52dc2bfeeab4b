import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openSource } from "../../src/ingest/source.ts";
import { UserError } from "../../src/kit/errors.ts";
import { zip } from "../support/zip.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fupan-bomb-"));
});
afterEach(() => rmSync(root, { recursive: true }));

/** The least that a spreadsheet program opens. */
function workbook(rows: readonly string[], merged = "", shared = ""): Buffer {
  const parts = {
    "xl/workbook.xml": '<workbook><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/worksheets/sheet1.xml": `<worksheet><sheetData>${rows.join("")}</sheetData>${merged}</worksheet>`,
    "xl/sharedStrings.xml": `<sst><si><t>${shared}</t></si></sst>`,
  };
  return zip(new Map(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])));
}

const row = (at: number, cells: string) => `<row r="${at}">${cells}</row>`;
const title = (column: string) => `<c r="${column}1" t="inlineStr"><is><t>${column}</t></is></c>`;

/** @returns the table, or what is said of the workbook; nothing stays in the scratch folder. */
async function read(content: Buffer): Promise<string> {
  const [path, scratch] = [join(root, "book.xlsx"), join(root, "scratch")];
  writeFileSync(path, content);
  try {
    const source = await openSource(path, scratch);
    const text = readFileSync(source.text, "utf8");
    await source.dispose();
    return text;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.in("en");
  } finally {
    expect(existsSync(scratch) ? readdirSync(scratch) : []).toEqual([]);
  }
}

it("a small file of rows with one cell far to the right is refused before it is written out", async () => {
  const rows = Array.from({ length: 100_000 }, (_, at) => row(at + 1, `<c r="XFD${at + 1}"><v>1</v></c>`));
  const content = workbook(rows);
  expect(content.length).toBeLessThan(1 << 20);
  expect(await read(content)).toMatch(/The table has 16384 columns; 1000 can be read/);
});

it("a cell far to the right that only has a colour is no column", async () => {
  const rows = [row(1, `${title("A")}${title("B")}<c r="XFD1" s="1"/>`)];
  expect(await read(workbook(rows))).toBe("A,B\n");
});

it("one long text in every cell is refused before it fills the disk", { timeout: 120_000 }, async () => {
  const rows = Array.from({ length: 80 }, (_, at) => row(at + 1, `<c r="A${at + 1}" t="s"><v>0</v></c>`));
  const said = await read(workbook(rows, "", "x".repeat(8 << 20)));
  expect(said).toMatch(/larger than 512 MiB as text\n.*month by month/);
});

it("merged ranges that lie over one another cost a row no more than one", async () => {
  const many = 20_000;
  const rows = Array.from({ length: many }, (_, at) =>
    row(at + 1, `<c r="A${at + 1}"><v>${at}</v></c><c r="B${at + 1}"><v>1</v></c>`),
  );
  const ranges = rows.map((_, at) => `<mergeCell ref="A${at + 1}:A${many}"/>`);
  const before = process.cpuUsage();
  expect((await read(workbook(rows, `<mergeCells>${ranges.join("")}</mergeCells>`))).length).toBeGreaterThan(
    1,
  );
  // Of all ranges for all rows: 10 seconds and more.
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(4);
});
