/**
 * Width of a text in em for the page's font stack. Without a canvas Vega takes 0.8 em for every character, which
 * cuts Chinese labels off. Measured once in a browser.
 */
const NARROW = /[ .,:;'|il!()[\]]/;
const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6·−—–\u{1f300}-\u{1faff}]/u;

export function textWidth(text: string, size: number): number {
  let em = 0;
  for (const char of text) em += widthOf(char);
  return em * size;
}

function widthOf(char: string): number {
  if (WIDE.test(char)) return 1;
  if (NARROW.test(char)) return 0.28;
  if (/\d/.test(char)) return 0.56;
  if (char === "W") return 0.95;
  if (char === "M" || char === "m" || char === "w" || char === "%") return 0.88;
  return /[A-Z]/.test(char) ? 0.68 : 0.54;
}
