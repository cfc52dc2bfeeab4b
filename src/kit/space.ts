import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "./errors.ts";
import type { Text } from "./say.ts";

export const FULL_HINT: Text = {
  zh: "已有的数据没有丢。请清理磁盘，空出几个 GB，再运行同样的命令。",
  en: "What was there is not lost. Free some gigabytes, then run the same command again.",
};

/**
 * Before work that would fill the disk halfway through.
 * @param bytes that it will need. @throws UserError with free and needed space.
 */
export function ensureSpace(folder: string, bytes: number): void {
  const free = freeSpace(folder);
  if (free === null || free >= bytes) return;
  throw new UserError(
    {
      zh: `磁盘空间不够：${folder} 剩余 ${mib(free)}，这一步大约需要 ${mib(bytes)}`,
      en: `Not enough space: ${folder} has ${mib(free)} free, this needs about ${mib(bytes)}`,
    },
    { hint: FULL_HINT },
  );
}

/** Null where the system does not say. */
export function freeSpace(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    // What was half made there may be gone again with its folder.
    const above = dirname(folder);
    return above === folder ? null : freeSpace(above);
  }
}

export function mib(bytes: number): string {
  const size = bytes / 2 ** 20;
  return size < 1024 ? `${Math.ceil(size)} MB` : `${(size / 1024).toFixed(1)} GB`;
}
