/** What programs put between the digits of a phone number. */
const BETWEEN = "[ \u00a0.()（）－‐‑–-]{0,2}";
const WIDE_ZERO = "０".charCodeAt(0);

/**
 * A pattern that finds somebody in a text, in JavaScript and in DuckDB alike: names and ids as they are and as JSON, CSV,
 * Markdown and markup write them, addresses in any case, phone numbers with blanks or a country's code, in wide digits too.
 * @param numbers phone numbers as E.164.
 * @returns null where there is nothing to look for.
 */
export function patternOf(values: readonly string[], numbers: readonly Phone[] = []): string | null {
  const all = [...numbers.map(numberPattern), ...values.flatMap(written)];
  // Of two that begin at one place JavaScript takes the one that stands first.
  const longest = [...new Set(all)].sort((a, b) => b.length - a.length);
  return longest.length === 0 ? null : longest.join("|");
}

export interface Phone {
  /** "86" */
  country: string;
  /** "19900000042" */
  national: string;
}

function written(value: string): string[] {
  const json = inJson(value);
  const forms = [
    ...[value, json, inJson(json), value.replaceAll('"', '""'), value.replaceAll("|", "\\|")],
    ...MARKUPS.map((write) => value.replace(/[&<>"']/g, write)),
  ];
  return [...new Set(forms)].filter((form) => form !== "").map(value.includes("@") ? anyCase : escaped);
}

const NAMED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** Pages, workbooks within an element and in an attribute. */
const MARKUPS = [
  (sign: string) => `&#${sign.charCodeAt(0)};`,
  (sign: string) => NAMED[sign] ?? sign,
  (sign: string) => NAMED[sign] ?? (sign === '"' ? "&quot;" : sign),
];
const inJson = (text: string) => JSON.stringify(text).slice(1, -1);

/** Only plain signs may be escaped in a pattern of DuckDB's. */
function escaped(text: string): string {
  return text.replace(/[!-/:-@[-^`{-~]/g, "\\$&");
}

function anyCase(text: string): string {
  return escaped(text).replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}

function numberPattern({ country, national }: Phone): string {
  const digits = (text: string) =>
    [...text].map((one) => `[${one}${String.fromCharCode(WIDE_ZERO + Number(one))}]`).join(BETWEEN);
  return `(?:(?:[+＋]|00)?${digits(country)}${BETWEEN})?${digits(national)}`;
}
