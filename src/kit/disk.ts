import { createHash } from "node:crypto";
import {
  accessSync,
  closeSync,
  constants,
  createReadStream,
  existsSync,
  openSync,
  statfsSync,
  statSync,
} from "node:fs";
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
  const isRead = found === "refused" && path !== undefined && existsSync(path) && !isReadable(path);
  const text: Record<Trouble, Text> = {
    full: {
      zh: `磁盘满了，写不下${where}${left.zh}`,
      en: `The disk is full, cannot write${where}${left.en}`,
    },
    broken: { zh: `磁盘读写出错${where}`, en: `The disk failed${where}` },
    refused: isRead
      ? { zh: `没有权限读${where}`, en: `Not allowed to read${where}` }
      : { zh: `没有权限写${where}`, en: `Not allowed to write${where}` },
  };
  return new UserError(text[found], { hint: HINTS[found], cause: error });
}

/** What is wrong with a path that somebody named, or that went away meanwhile. */
const PATHS: Readonly<Record<string, Text>> = {
  ENOENT: { zh: "没有这个文件或文件夹", en: "there is no such file or folder" },
  ENOTDIR: { zh: "路径中间有一段不是文件夹", en: "a part of it is no folder" },
  EISDIR: { zh: "这是文件夹，不是文件", en: "it is a folder, not a file" },
  EEXIST: { zh: "已经有了", en: "it exists already" },
  ENAMETOOLONG: { zh: "名字太长", en: "the name is too long" },
  ELOOP: { zh: "链接绕成了圈", en: "its links lead in a circle" },
};

/** The user's message for a path that can't be used as the command would; null for an error of another kind. */
export function pathError(error: unknown): UserError | null {
  if (!(error instanceof Error)) return null;
  const { code = "", path, syscall = "" } = error as NodeJS.ErrnoException;
  const why = PATHS[code];
  if (!why || path === undefined || syscall.startsWith("spawn")) return null;
  const named = pathOf(error) ?? path;
  return new UserError(
    { zh: `${named} 用不了：${why.zh}`, en: `${named} can't be used: ${why.en}` },
    {
      hint: {
        zh: "请检查路径（也可能刚被移走），再运行同样的命令。",
        en: "Check the path (it may just have been moved), then run the same command again.",
      },
      cause: error,
    },
  );
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

/** Before work that can't be taken back. @throws where a file of this name can not be written; none is made. */
export function assertWritable(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })) closeSync(openSync(path, "a"));
  else accessSync(dirname(path), constants.W_OK);
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
    // What was half made there may be gone again with its folder.
    const above = dirname(folder);
    return above === folder ? null : freeSpace(above);
  }
}

/** The error and its causes. A path only where the system gives one: DuckDB's texts may quote data. */
function chain(error: unknown): { text: string; path: string | undefined }[] {
  if (!(error instanceof Error)) return [];
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (/^(?:listen|connect|bind|spawn)/.test(syscall ?? "")) return [];
  const file = pathOf(error) ?? /(?:file|database) "([^"\n]+)"/i.exec(error.message)?.[1];
  return [{ text: `${code ?? ""} ${messageOf(error)}`, path: file }, ...chain(error.cause)];
}

/** Of a copy the one that could not be written, unless the other can't be read. An error without a code is none of the system's. */
function pathOf(error: Error): string | undefined {
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  if (code === undefined) return undefined;
  return dest !== undefined && path !== undefined && isReadable(path) ? dest : path;
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function mib(bytes: number): string {
  const size = bytes / 2 ** 20;
  return size < 1024 ? `${Math.ceil(size)} MB` : `${(size / 1024).toFixed(1)} GB`;
}
