import type { z } from "zod";
import { allowedText } from "./allowed.ts";
import { UserError } from "./errors.ts";
import type { Text } from "./say.ts";

/** The first problem of column maps that came as values, where lines are no longer known. */
export function mappingProblem(
  path: string,
  error: z.ZodError,
  known: readonly string[],
  maps: number,
): UserError {
  const [problem] = error.issues;
  if (!problem) throw error;
  const wrong = (zh: string, en: string, hint: Text) =>
    new UserError(
      { zh: `${path} 不是合法的列映射：${zh}`, en: `${path} is no valid column map: ${en}` },
      { hint },
    );
  if (problem.code === "unrecognized_keys") {
    const keys = problem.keys.join(", ");
    return wrong(`没有 ${keys} 这个设置`, `there is no setting ${keys}`, {
      zh: `可以写：${known.join("、")}`,
      en: `Allowed: ${known.join(", ")}`,
    });
  }
  // The first key is the place in the list, and most files hold one map.
  const key = problem.path.slice(maps > 1 ? 0 : 1).join(".");
  const { zh, en } = allowedText(problem);
  return wrong(`${key} 的值不对`, `bad value for ${key}`, { zh: `应当是：${zh}`, en: `Allowed: ${en}` });
}
