import Papa from "papaparse";

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const cell = (text: string) => (text === "" ? "&nbsp;" : escaped(text).replace(/\r?\n/g, "<br>"));

/** A table as back offices write one under the name .xls. */
export function table(rows: readonly (readonly string[])[], caption = ""): string {
  const lines = rows.map((row) => `<tr>${row.map((one) => `<td>${cell(one)}</td>`).join("")}</tr>`);
  return `<table border=1>${caption && `<caption>${caption}</caption>`}${lines.join("\n")}</table>`;
}

export function page(...tables: string[]): string {
  return `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="gbk"><style>td{mso-number-format:"\\@"}</style></head>\n<body>${tables.join("\n")}</body></html>`;
}

/** The same of the text of a CSV. */
export function pageOfCsv(csv: string): string {
  // A title stays the text that it is: ="草莓, 2斤装".
  const text = csv.replace(/^\uFEFF/, "").replace(/(^|[,\n])="([^"\n]*)"(?=[,\r\n]|$)/g, '$1"=""$2"""');
  return page(table(Papa.parse<string[]>(text, { skipEmptyLines: true }).data));
}
