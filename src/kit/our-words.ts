/** SQL of a text in words of ours: each with what else is written for it. Capitals make no difference; null for any other. */
export function ourWord(column: string, words: Readonly<Record<string, readonly string[]>>): string {
  const cases = Object.entries(words).map(
    ([word, others]) =>
      `when list_contains([${[word, ...others].map((one) => `'${one.toLowerCase()}'`).join(", ")}], lower(${column})) then '${word}'`,
  );
  return `case ${cases.join(" ")} end`;
}
