import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { messageOf, UserError } from "./errors.ts";
import { isReadable, pathOf } from "./paths.ts";
import type { Text } from "./say.ts";
import { FULL_HINT, freeSpace, mib } from "./space.ts";
import { visible } from "./visible.ts";

export type Trouble = "full" | "broken" | "refused";

/** Codes as Node gives them, words as DuckDB passes them on from the system. */
const SAID: Readonly<Record<Trouble, RegExp>> = {
  full: /\b(?:ENOSPC|EDQUOT)\b|No space left on device|Disk quota exceeded|failed to offload data block/i,
  broken: /\bEIO\b|Input\/output error|fsync failed/i,
  refused: /\b(?:EROFS|EACCES|EPERM)\b|Read-only file system|Permission denied/i,
};

const HINTS: Readonly<Record<Trouble, Text>> = {
  full: FULL_HINT,
  broken: {
    zh: "已有的数据没有丢。请检查磁盘、移动硬盘或网络盘，再运行同样的命令，然后用 fupan verify 核对。",
    en: "What was there is not lost. Check the disk or the network drive, run the same command again, then fupan verify.",
  },
  refused: {
    zh: "请检查这个文件夹的权限，或换一个文件夹，再运行同样的命令。用 sudo 或别的用户运行过的工作区，先把文件改回自己名下（chown -R）。",
    en: "Check the folder's permissions or choose another, then run the same command again. Where it was run as another user or with sudo, take its files back first (chown -R).",
  },
};

/** Whoever runs the command may write there, and the disk may not be written. */
const SEALED = /\bEROFS\b|Read-only file system/i;
const SEALED_HINT: Text = {
  zh: "磁盘是只读挂载的，或移动硬盘、存储卡的写保护开着。让它可写，或把整个工作区复制到别的磁盘，再运行同样的命令。",
  en: "The disk is mounted read-only, or write-protected. Make it writable, or copy the whole workspace to another disk, then run the same command again.",
};

/** Whether an error is a disk's that is full, fails or refuses; null for one of another kind. */
export function diskTrouble(error: unknown): Trouble | null {
  const said = chain(error);
  const kinds = Object.keys(SAID) as Trouble[];
  return kinds.find((one) => said.some(({ text }) => SAID[one].test(text))) ?? null;
}

/** The user's message for it. */
export function diskError(error: unknown): UserError | null {
  const found = diskTrouble(error);
  if (!found) return null;
  const said = chain(error);
  const path = said.find((one) => one.path !== undefined)?.path;
  const where = path === undefined ? "" : ` ${visible(path)}`;
  const free = path === undefined ? null : freeSpace(dirname(path));
  const left =
    free === null ? { zh: "", en: "" } : { zh: `（剩余 ${mib(free)}）`, en: ` (${mib(free)} free)` };
  if (found === "refused" && said.some(({ text }) => SEALED.test(text)))
    return new UserError(
      { zh: `磁盘是只读的，写不了${where}`, en: `The disk is read-only, cannot write${where}` },
      { hint: SEALED_HINT, cause: error },
    );
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

/** SHA-256 of a file in hex. Memory does not follow its size, and a file above 2 GiB is read too. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

/** The error and its causes. A path only where the system gives one: DuckDB's texts may quote data. */
function chain(error: unknown): { text: string; path: string | undefined }[] {
  if (!(error instanceof Error)) return [];
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (/^(?:listen|connect|bind|spawn)/.test(syscall ?? "")) return [];
  const file = pathOf(error) ?? /(?:file|database) "([^"\n]+)"/i.exec(error.message)?.[1];
  return [{ text: `${code ?? ""} ${messageOf(error)}`, path: file }, ...chain(error.cause)];
}
