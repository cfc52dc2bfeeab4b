/** Letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and their like, and their old shapes. */
const FROM_THE_RIGHT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const LEFT_TO_RIGHT = "\u200e";

/**
 * A name that stands in a sentence with others. Two names written from the right run together across the comma between
 * them, and the second is read first; a mark on either side keeps each in its place. The notices of `sql/queries/quality.sql` do the same.
 */
export function beside(name: string): string {
  return FROM_THE_RIGHT.test(name) ? `${LEFT_TO_RIGHT}${name}${LEFT_TO_RIGHT}` : name;
}
