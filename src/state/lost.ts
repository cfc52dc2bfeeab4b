import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";

/*
 * A state.duckdb that is gone, or an earlier one in its place. The ledger in it says which parts exist: what it does not list is
 * swept away as the leftovers of an interrupted import.
 */

const PUT_BACK: Text = {
  zh: "没有动任何数据。把最新的 state.duckdb 放回原处，或用 fupan restore 把备份恢复到新文件夹；都没有时，用 fupan init 新建工作区，重新导入原文件。",
  en: "No data was touched. Put the newest state.duckdb back, or restore a backup into a new folder (fupan restore); with neither, make a new workspace (fupan init) and import the original files there.",
};

/**
 * Before a new state is made: one that lists nothing would take all facts for what an interrupted import left, and the
 * next import would sweep them away.
 * @throws UserError where facts or results lie beside the missing file.
 */
export function assertNotLost(path: string): void {
  const root = dirname(path);
  const lake = join(root, "lake");
  const isUsed =
    existsSync(join(root, "marts", "CURRENT")) ||
    (existsSync(lake) &&
      readdirSync(lake, { recursive: true }).some((file) => /part-\w+\.parquet$/.test(String(file))));
  if (!isUsed) return;
  throw new UserError(
    {
      zh: `${basename(path)} 不见了，导入过什么、决定过什么都记在里面`,
      en: `${basename(path)} is gone; what was imported and decided is written in it`,
    },
    { hint: PUT_BACK },
  );
}

/** Neither may parts that an older file does not list be swept away. */
export function olderState(path: string): UserError {
  return new UserError(
    {
      zh: `${basename(path)} 比已发布的结果旧，像是换回了以前的文件：之后导入的数据它不知道`,
      en: `${basename(path)} is older than the published results, as if an earlier file had been put back: it does not know what was imported since`,
    },
    { hint: PUT_BACK },
  );
}
