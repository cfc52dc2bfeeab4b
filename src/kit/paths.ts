import { accessSync, closeSync, constants, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "./errors.ts";
import type { Text } from "./say.ts";

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

/** Before work that can't be taken back. @throws where a file of this name can not be written; none is made. */
export function assertWritable(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })) closeSync(openSync(path, "a"));
  else accessSync(dirname(path), constants.W_OK);
}

/** Of a copy the one that could not be written, unless the other can't be read. An error without a code is none of the system's. */
export function pathOf(error: Error): string | undefined {
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  if (code === undefined) return undefined;
  return dest !== undefined && path !== undefined && isReadable(path) ? dest : path;
}

export function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
