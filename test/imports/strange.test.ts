import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { bareUtf16 } from "../../src/ingest/utf16.ts";
import { UserError } from "../../src/kit/errors.ts";
import { Community } from "../support/community.ts";
import { ole } from "../support/ole.ts";
import { zip } from "../support/zip.ts";

/* What people drop that is no export: each is named for what it is, with what to do, in both languages. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const packed = (files: Record<string, string>) =>
  zip(new Map(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)])));
const latin = (text: string) => Buffer.from(text, "latin1");
/** Records of an old workbook: how it begins, and what stands next where it has a password. */
const BOOK =
  "\x09\x08\x10\x00\x00\x06\x05\x00\xbb\x0d\xcc\x07\x00\x00\x00\x00\x06\x00\x00\x00\xe1\x00\x02\x00\xb0\x04";
const LOCKED = BOOK.replace("\xe1\x00", "\x2f\x00");
const TABLE = "order_id\tpaid_at\tamount\no1\t2026-03-05 08:05\t5\n";

it.each<[string, Buffer, string, string]>([
  ["稿.docx", packed({ "word/document.xml": "<w/>", "[Content_Types].xml": "<x/>" }), "Word 文档", ".xlsx"],
  ["稿.pptx", packed({ "ppt/presentation.xml": "<w/>" }), "演示文稿", ".xlsx"],
  ["订单.numbers", packed({ "Index/Document.iwa": "x", "preview.jpg": "x" }), "Numbers", ".xlsx"],
  ["订单.ods", packed({ mimetype: "x", "content.xml": "<x/>" }), "OpenDocument", ".xlsx"],
  ["订单.xlsb", packed({ "xl/workbook.bin": "x", "[Content_Types].xml": "<x/>" }), "二进制表格", ".xlsx"],
  ["截图.zip", packed({ "a.jpg": "x", "b.png": "x" }), "没有表格、聊天记录", "pictures"],
  ["订单.xls", ole({ Workbook: BOOK }), "旧版表格（.xls）", ".xlsx"],
  ["小订单.xls", ole({ Workbook: BOOK }, { isSmall: true }), "旧版表格（.xls）", ".xlsx"],
  ["订单.et", ole({ Book: BOOK }), "旧版表格（.xls）", ".xlsx"],
  ["密码.xls", ole({ Workbook: LOCKED }), "加了密码", "password"],
  ["小密码.xls", ole({ Workbook: LOCKED }, { isSmall: true }), "加了密码", "password"],
  ["密码.xlsx", ole({ EncryptionInfo: "", EncryptedPackage: "" }), "加了密码", "password"],
  ["稿.doc", ole({ WordDocument: "" }), "旧版 Word", ".xlsx"],
  ["稿.ppt", ole({ "PowerPoint Document": "" }), "旧版演示文稿", ".xlsx"],
  ["信.msg", ole({ "__substg1.0_0037001F": "" }), "邮件", "attached"],
  ["断.xls", latin("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "已损坏", "damaged"],
  ["圈.xls", ole({ Table: "" }, { isRing: true }), "已损坏", "damaged"],
  ["订单.xls", latin("MIME-Version: 1.0\nX-Document-Type: Workbook\n"), "网页", ".xlsx"],
  ["单.pdf", latin("%PDF-1.7\n"), "不是表格，也不是文字", "export"],
  ["图.webp", latin("RIFF\x24\0\0\0WEBPVP8 "), "不是表格，也不是文字", "export"],
  ["图.heic", latin("\0\0\0\x18ftypheic"), "不是表格，也不是文字", "export"],
  ["音.mp3", latin("ID3\x03\0"), "不是表格，也不是文字", "export"],
  ["稿.doc", latin("{\\rtf1\\ansi x}"), "不是表格，也不是文字", "export"],
  ["MSG.db", latin(`SQLite format 3\0${"\0".repeat(80)}`), "数据库", "JSON"],
  ["MSG.db", latin(`\x8fq\x01${"\xe1\0\x17".repeat(90)}`), "不是表格，也不是文字", "encrypted"],
  ["订单.tsv", Buffer.from(`${TABLE}\0\u0001`, "utf16le"), "不是表格，也不是文字", "UTF-8"],
])("%s is refused for what it is", async (name, content, zh, en) => {
  const error = await community.import(name, content).catch((one: unknown) => one);
  if (!(error instanceof UserError)) throw new Error(`${name} was not refused`);
  expect(error.in("zh")).toContain(zh);
  expect(error.in("en").toLowerCase()).toContain(en.toLowerCase());
  for (const lang of ["zh", "en"] as const) expect(error.in(lang)).toContain(name);
});

it("the same table in UTF-16 that says so is read", async () => {
  const content = Buffer.from(`\uFEFF${TABLE}`, "utf16le");
  expect(await community.import("订单.tsv", content)).toMatchObject({ accepted: 1, rejected: 0 });
});

it.each([
  ["little", (text: string) => Buffer.from(text, "utf16le")],
  ["big", (text: string) => Buffer.from(text, "utf16le").swap16()],
])("the same in UTF-16 that does not say so is read, %s end first", async (_name, bytes) => {
  // 一 looks like an N with its bytes the other way round; the second character's halves lie on both sides of 64 KiB.
  const rows = Array.from(
    { length: 3000 },
    (_, at) => `o${at}一一一\t2026-03-05 08:05\t5\t${"🍵".repeat(3)}\n`,
  );
  const content = bytes(`order_id\tpaid_at\tamount\tremark\n${rows.join("")}`);
  expect(await community.import("订单.tsv", content)).toMatchObject({ accepted: 3000, rejected: 0 });
});

it("bytes of a program are no UTF-16", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 64, maxLength: 4000 }), (bytes) => {
      expect(bareUtf16(bytes)).toBeUndefined();
    }),
  );
  const numbers = new Uint8Array(new Uint16Array(Array.from({ length: 500 }, (_, at) => at)).buffer);
  expect(bareUtf16(numbers)).toBeUndefined();
});

it("a text with one zero in it is read", async () => {
  const content = TABLE.replace("amount", "amount\tremark").replace("5\n", "5\ta\0b\n");
  expect(await community.import("订单.tsv", content)).toMatchObject({ accepted: 1, rejected: 0 });
});
