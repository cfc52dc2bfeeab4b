import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { Importer } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";
import { issueText } from "./issue-texts.ts";
import { sheetNotes } from "./sheet-names.ts";
import type { Source } from "./source.ts";

/** Of records that were refused and come back mended. */
export const SAID_BEFORE: Text = {
  zh: "群、日期等沿用这些记录被拒时那次导入的回答",
  en: "group, dates and the like are as they were said when these records were refused",
};

/** Bytes of a file's end that hold its last cell. */
const TAIL = 200;
/** A last cell of digits, as amounts, times and ids are, without a line end behind it. */
const OPEN_NUMBER = /[,;\t|]\s*[¥￥]?-?\d[\d.:/ -]*$/;

/** What the file itself is worth a word for, whatever its rows say. */
export function fileNotes(
  { text, workbook, replaced }: Source,
  form: Importer["form"],
  groups: readonly string[],
): Text[] {
  const notes = [...(workbook?.notes ?? []), ...sheetNotes(workbook, groups)];
  if (replaced > 0) {
    const undecodable = issueText("undecodable_bytes", null);
    notes.push({ zh: `${undecodable.zh}（${replaced} 处）`, en: `${undecodable.en} (${replaced} places)` });
  }
  // 20000 that was cut to 20 is a number like any other: no reader can tell, so the user is asked.
  const isTable = !workbook && form !== "text" && form !== "document";
  if (isTable && OPEN_NUMBER.test(tailOf(text)))
    notes.push({
      zh: "文件最后没有换行，停在一个数字上：可能没有下载完整。请核对最后一行；少了就重新导出再导入，会自动改正。",
      en: "The file ends in a number, without a line end: it may have been cut off. Check its last row; if it is short, export and import again, which puts it right.",
    });
  return notes;
}

function tailOf(path: string): string {
  const { size } = statSync(path);
  const bytes = Buffer.alloc(Math.min(TAIL, size));
  const file = openSync(path, "r");
  try {
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
  } finally {
    closeSync(file);
  }
  return bytes.toString("utf8");
}
