import type { Text } from "../kit/say.ts";

/** What people do not see, or do not mean, when they write a group's name: width, case and blanks. */
const meant = (group: string) =>
  group
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\u200B-\u200D\uFEFF]+/g, "");

/** How many pairs a note shows. */
const SHOWN = 5;

/**
 * Groups of a file that differ from another of it, or from one that was imported before, by that alone. They are counted as two, and
 * which of them is meant nobody here can tell: an id may well have a twin in capitals.
 */
export function alikeGroups(groups: readonly string[], known: ReadonlySet<string>): Text[] {
  const all = new Map<string, Set<string>>();
  for (const group of [...groups, ...known]) {
    const key = meant(group);
    all.set(key, (all.get(key) ?? new Set()).add(group));
  }
  const alike = [...new Set(groups.map(meant))].flatMap((key) => {
    const names = [...(all.get(key) ?? [])];
    return names.length > 1 ? [names.map((name) => `“${name}”`).join("、")] : [];
  });
  if (alike.length === 0) return [];
  const shown = alike.slice(0, SHOWN).join("；");
  const rest = alike.length > SHOWN;
  return [
    {
      zh: `这些群名只差大小写、全角半角或空格，现在各算一个群：${shown}${rest ? ` 等 ${alike.length} 组` : ""}。如果是同一个群，请撤销这一份，改成一样的写法再导入`,
      en: `these groups differ by case, width or blanks alone and are counted apart: ${shown}${rest ? ` and others (${alike.length})` : ""}. Where they are one, undo this import, write them alike and import again`,
    },
  ];
}
