import type { Head, Importer } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";

const SLASHED = /^\d{4}\/\d{1,2}\/\d{1,2} \d{1,2}:\d{2}$/;

const DASHED = /^\d{4}-\d\d-\d\d[ T]\d/;

/**
 * What a spreadsheet program leaves of a chat export that was opened in it and saved: times such as 2026/11/3 9:05,
 * without the seconds that the exporter wrote. They are read, and it is told what they no longer are.
 */
export function resavedNotes(importer: Importer, { rows }: Head, headerRow: number): Text[] {
  if (importer.kind !== "chat" || importer.form !== "table") return [];
  const data = rows.slice(headerRow + 1).filter((row) => row.some((cell) => cell !== ""));
  // A text may be such a time too: where a time stands as the exporter writes it, nothing was saved anew.
  if (data.some((row) => row.some((cell) => DASHED.test(cell)))) return [];
  const isResaved = (rows[headerRow] ?? []).some(
    (_, at) => data.length > 0 && data.every((row) => SLASHED.test(row[at] ?? "")),
  );
  if (!isResaved) return [];
  return [
    {
      zh: "文件被 Excel 或 WPS 打开后另存过：时间成了 2026/11/3 9:05 的写法，秒没有了，表情可能变成问号。与原始导出一起导入会重复计数；请尽量改用原始导出",
      en: "A spreadsheet program re-saved this file: times read 2026/11/3 9:05 and have no seconds, emoji may be question marks. Beside the original export its messages count twice; better import the original alone",
    },
  ];
}
