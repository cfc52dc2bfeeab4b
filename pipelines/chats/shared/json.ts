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

/**
 * The values of a small file: one object, an array's elements, or one per line. Undefined for a line that is no JSON, once
 * for one object over many lines that breaks off: half of it is not used, since whoever half a list of members does not
 * name would have left.
 */
export function* documents(content: string): Generator<{ value: unknown; line: number }> {
  const whole = parsed(content);
  if (whole !== undefined) {
    for (const value of Array.isArray(whole) ? (whole as unknown[]) : [whole]) yield { value, line: 1 };
    return;
  }
  const lines = [...content.split(/\r?\n/).entries()]
    .filter(([, line]) => line.trim() !== "")
    .map(([at, line]) => ({ value: parsed(line), line: at + 1, begins: /^[[{]/.test(line) }));
  const isObject = lines.some(({ value }) => typeof value === "object" && value !== null);
  // JSON lines begin at the margin, each of them; what an object holds is set in.
  const isBroken = lines.length > 1 && !isObject && lines.filter(({ begins }) => begins).length <= 1;
  if (isBroken) yield { value: undefined, line: lines.at(-1)?.line ?? 1 };
  else for (const { value, line } of lines) yield { value, line };
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
