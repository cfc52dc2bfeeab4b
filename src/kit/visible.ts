/*
 * Names of files and what stands in them come from others. Raw, some characters move the cursor of a terminal, colour or
 * clear it, begin a line that looks like one of ours, or turn the text around them.
 */

/** Controls, separators of lines, what turns the direction of text, and what has no width but for joining letters. */
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;
/** Of these a text may have its own: lines, columns, and the marks that letters of two directions stand beside. */
const OF_TEXT = new Set(["\n", "\t", "\u061c", "\u200b", "\u200e", "\u200f", "\u2060", "\ufeff"]);
const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escaped(character: string): string {
  return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** A name as it can be told: one line, nothing hidden. */
export function visible(name: string): string {
  return name.replace(HIDDEN, escaped);
}

/** A text of several lines as a terminal may have it. JSON stays the same JSON. */
export function printable(text: string): string {
  return text.replace(/\r\n/g, "\n").replace(HIDDEN, (one) => (OF_TEXT.has(one) ? one : escaped(one)));
}
