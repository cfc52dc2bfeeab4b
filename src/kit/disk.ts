import { createHash } from "node:crypto";
import { createReadStream, statfsSync } from "node:fs";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { messageOf, UserError } from "./errors.ts";
import type { Text } from "./say.ts";

type Trouble = "full" | "broken" | "refused";

/** Codes as Node gives them, words as DuckDB passes them on from the system. */
const SAID: Readonly<Record<Trouble, RegExp>> = {
  full: /\b(?:ENOSPC|EDQUOT)\b|No space left on device|Disk quota exceeded|failed to offload data block/i,
  broken: /\bEIO\b|Input\/output error|fsync failed/i,
  refused: /\b(?:EROFS|EACCES|EPERM)\b|Read-only file system|Permission denied/i,
};

const HINTS: Readonly<Record<Trouble, Text>> = {
  full: {
    zh: "已有的数据没有变。请清理磁盘，空出几个 GB，再运行同样的命令。",
    en: "What was there is unchanged. Free some gigabytes, then run the same command again.",
  },
  broken: {
    zh: "已有的数据没有变。请检查磁盘、移动硬盘或网络盘，再运行同样的命令，然后用 fupan verify 核对。",
    en: "What was there is unchanged. Check the disk or the network drive, run the same command again, then fupan verify.",
  },
  refused: {
    zh: "请检查这个文件夹的权限，或换一个文件夹，再运行同样的命令。",
    en: "Check the folder's permissions or choose another, then run the same command again.",
  },
};

/** The user's message for a disk that is full, fails or refuses; null for an error of another kind. */
export function diskError(error: unknown): UserError | null {
  const said = chain(error);
  const found = (Object.keys(SAID) as Trouble[]).find((one) => said.some(({ text }) => SAID[one].test(text)));
  if (!found) return null;
  const path = said.find((one) => one.path !== undefined)?.path;
  const where = path === undefined ? "" : ` ${path}`;
  const free = path === undefined ? null : freeSpace(dirname(path));
  const left =
    free === null ? { zh: "", en: "" } : { zh: `（剩余 ${mib(free)}）`, en: ` (${mib(free)} free)` };
  const text: Record<Trouble, Text> = {
    full: {
      zh: `磁盘满了，写不下${where}${left.zh}`,
      en: `The disk is full, cannot write${where}${left.en}`,
    },
    broken: { zh: `磁盘读写出错${where}`, en: `The disk failed${where}` },
    refused: { zh: `没有权限写${where}`, en: `Not allowed to write${where}` },
  };
  return new UserError(text[found], { hint: HINTS[found], cause: error });
}

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
    { hint: HINTS.full },
  );
}

/** SHA-256 of a file in hex. Memory does not follow its size, and a file above 2 GiB is read too. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

function freeSpace(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** The error and its causes. A path only where the system gives one: DuckDB's texts may quote data. */
function chain(error: unknown): { text: string; path: string | undefined }[] {
  if (!(error instanceof Error)) return [];
  const { code, path, syscall } = error as NodeJS.ErrnoException;
  if (/^(?:listen|connect|bind|spawn)/.test(syscall ?? "")) return [];
  const file = path ?? /(?:file|database) "([^"\n]+)"/i.exec(error.message)?.[1];
  return [{ text: `${code ?? ""} ${messageOf(error)}`, path: file }, ...chain(error.cause)];
}

function mib(bytes: number): string {
  const size = bytes / 2 ** 20;
  return size < 1024 ? `${Math.ceil(size)} MB` : `${(size / 1024).toFixed(1)} GB`;
}
