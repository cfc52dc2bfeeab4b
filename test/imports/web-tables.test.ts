import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSource } from "../../src/ingest/source.ts";
import { type Page, pageToCsv } from "../../src/ingest/web-page.ts";
import { UserError } from "../../src/kit/errors.ts";
import { canonical, fixtures, rowsOf } from "../support/golden.ts";
import { page, pageOfCsv, table } from "../support/page.ts";

/* Tables of web pages and workbooks in XML, as back offices export them under the name .xls. */
let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "fupan-page-"));
});
afterEach(() => rmSync(root, { recursive: true }));

const samples = fixtures();
const textOf = (content: Buffer) => {
  const text = content.toString("utf8");
  return text.includes("\uFFFD") ? new TextDecoder("gb18030").decode(content) : text;
};

/** The table that a file is read as, and of a page what is told. */
async function read(content: string | Uint8Array, name = "订单.xls") {
  const [path, scratch] = [join(root, name), join(root, "scratch")];
  writeFileSync(path, content);
  try {
    const source = await openSource(path, scratch);
    const csv = readFileSync(source.text, "utf8");
    const { notes = [], cutRow, groups } = source.workbook ?? {};
    await source.dispose();
    return { csv, notes: notes.map(({ en }) => en).join("\n"), cutRow, groups, name: source.workbook?.sheet };
  } finally {
    expect(existsSync(scratch) ? readdirSync(scratch) : []).toEqual([]);
  }
}
const csvOf = async (content: string | Uint8Array) => (await read(content)).csv;

const lists = samples.filter(
  ({ path, name }) => /^(?:orders|members|surveys)\//.test(path) && name.endsWith(".csv"),
);

describe.each(lists.map((one) => [one.path, one] as const))("%s as a web page", (_path, fixture) => {
  it("gives the rows of the table", { timeout: 60_000 }, async () => {
    const content = Buffer.from(pageOfCsv(textOf(fixture.content)));
    const rows = await rowsOf({ name: fixture.name.replace(/\.csv$/, ".xls"), content });
    // A line of a file is a row of a sheet.
    const placeless = (all: readonly string[]) => all.map((row) => row.replace(/,"line":\d+/, ""));
    expect(placeless(rows)).toEqual(placeless(canonical(fixture.expected)));
  });
});

const pages = samples.filter(({ name }) => name.endsWith(".xls"));
const pageKind = ({ content }: { content: Buffer }): Page =>
  content.subarray(0, 5).toString() === "<?xml" ? "xml" : "html";

describe.each(pages.map((one) => [one.path, one] as const))("%s", (_path, fixture) => {
  const whole = Buffer.from(textOf(fixture.content));
  const csv = async (content: Uint8Array, piece?: number) => {
    const [from, to] = [join(root, "page"), join(root, "table")];
    writeFileSync(from, content);
    const { cutRow } = await pageToCsv(from, "x", pageKind(fixture), to, false, undefined, piece);
    return { text: readFileSync(to, "utf8"), isCut: cutRow !== undefined };
  };

  it("is the same table in pieces of any size", async () => {
    const { text } = await csv(whole);
    for (const piece of [1, 2, 3, 7, 100]) expect(await csv(whole, piece)).toEqual({ text, isCut: false });
  });

  it("cut at any byte is refused, or its first rows and at most one that is told of", async () => {
    const { text } = await csv(whole);
    const rows = text.split("\n");
    let [cut, most] = [0, 0];
    for (let at = whole.length - 1; at > 0; at -= 1 + (at % 3)) {
      const got = await csv(whole.subarray(0, at)).catch((error: unknown) => {
        if (error instanceof UserError) return undefined;
        throw error;
      });
      if (!got) continue;
      const read = got.text.split("\n").slice(0, -1);
      // The fullest table is read: of a workbook that is cut early this is another sheet.
      if (rows[0] !== read[0]) continue;
      expect([at, read]).toEqual([at, rows.slice(0, read.length)]);
      most = Math.max(most, read.length);
      if (got.isCut) cut++;
    }
    expect([most, cut > 20]).toEqual([rows.length - 1, true]);
  });
});

it.each<[string, string, string]>([
  [
    "end tags that were left out",
    "<table><tr><th>甲<th>乙<tbody><tr><td>1<td>2<tr><td>3<td>4</table>",
    "甲,乙\n1,2\n3,4\n",
  ],
  [
    "no table around the rows",
    "<tr><td>甲</td><td>乙</td></tr><tr><td>1</td><td>2</td></tr>",
    "甲,乙\n1,2\n",
  ],
  ["a line before it", "<b>Notice</b>: x<br />\n<table><tr><td>甲</td><td>乙</td></tr></table>", "甲,乙\n"],
  [
    "cells over columns and rows",
    "<table><tr><td colspan=2>单<td rowspan=2>注<tr><td>1<td>2<tr><td>3</table>",
    "单,,注\n1,2,注\n3,,\n",
  ],
  [
    "an amount over rows, which counts once",
    "<table><tr><td rowspan=2>o1<td>a<td rowspan=2>9.9<tr><td>b</table>",
    "o1,a,9.9\no1,b,\n",
  ],
  [
    "entities and blanks",
    "<table><tr><td>&nbsp;a&nbsp;&amp;&#23567;&#x6ee1; &unknown; </td><td>\n x\n  y </td></tr></table>",
    "a &小满 &unknown;,x y\n",
  ],
  [
    "lines of a cell",
    "<table><tr><td>a<br>b<br/>c</td><td><div>d</div><p>e</p></td></tr></table>",
    '"a\nb\nc","d\ne"\n',
  ],
  [
    "what nobody sees",
    '<table><!-- <tr><td>1 --><tr><td>a<script>"</td>"</script></td><td title="x>y">b<style>td{}</style></td></tr></table>',
    "a,b\n",
  ],
  ["signs that begin no tag", "<table><tr><td>a < b <3</td><td>1<2</td></tr></table>", "a < b <3,1<2\n"],
  ["formulas as they stand", "<table><tr><td>=1+1</td><td>+86</td></tr></table>", "=1+1,+86\n"],
  [
    "a rounded number beside the number",
    '<table><tr><td x:num="1234567890123456">1.23E+15</td><td x:num="46329">2026-11-03</td></tr></table>',
    "1234567890123456,2026-11-03\n",
  ],
  [
    "a table that a page is laid out with",
    "<table><tr><td>菜单</td><td><table><tr><td>甲<td>乙<tr><td>1<td>2</table></td></tr></table>",
    "甲,乙\n1,2\n",
  ],
  [
    "a table within a cell of a table",
    "<table><tr><td>甲<td>乙<td>丙<tr><td>1<td><table><tr><td>x<td>y<tr><td>z</table><td>3</table>",
    '甲,乙,丙\n1,"x y\nz",3\n',
  ],
  [
    "a row within a cell of a header",
    "<table><tr><th><table><tr><td>甲<td></table><th>乙<th>丙<tr><td>1<td>2<td>3</table>",
    "甲,乙,丙\n1,2,3\n",
  ],
  ["tags in capitals", "<HTML><TABLE><TR><TD COLSPAN='2'>甲</TD><TD>乙</TD></TR></TABLE></HTML>", "甲,,乙\n"],
  [
    "pages with the header in each",
    "<table><tr><td>甲<td>乙<td>丙<tr><td>1<td>2<td>3</table><table><tr><td>甲<td>乙<td>丙<tr><td>4<td>5<td>6</table>",
    "甲,乙,丙\n1,2,3\n4,5,6\n",
  ],
  [
    "a header in a table of its own",
    "<table><tr><th>甲<th>乙<th>丙</table><table><tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table>",
    "甲,乙,丙\n1,2,3\n4,5,6\n",
  ],
])("a page with %s", async (_what, content, expected) => {
  expect(await csvOf(content)).toBe(expected);
});

const HEAD = ["order_id", "paid_at", "amount"];
const rows = (n: number) => Array.from({ length: n }, (_, at) => [`o${at}`, "2026-11-03 09:00:00", "5"]);

it("several tables are like the sheets of a workbook: the known one, and those with its header", async () => {
  const captioned = page(
    table([["a", "b", "c"], ...Array.from({ length: 40 }, () => ["说明", "x", "y"])]),
    table([HEAD, ...rows(1)], "草莓群"),
    table([HEAD, ["p1", "2026-11-03 09:00:00", "5"]], "蓝莓群"),
  );
  const rowsOfAll = await rowsOf({ name: "订单.xls", content: Buffer.from(captioned) });
  expect(rowsOfAll.filter((row) => row.includes('"fact":"orders"'))).toHaveLength(2);
});

it("a page is known by its content, in every encoding, whatever meta says", async () => {
  const text = page(
    table([
      ["订单号", "数量"],
      ["1234567890123456789", "二"],
    ]),
  );
  const plain = "订单号,数量\n1234567890123456789,二\n";
  const utf16 = Buffer.from(`\uFEFF${text}`, "utf16le");
  for (const content of [text, `\uFEFF${text}`, utf16, utf16.swap16()])
    expect(await csvOf(content)).toBe(plain);
  for (const name of ["订单.xlsx", "订单.csv", "订单"]) expect((await read(text, name)).csv).toBe(plain);
});

it.each([
  ["<html><body>请先登录</body></html>"],
  ["<!DOCTYPE html><div>x</div>"],
  ["<table><tr><td>只有一格</td></tr></table>"],
  ["<html><table></table></html>"],
])("a page without a table is refused for what it is: %s", async (content) => {
  await expect(read(content)).rejects.toThrow(/holds a web page, no table/);
});

it("a text that begins with a sign is a text", async () => {
  for (const text of ["<小满> 早\n", "<alice> hi\n", "<b> hi\n", '<?xml version="1.0"?><smses></smses>\n'])
    expect(await csvOf(text)).toBe(text);
});

it("a page that ends in its table says so", async () => {
  const whole = page(table([HEAD, ...rows(3)]));
  const inRow = await read(whole.slice(0, whole.lastIndexOf("09:00")));
  expect([inRow.cutRow, inRow.csv.split("\n").length]).toEqual([4, 4]);
  expect(inRow.notes).toMatch(/in the middle of a row/);
  const between = await read(whole.slice(0, whole.lastIndexOf("</tr>") + 5));
  expect([between.cutRow, between.csv.split("\n").length]).toEqual([undefined, 5]);
  expect(between.notes).toMatch(/no end in the file/);
  expect((await read(whole)).notes).toBe("");
});

describe("what would fill the memory or the disk", () => {
  const of = (body: string) => `<table><tr><td>甲<td>乙${body}`;

  it("cells without end", async () => {
    await expect(read(of("<td>x".repeat(2000)))).rejects.toThrow(/columns; 1000 can be read/);
    expect(await csvOf(of(`<td>${"<td>".repeat(100_000)}</table>`))).toBe("甲,乙\n");
  });

  it("rows as wide as their widest", { timeout: 60_000 }, async () => {
    const wide = `<tr>${"<td>x".repeat(1000)}${"<tr><td>1".repeat(700_000)}`;
    await expect(read(of(wide))).rejects.toThrow(/larger than 512 MiB/);
  });

  it("tables without end", async () => {
    const one = "<table><tr><td>a<td>b</table>";
    await expect(read(one.repeat(600))).rejects.toThrow(/more than 500 tables/);
    expect(await csvOf(`${of("")}</td>${"<table>".repeat(100_000)}`).catch(String)).toMatch(/web page/);
  });

  it.each([
    ["a cell", "<td>", "字"],
    ["a tag", '<td title="', "x"],
    ["a comment", "<!--", "-"],
    ["a script", "<script>", "<"],
    ["names", "<", "a"],
  ])("%s of ten million letters", { timeout: 60_000 }, async (_what, begin, letter) => {
    const before = process.memoryUsage().heapUsed;
    const { csv, cutRow } = await read(of(`<tr><td>1<td>2<tr><td>3${begin}${letter.repeat(10 << 20)}`));
    expect([csv, cutRow]).toEqual(["甲,乙\n1,2\n", 3]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(120 << 20);
  });
});
