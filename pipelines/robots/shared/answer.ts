import type { Refusal } from "../../../src/kit/robot.ts";

/**
 * Answers that are JSON with a number of their own beside the HTTP status: 0 = taken.
 * @throws when it is no such JSON.
 */
export function numberedRefusal(
  answer: string,
  key: string,
  known: Readonly<Record<string, Omit<Refusal, "code">>>,
): Refusal | null {
  const read: unknown = JSON.parse(answer);
  const code = typeof read === "object" && read !== null ? (read as Record<string, unknown>)[key] : undefined;
  if (typeof code !== "number") throw new Error(`the answer has no ${key}`);
  return code === 0 ? null : { code: String(code), ...known[String(code)] };
}
