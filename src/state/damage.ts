import { basename } from "node:path";
import { messageOf, UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";

/** DuckDB's words for a file whose bytes are not those that were written. */
const DAMAGED =
  /not a valid DuckDB database|corrupt|checksum|replaying WAL|read enough bytes|failed to deserialize|INTERNAL Error|Serialization Error/i;

const RESTORE: Text = {
  zh: "从备份恢复：fupan restore。没有备份时请保留这个文件，不要删。",
  en: "Restore a backup: fupan restore. Without one, keep the file; don't delete it.",
};

const REBUILD: Text = {
  zh: "运行 fupan build 重新算一遍；导入的数据、决定和存下的周报都不变。",
  en: "Run fupan build; what was imported, decided and frozen stays as it is.",
};

/** The published results can't be read as they were written; a build makes others. */
export class UnusableError extends UserError {
  readonly status = 503;

  constructor(text: Text, cause?: unknown) {
    super(text, { hint: REBUILD, cause });
  }

  static of(error: unknown, path: string): unknown {
    const found = damaged(error, path, REBUILD);
    return found === error ? error : new UnusableError((found as UserError).text, error);
  }
}

export function goneError(path: string): UnusableError {
  const file = basename(path);
  return new UnusableError({ zh: `算好的结果 ${file} 不见了`, en: `The results in ${file} are gone` });
}

/** The user's message where a database of the workspace is damaged; any other error as it is. */
export function damaged(error: unknown, path: string, hint: Text = RESTORE): unknown {
  if (error instanceof UserError || !DAMAGED.test(messageOf(error))) return error;
  return new UserError(
    { zh: `${basename(path)} 坏了，读不出来`, en: `${basename(path)} is damaged and cannot be read` },
    { hint, cause: error },
  );
}
