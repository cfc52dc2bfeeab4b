/** What two texts are compared by: no case, blanks or punctuation; a variable of a script is a break. As `script_text` in SQL. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/\{[^{}]*\}/g, "\n")
    .replace(/[^\p{L}\p{N}\n]/gu, "");
}

function pairs(text: string): Set<string> {
  const found = new Set<string>();
  for (const part of plain(text).split("\n")) {
    const letters = [...part];
    for (let at = 0; at + 1 < letters.length; at++) found.add(`${letters[at]}${letters[at + 1]}`);
  }
  return found;
}

/** Share of pairs of letters that two scripts have in common (Dice), 0 … 1. */
export function scriptSimilarity(one: string, other: string): number {
  const [a, b] = [pairs(one), pairs(other)];
  if (a.size + b.size === 0) return 0;
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size);
}
