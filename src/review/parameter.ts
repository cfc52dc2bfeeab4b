import { z } from "zod";
import { UserError } from "../kit/errors.ts";

/** Whoever asks wrote something else than the parameter takes. */
class ParameterError extends UserError {
  readonly status = 400;
}

const DAY = z.iso.date();

/** The engine's own error would be one of the program. @throws ParameterError */
export function fitting<V>(key: string, type: string, value: V): V {
  if (value === null || value === undefined) return value;
  if (type === "date" && !DAY.safeParse(value).success)
    throw new ParameterError({
      zh: `参数 ${key} 要写成日期，如 2026-11-16（周用它的第一天）`,
      en: `${key} is a day such as 2026-11-16; a week goes by its first day`,
    });
  if (type === "number" && (String(value).trim() === "" || !Number.isFinite(Number(value))))
    throw new ParameterError({ zh: `参数 ${key} 要写成数字`, en: `${key} is a number` });
  return value;
}
