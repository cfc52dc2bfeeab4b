import { basename } from "node:path";
import { OVERLAP, overlapNote, overlapRest, overlapsIn } from "../ingest/overlaps.ts";
import type { Lang } from "../kit/say.ts";
import { visible } from "../kit/visible.ts";
import type { ImportSummary } from "./import.ts";

const SHOWN = 5;

/**
 * The summary for people: a line per file with the first refused rows, chats exported twice, the files that failed by
 * what can be done, the totals. What needs an answer stands last, where a terminal of many files ends.
 */
export function importLines({ files, totals }: ImportSummary, lang: Lang): string {
  const zh = lang === "zh";
  const lines = files.flatMap((file) => {
    if (file.status === "failed") return [];
    const counts = zh
      ? `读 ${file.read} = 入库 ${file.accepted} + 重复 ${file.duplicate} + 拒绝 ${file.rejected}`
      : `read ${file.read} = accepted ${file.accepted} + duplicate ${file.duplicate} + rejected ${file.rejected}`;
    const status = statusText(file.status, lang);
    const what = zh
      ? `${visible(file.path)}（${file.importer}）${status}，${counts}`
      : `${visible(file.path)} (${file.importer}) ${status}, ${counts}`;
    const head = `${file.rejected > 0 ? "!" : "✓"} ${what}`;
    // Every export of a chat is in doubt with each of the others: told once, below.
    const own = file.issues.filter(({ code }) => code !== OVERLAP);
    const issues = own.slice(0, SHOWN).map((one) => {
      const place = one.line === null ? "" : zh ? `第 ${one.line} 行 ` : `line ${one.line} `;
      return `    ${place}${one.message[lang]}`;
    });
    const notes = file.notes.map((note) => `    ${note[lang]}`);
    const more = own.length > SHOWN ? [zh ? "    …… 其余见 fupan check" : "    … the rest: fupan check"] : [];
    return [head, ...notes, ...issues, ...more];
  });
  const total = zh
    ? `共 ${totals.files} 个文件：读 ${totals.read} = 入库 ${totals.accepted} + 重复 ${totals.duplicate} + 拒绝 ${totals.rejected}，失败 ${totals.failed} 个文件`
    : `${totals.files} files: read ${totals.read} = accepted ${totals.accepted} + duplicate ${totals.duplicate} + rejected ${totals.rejected}, ${totals.failed} failed`;
  const pairs = overlapsIn(files.map(({ path, issues }) => ({ name: basename(path), doubts: issues })));
  const twice = [overlapNote(pairs), overlapRest(pairs)].flatMap((note) => (note ? [note[lang]] : []));
  const doubt = twice.length > 0 ? [`! ${twice.join(zh ? "" : " ")}`] : [];
  return [...lines, ...doubt, ...failedLines(files, lang), total].join("\n");
}

/** What became of a file. */
export function statusText(status: ImportSummary["files"][number]["status"], lang: Lang): string {
  return {
    imported: { zh: "已导入", en: "imported" },
    unchanged: { zh: "以前导入过", en: "imported before" },
    failed: { zh: "没有导入", en: "failed" },
  }[status][lang];
}

/** Files that could not be read, under each way out the files that it helps. */
function failedLines(files: ImportSummary["files"], lang: Lang): string[] {
  const byHint = new Map<string, string[]>();
  for (const { path, status, issues } of files) {
    if (status !== "failed") continue;
    const [why = "", ...hint] = (issues[0]?.message[lang] ?? "").split("\n");
    const way = hint.map((line) => line.trim()).join(" ");
    byHint.set(way, [...(byHint.get(way) ?? []), `✗ ${visible(path)}${lang === "zh" ? "：" : ": "}${why}`]);
  }
  return [...byHint].flatMap(([hint, lines]) => (hint === "" ? lines : [...lines, `    → ${hint}`]));
}
