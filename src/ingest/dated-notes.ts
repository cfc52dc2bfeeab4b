import type { Text } from "../kit/say.ts";
import type { Export } from "./read-csv.ts";

/** The newest of exports in one file: what the file as a whole is as of. */
export const newest = (exports: readonly Export[]): string | undefined =>
  exports
    .flatMap(({ asOf }) => asOf ?? [])
    .toSorted()
    .at(-1);

export function datesNote(exports: readonly Export[] | undefined): Text[] {
  if (!exports) return [];
  const times = [...new Set(exports.map(({ asOf }) => asOf?.replace("T", " ").slice(0, 16)))];
  const shown = (unknown: string, mark: string) => times.map((one) => one ?? unknown).join(mark);
  return [
    {
      zh: `文件里的 ${exports.length} 份导出各按自己写的导出时间算：${shown("没写", "、")}`,
      en: `each of the ${exports.length} exports in the file counts as of its own time: ${shown("not said", ", ")}`,
    },
  ];
}
