import { parseJson } from "../../../src/kit/json.ts";

/** A JSON object of which nothing is known yet. */
export type Json = Readonly<Record<string, unknown>>;

/** The value under a path of keys and numbers; undefined where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (here, key) =>
      typeof here === "object" && here !== null && Object.hasOwn(here, key)
        ? (here as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
}

/** A scalar as text; null for nothing, an empty text, and for what is no scalar. */
export function text(value: unknown): string | null {
  if (typeof value === "string") return value === "" ? null : value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

/** The elements of an array; none for anything else. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The values of a small file: one object, an array's elements, or one per line. Undefined for a line that is no JSON. */
export function* documents(content: string): Generator<{ value: unknown; line: number }> {
  const whole = parsed(content);
  if (whole !== undefined) {
    for (const value of Array.isArray(whole) ? (whole as unknown[]) : [whole]) yield { value, line: 1 };
    return;
  }
  for (const [at, line] of content.split(/\r?\n/).entries())
    if (line.trim() !== "") yield { value: parsed(line), line: at + 1 };
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
