import { moneySign } from "../kit/money.ts";
import { zip } from "./zip.ts";

export type Value = string | number | boolean | null;
/** How a column's numbers are written; texts need none. */
export type Kind = "text" | "int" | "rate" | "points" | "money" | "number" | "date";

export interface Sheet {
  name: string;
  heads: readonly { title: string; kind: Kind; width?: number; wrap?: boolean }[];
  /** A cell may differ from its column. */
  rows: readonly (readonly (Value | { value: number; kind: Kind })[])[];
}

const FORMATS: Readonly<Record<Kind, string>> = {
  text: "General",
  int: "#,##0",
  rate: "0.0%",
  points: '+0.00" pp";-0.00" pp";0.00" pp"',
  money: "#,##0.00",
  number: "#,##0.00",
  date: "yyyy-mm-dd",
};
const KINDS = Object.keys(FORMATS) as Kind[];
const HEAD_LEFT = KINDS.length + 1;
const HEAD_RIGHT = KINDS.length + 2;
const WRAPPED = KINDS.length + 3;
const MAX_TEXT = 32_767;
const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/**
 * A workbook (ECMA-376): a sheet per block, header frozen and filterable, numbers typed and formatted. Texts are
 * typed as texts, so that none is ever a formula.
 * @param isFrom1904 what its day numbers count from, where it holds any.
 */
export function writeWorkbook(sheets: readonly Sheet[], isFrom1904 = false): Promise<Buffer> {
  const names = sheetNames(sheets.map(({ name }) => name));
  const files: [string, string | Buffer][] = [
    ["[Content_Types].xml", contentTypes(sheets.length)],
    ["_rels/.rels", relations([["officeDocument", "xl/workbook.xml"]])],
    ["xl/workbook.xml", workbook(names, isFrom1904)],
    [
      "xl/_rels/workbook.xml.rels",
      relations([
        ...names.map((_, at) => ["worksheet", `worksheets/sheet${at + 1}.xml`] as const),
        ["styles", "styles.xml"],
      ]),
    ],
    ["xl/styles.xml", styles()],
    ...sheets.map((sheet, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheet)] as [string, Buffer]),
  ];
  return zip(files.map(([path, body]) => [path, Buffer.from(body)] as const));
}

/** "2026-11-16" as the number that a workbook counts days by: it can be sorted and filtered as a day. */
export function dayNumber(day: string | null): number | null {
  return day === null ? null : Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / 86_400_000 + 25_569;
}

function sheetXml({ heads, rows }: Sheet): Buffer {
  const cols = heads
    .map(({ width, kind }, at) => {
      const size = width ?? (kind === "text" ? 22 : 12);
      return `<col min="${at + 1}" max="${at + 1}" width="${size}" customWidth="1"/>`;
    })
    .join("");
  const head = heads.map(({ title, kind }) => textCell(title, kind === "text" ? HEAD_LEFT : HEAD_RIGHT));
  const last = `${columnName(heads.length - 1)}${rows.length + 1}`;
  const chunks = [
    Buffer.from(
      `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${cols}</cols><sheetData><row>${head.join("")}</row>`,
    ),
  ];
  // In pieces: one string of all rows would stand in memory twice.
  for (let from = 0; from < rows.length; from += 2000) {
    const part = rows.slice(from, from + 2000).map((row) => {
      const cells = row.map((cell, at) =>
        cellXml(cell, heads[at]?.kind ?? "text", heads[at]?.wrap ? WRAPPED : 0),
      );
      return `<row>${cells.join("")}</row>`;
    });
    chunks.push(Buffer.from(part.join("")));
  }
  chunks.push(Buffer.from(`</sheetData><autoFilter ref="A1:${last}"/></worksheet>`));
  return Buffer.concat(chunks);
}

function cellXml(cell: Sheet["rows"][number][number], kind: Kind, style: number): string {
  if (cell === null || cell === "") return "<c/>";
  if (typeof cell === "object") return cellXml(cell.value, cell.kind, style);
  if (typeof cell === "number") return `<c s="${KINDS.indexOf(kind) + 1}"><v>${cell}</v></c>`;
  return textCell(String(cell), style);
}

function textCell(text: string, style: number): string {
  return `<c t="inlineStr"${style ? ` s="${style}"` : ""}><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}

/** Characters that XML forbids go; `_x0041_` would be read as an escape by Excel. */
function escaped(text: string): string {
  return (
    text
      .slice(0, MAX_TEXT)
      .replace(LONE_SURROGATE, "\ufffd")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are forbidden
      .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "")
      .replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_")
      .replace(/[&<>]/g, (char) => (char === "&" ? "&amp;" : char === "<" ? "&lt;" : "&gt;"))
  );
}

/** Excel takes 31 characters, none of []:*?/\, and no name twice. */
function sheetNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    const plain = [...name.replace(/[[\]:*?/\\']/g, " ")].slice(0, 28).join("").trim() || "Sheet";
    let unique = plain;
    for (let nth = 2; used.has(unique.toLowerCase()); nth++) unique = `${plain} ${nth}`;
    used.add(unique.toLowerCase());
    return unique;
  });
}

function workbook(names: readonly string[], isFrom1904: boolean): string {
  const sheets = names.map((name, at) => {
    const quoted = escaped(name).replaceAll('"', "&quot;");
    return `<sheet name="${quoted}" sheetId="${at + 1}" r:id="r${at + 1}"/>`;
  });
  const start = isFrom1904 ? '<workbookPr date1904="1"/>' : "";
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}">${start}<sheets>${sheets.join("")}</sheets></workbook>`;
}

function styles(): string {
  const formats = KINDS.map((kind, at) => {
    const code = kind === "money" ? `"${moneySign()}"${FORMATS[kind]}` : FORMATS[kind];
    return `<numFmt numFmtId="${164 + at}" formatCode="${quoted(code)}"/>`;
  });
  const cells = KINDS.map((_, at) => `<xf numFmtId="${164 + at}" applyNumberFormat="1"/>`);
  const head = (align: string) =>
    `<xf fontId="1" fillId="2" applyFont="1" applyFill="1" applyAlignment="1"><alignment horizontal="${align}"/></xf>`;
  return `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="${KINDS.length}">${formats.join("")}</numFmts><fonts count="2"><font><sz val="11"/></font><font><b/><sz val="11"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEEF2FB"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${KINDS.length + 4}"><xf/>${cells.join("")}${head("left")}${head("right")}<xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`;
}

function quoted(text: string): string {
  return escaped(text).replaceAll('"', "&quot;");
}

function contentTypes(sheets: number): string {
  const part = (path: string, type: string) =>
    `<Override PartName="/xl/${path}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${type}+xml"/>`;
  const all = Array.from({ length: sheets }, (_, at) => part(`worksheets/sheet${at + 1}`, "worksheet"));
  return `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${part("workbook", "sheet.main")}${part("styles", "styles")}${all.join("")}</Types>`;
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const each = targets.map(
    ([type, target], at) => `<Relationship Id="r${at + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each.join("")}</Relationships>`;
}

/** 0 → A, 26 → AA. */
function columnName(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : `${columnName(Math.floor(at / 26) - 1)}${letter}`;
}
