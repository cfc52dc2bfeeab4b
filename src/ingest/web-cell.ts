/** Of a tab of a workbook. */
export const LONGEST_NAME = 31;

/** A cell as it is shown: blanks at its ends and in a row are none. */
export function seen(text: string): string {
  return text
    .split("\n")
    .map((line) => line.replace(/ {2,}/g, " ").replaceAll("\u00A0", " ").trim())
    .filter((line) => line !== "")
    .join("\n");
}

/** A name that a tab of a workbook may have. */
export function nameOf(text: string): string {
  return text
    .replace(/[\\/?*[\]:\s]+/g, " ")
    .trim()
    .slice(0, LONGEST_NAME);
}

const ATTRIBUTES = new Map<string, RegExp>();

export function attribute(tag: string, name: string): string {
  let found = ATTRIBUTES.get(name);
  if (!found) {
    found = new RegExp(
      `[\\s"'](?:\\w{1,9}:)?${name}\\s{0,3}=\\s{0,3}(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`,
      "i",
    );
    ATTRIBUTES.set(name, found);
  }
  const [, double, single, bare] = found.exec(tag) ?? [];
  return double ?? single ?? bare ?? "";
}

export function span(tag: string, name: string): number {
  const number = Number.parseInt(attribute(tag, name), 10);
  return number > 0 ? Math.min(number, 65_534) : 0;
}
