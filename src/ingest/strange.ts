import { open } from "node:fs/promises";
import { UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";
import { visible } from "../kit/visible.ts";
import { type OleKind, oleKind } from "./ole.ts";
import { bareUtf16 } from "./utf16.ts";

/** PDF, pictures, sounds, documents, archives, and whatever begins with a zero. */
const MAGIC = [
  "%PDF",
  "\u0089PNG",
  "\u00ff\u00d8\u00ff",
  "GIF8",
  "RIFF",
  "ID3",
  "{\\rtf",
  "Rar!",
  "7z\u00bc\u00af",
  "\u0000",
];
const UTF_16 = ["\u00ff\u00fe", "\u00fe\u00ff"];

const AS_XLSX: Text = {
  zh: "打开它，把里面的表格另存（或导出）为 .xlsx 再导入；聊天记录请从平台导出成 JSON、CSV 或 TXT。",
  en: "Open it and save or export its table as .xlsx; a chat is exported from the platform as JSON, CSV or TXT.",
};

/** Documents that are zips, by a file that each holds. */
const DOCUMENTS: readonly { holds: RegExp; what: Text }[] = [
  { holds: /^word\//, what: { zh: "是 Word 文档", en: "is a Word document" } },
  { holds: /^ppt\//, what: { zh: "是演示文稿", en: "is a presentation" } },
  { holds: /\.iwa$/, what: { zh: "是苹果 Numbers／Pages 文件", en: "is a Numbers or Pages document" } },
  { holds: /^xl\/workbook\.bin$/, what: { zh: "是二进制表格（.xlsb）", en: "is a binary workbook (.xlsb)" } },
  { holds: /^content\.xml$/, what: { zh: "是 OpenDocument 文件（.ods）", en: "is an OpenDocument (.ods)" } },
];

export const isDocument = (holds: (name: RegExp) => boolean) => DOCUMENTS.some((one) => holds(one.holds));

/** @throws UserError for a document that is a zip and holds no table that can be read, saying what to do. */
export function refuseDocument(name: string, holds: (name: RegExp) => boolean): void {
  const found = DOCUMENTS.find((one) => holds(one.holds));
  if (!found) return;
  throw new UserError(
    {
      zh: `${visible(name)} ${found.what.zh}，读不了`,
      en: `${visible(name)} ${found.what.en}, which can't be read`,
    },
    { hint: AS_XLSX },
  );
}

const AS_LOG: Text = {
  zh: "从平台重新导出：订单、成员表存成 .xlsx 或 CSV，聊天记录存成 JSON、CSV 或 TXT。",
  en: "Export it again: a list as .xlsx or CSV, a chat as JSON, CSV or TXT.",
};

const OLE = "\u00d0\u00cf\u0011\u00e0";
/** Documents in the old container of Office. */
const OLD_DOCUMENTS: Readonly<Record<OleKind, { what: Text; hint: Text }>> = {
  password: {
    what: { zh: "加了密码，打不开", en: "has a password and can't be opened" },
    hint: {
      zh: "用 Excel 或 WPS 输入密码打开，在“文件→信息（或文档加密）”里去掉密码，保存后再导入。",
      en: "Open it with its password in a spreadsheet program, take the password off, save it and import it again.",
    },
  },
  xls: {
    what: { zh: "是旧版表格（.xls），读不了", en: "is an old workbook (.xls), which can't be read" },
    hint: {
      zh: "用 Excel 或 WPS 打开，另存为 .xlsx（不要只改文件名）再导入。",
      en: "Open it in a spreadsheet program and save it as .xlsx (a new name alone is not enough), then import that.",
    },
  },
  word: {
    what: {
      zh: "是旧版 Word 文档（.doc），读不了",
      en: "is an old Word document (.doc), which can't be read",
    },
    hint: AS_XLSX,
  },
  slides: {
    what: { zh: "是旧版演示文稿（.ppt），读不了", en: "is an old presentation (.ppt), which can't be read" },
    hint: AS_XLSX,
  },
  mail: {
    what: { zh: "是一封邮件（.msg），读不了", en: "is a mail (.msg), which can't be read" },
    hint: { zh: "把邮件里的附件另存出来，导入附件。", en: "Save what is attached to it and import that." },
  },
  other: {
    what: {
      zh: "是旧版 Office 文件，或已损坏，读不了",
      en: "is an old Office document or damaged, and can't be read",
    },
    hint: AS_LOG,
  },
};

/** A page without a table. */
export const WEB_PAGE: { what: Text; hint: Text } = {
  what: { zh: "里面是网页，不是表格", en: "holds a web page, no table" },
  hint: {
    zh: "是订单或成员表：用 Excel 或 WPS 打开，另存为 .xlsx。是聊天记录：导出时选 JSON、CSV 或 TXT。",
    en: "A list: open it in a spreadsheet program and save it as .xlsx. A chat: export it as JSON, CSV or TXT.",
  },
};

/** What no export is, and how to get one instead. */
const STRANGE: readonly { is: (first: string) => boolean; what: Text; hint: Text }[] = [
  { is: (first) => /^MIME-Version:/i.test(first), ...WEB_PAGE },
  {
    is: (first) => first.startsWith("PK\u0003\u0004") || first.startsWith("\u001f\u008b"),
    what: {
      zh: "是压缩包，而且在另一个压缩包里，或换了名字",
      en: "is an archive within an archive, or under another name",
    },
    hint: {
      zh: "先解压，再导入里面的文件或文件夹。",
      en: "Unpack it and import the file or the folder that was in it.",
    },
  },
  {
    is: (first) => first.startsWith("SQLite format 3"),
    what: { zh: "是数据库", en: "is a database" },
    hint: {
      zh: "聊天软件的数据库读不了：请用导出工具存成 JSON、CSV 或 TXT，能导入的格式见 fupan formats。",
      en: "A chat program's database can't be read: export it as JSON, CSV or TXT; formats: fupan formats.",
    },
  },
  {
    is: (first) => MAGIC.some((magic) => first.startsWith(magic)),
    what: { zh: "不是表格，也不是文字", en: "is neither a table nor text" },
    hint: {
      zh: "压缩包请先解压；截图和 PDF 读不了，请从平台导出表格或聊天记录。",
      en: "Unpack an archive first; pictures and PDF can't be read: export the table or the chat itself.",
    },
  },
  {
    is: (first) => first.trim() === "",
    what: { zh: "是空文件", en: "is empty" },
    hint: { zh: "重新导出后再导入。", en: "Export it again, then import." },
  },
];

const BYTES = 400;
const MOST_ZEROS = 8;
/** Bytes that tell UTF-16 without its mark. */
const PIECE = 1 << 16;

/** @throws UserError for a file that by its first bytes is no export, saying what it is and what to do. */
export async function refuseStrange(path: string, name: string): Promise<void> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(BYTES), 0, BYTES, 0);
    const first = buffer.toString("latin1", 0, bytesRead).replace(/^\u00ef\u00bb\u00bf/, "");
    if (first.includes("\u0000")) {
      const piece = await file.read(Buffer.alloc(PIECE), 0, PIECE, 0);
      if (bareUtf16(piece.buffer.subarray(0, piece.bytesRead))) return;
    }
    const strange = first.startsWith(OLE)
      ? OLD_DOCUMENTS[await oleKind(path)]
      : STRANGE.find(({ is }) => is(first));
    // A text holds a zero by accident, if ever; what holds many may be a database with a password, or a damaged text in UTF-16.
    if (
      !strange &&
      first.split("\u0000").length > MOST_ZEROS &&
      !UTF_16.some((mark) => first.startsWith(mark))
    )
      throw new UserError(
        { zh: `${visible(name)} 不是表格，也不是文字`, en: `${visible(name)} is neither a table nor text` },
        {
          hint: {
            zh: "能用记事本或 Excel 打开的，请另存为 UTF-8 的 CSV 或 TXT；加密的数据库请先用导出工具导出。",
            en: "If an editor or a spreadsheet program opens it, save it as CSV or TXT in UTF-8; export an encrypted database first.",
          },
        },
      );
    // Blank at the front only.
    if (!strange || (first.trim() === "" && bytesRead === BYTES)) return;
    throw new UserError(
      { zh: `${visible(name)} ${strange.what.zh}`, en: `${visible(name)} ${strange.what.en}` },
      { hint: strange.hint },
    );
  } finally {
    await file.close();
  }
}
