/**
 * The first characters of a text and `…`, where it has more than it may.
 * @param most characters that it may have.
 * @param kept how many are left of a longer one.
 */
export function abbreviate(text: string, most: number, kept = most): string {
  const chars = [...text];
  return chars.length > most ? `${chars.slice(0, kept).join("")}…` : text;
}
