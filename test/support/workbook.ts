import { zip } from "./zip.ts";

export interface Sheet {
  name: string;
  state?: "hidden";
  merges?: readonly string[];
  /** Numbers of rows that a filter hides. */
  hidden?: readonly number[];
  /** By their number. */
  rows: Readonly<Record<number, readonly Value[]>>;
}
type Value = string | number | { error: string };

/** A workbook with these sheets; a number is a cell of a number. */
export function workbook(sheets: readonly Sheet[], properties = ""): Buffer {
  const cell = (value: Value, at: number, row: number) => {
    const place = `${"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[at]}${row}`;
    if (typeof value === "object") return `<c r="${place}" t="e"><v>${value.error}</v></c>`;
    return typeof value === "number"
      ? `<c r="${place}"><v>${value}</v></c>`
      : `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`;
  };
  const rows = (all: Sheet["rows"], hidden: readonly number[] = []) =>
    Object.entries(all).map(
      ([row, cells]) =>
        `<row r="${row}"${hidden.includes(Number(row)) ? ' hidden="1"' : ""}>${cells.map((one, at) => cell(one, at, Number(row))).join("")}</row>`,
    );
  const tabs = sheets.map(
    ({ name, state = "visible" }, at) => `<sheet name="${name}" state="${state}" r:id="r${at}"/>`,
  );
  const files = sheets.map((_, at) => `<Relationship Id="r${at}" Target="worksheets/s${at}.xml"/>`);
  return zip(
    new Map(
      [
        ["xl/workbook.xml", `<workbook>${properties}<sheets>${tabs.join("")}</sheets></workbook>`],
        ["xl/_rels/workbook.xml.rels", `<Relationships>${files.join("")}</Relationships>`],
        ...sheets.map(
          (one, at) =>
            [
              `xl/worksheets/s${at}.xml`,
              `<worksheet>${rows(one.rows, one.hidden).join("")}${(one.merges ?? []).map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</worksheet>`,
            ] as const,
        ),
      ].map(([name, text]) => [name, Buffer.from(text)] as const),
    ),
  );
}
