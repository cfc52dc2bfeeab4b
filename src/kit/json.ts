/** Ids beyond 2^53 are quoted before parsing; strings are consumed first, so text is never changed. */
export function quoteBigIntegers(text: string): string {
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|(?<![\d.eE+-])-?\d{16,}(?![\d.eE])/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}

/** JSON.parse that keeps long integers as text. @throws SyntaxError as JSON.parse does. */
export function parseJson(text: string): unknown {
  return JSON.parse(quoteBigIntegers(text));
}
