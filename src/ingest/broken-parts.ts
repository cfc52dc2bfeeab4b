import { statSync } from "node:fs";
import { join } from "node:path";
import { sha256Of } from "../kit/disk.ts";
import { UserError } from "../kit/errors.ts";
import { type Part, sourcesOf } from "../state/ledger.ts";
import type { State } from "../state/state.ts";

/** Listed parts that are gone or are not what was written. Parquet would tell of a changed byte only by chance. */
export async function brokenParts(lake: string, parts: readonly Part[]): Promise<Part[]> {
  const broken = [];
  for (const part of parts) {
    const path = join(lake, part.path);
    const isWhole =
      statSync(path, { throwIfNoEntry: false })?.size === part.bytes &&
      (await sha256Of(path)) === part.sha256;
    if (!isWhole) broken.push(part);
  }
  return broken;
}

/**
 * Before anything is computed from the lake: what was changed on the disk would be wrong numbers, if it could be read.
 * @throws UserError naming the files whose rows are concerned.
 */
export async function assertWhole(lake: string, state: State, parts: readonly Part[]): Promise<void> {
  const broken = await brokenParts(lake, parts);
  if (broken.length === 0) return;
  throw await damagedParts(state, broken);
}

/** What the user is told of an error, if parts that were read are the cause of it; else the error. */
export async function partsTrouble(
  error: unknown,
  lake: string,
  state: State,
  parts: readonly Part[],
): Promise<unknown> {
  if (error instanceof UserError) return error;
  const broken = await brokenParts(lake, parts);
  return broken.length === 0 ? error : damagedParts(state, broken);
}

async function damagedParts(state: State, broken: readonly Part[]): Promise<UserError> {
  const paths = broken.map(({ path }) => path);
  const files = await sourcesOf(state, paths);
  const [first = ""] = paths;
  return new UserError(
    {
      zh: `lake 里有 ${broken.length} 个数据文件坏了或不见了（${first}${broken.length > 1 ? " 等" : ""}），里面是这些文件的数据：${files.join("、")}`,
      en: `Parts of the lake are damaged or gone: ${broken.length} (${first}${broken.length > 1 ? " …" : ""}), with rows of ${files.join(", ")}`,
    },
    {
      hint: {
        zh: "把这些原文件再导入一次（fupan import 文件），缺的就会补上；或用 fupan restore 恢复备份。",
        en: "Import these files once more (fupan import FILE): what is missing comes back. Or restore a backup (fupan restore).",
      },
    },
  );
}
