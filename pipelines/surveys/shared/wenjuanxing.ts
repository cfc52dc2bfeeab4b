/** A column of a question: its number, its title, and the option that the column stands for in the coded layout. */
export interface QuestionColumn {
  at: number;
  no: string;
  title: string;
  option: string | null;
  optionNo: number | null;
}

/**
 * The questions of a 问卷星 header. `3、title` is a question; `第3题(option)`, or `3、title:option` followed by
 * `3:option`, is one option of it in the coded layout.
 */
export function questionColumns(header: readonly string[]): QuestionColumn[] {
  const found: QuestionColumn[] = [];
  for (const [at, name] of header.entries()) {
    const sub = /^第(\d{1,2})题\s*[(（](.*)[)）]$/.exec(name);
    const [, no, rest = ""] = sub ?? /^(\d{1,2})\s*[、：:.](.*)$/s.exec(name) ?? [];
    if (no === undefined) continue;
    found.push({ at, no, title: rest.trim(), option: sub ? rest.trim() : null, optionNo: null });
  }
  for (const no of new Set(found.map((one) => one.no))) {
    const columns = found.filter((one) => one.no === no);
    if (columns.length === 1 && columns[0]?.option === null) continue;
    const [first] = columns;
    if (!first) continue;
    // The first column holds the title, too: 3、title:option.
    const [, title = `第${no}题`, option = first.title] =
      first.option === null ? (/^(.*)[:：]([^:：]*)$/s.exec(first.title) ?? []) : [];
    for (const [index, column] of columns.entries()) {
      column.option = column === first ? option : column.title;
      column.title = title;
      column.optionNo = index + 1;
    }
  }
  return found;
}

/** What a cell says: nothing, skipped by the survey's logic, or an answer. Codes below zero are never answers. */
export function cellOf(cell: string | null): "empty" | "skipped" | string {
  if (cell === null || cell === "(空)" || cell === "（空）" || cell === "-2") return "empty";
  if (cell === "(跳过)" || cell === "（跳过）" || cell === "-3") return "skipped";
  return cell;
}

/** Numbers that could be a phone are not kept in free text. */
export function withoutPhones(text: string): string {
  return text.replace(/(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)/g, "[手机号]");
}
