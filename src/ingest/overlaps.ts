import type { Text } from "../kit/say.ts";
import { visible } from "../kit/visible.ts";
import { issueText } from "./issue-texts.ts";

export const OVERLAP = "suspected_overlap";

/** A file and a chat of the lake that seem to be one chat, exported twice. */
export interface Overlap {
  file: string;
  /** Name of the group · format, as the doubt names it. */
  chat: string;
}

/** Each pair that the doubts of files name, in their order. */
export function overlapsIn(
  files: readonly { name: string; doubts: readonly { code: string; column: string | null }[] }[],
): Overlap[] {
  return files.flatMap(({ name, doubts }) =>
    doubts
      .filter(({ code }) => code === OVERLAP)
      .map(({ column }) => ({ file: visible(name), chat: column ?? "" })),
  );
}

const EXAMPLES = 3;

/**
 * All pairs in one note: how many, between how many files and chats, a few of them, what to do.
 * Undefined without any; a single one in the words of its own.
 */
export function overlapNote(pairs: readonly Overlap[]): Text | undefined {
  const [first] = pairs;
  if (!first) return undefined;
  if (pairs.length === 1) {
    const { zh, en } = issueText(OVERLAP, first.chat);
    return { zh: `${first.file}: ${zh}`, en: `${first.file}: ${en}` };
  }
  const files = new Set(pairs.map(({ file }) => file)).size;
  const chats = new Set(pairs.map(({ chat }) => chat)).size;
  const some = pairs.slice(0, EXAMPLES).map(({ file, chat }) => `${file} ↔ ${chat}`);
  return {
    zh: `${pairs.length} 对导出像是同一个群各导出了一次，会算两遍：${files} 个文件，对上 ${chats} 个群。例如 ${some.join("；")}。每对请撤销其中一份；或重新导入时选同一个群（命令行 --group），并用同一种工具导出。`,
    en: `${pairs.length} pairs of exports seem to be one chat exported twice and would count twice: ${files} files, ${chats} chats. For example ${some.join("; ")}. Of each pair undo one, or import both into one group (--group), exported with one tool.`,
  };
}

/** Where all pairs are listed, when the note names only some. */
export function overlapRest(pairs: readonly Overlap[]): Text | undefined {
  if (pairs.length <= EXAMPLES) return undefined;
  return {
    zh: "全部列在导入页的导入记录里，或用 fupan check --json 看。",
    en: "All of them stand in the history of the import page, or in fupan check --json.",
  };
}
