import { accessSync, closeSync, constants, lstatSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "./errors.ts";
import type { Text } from "./say.ts";
import { visible } from "./visible.ts";

/** What is wrong with a path that somebody named, or that went away meanwhile. */
const PATHS: Readonly<Record<string, Text>> = {
  ENOENT: { zh: "没有这个文件或文件夹", en: "there is no such file or folder" },
  ENOTDIR: { zh: "路径中间有一段不是文件夹", en: "a part of it is no folder" },
  EISDIR: { zh: "这是文件夹，不是文件", en: "it is a folder, not a file" },
  EEXIST: { zh: "已经有了", en: "it exists already" },
  ENAMETOOLONG: { zh: "名字太长", en: "the name is too long" },
  ELOOP: { zh: "链接绕成了圈", en: "its links lead in a circle" },
};

/** A folder that could not be made. */
const TAKEN: Text = {
  zh: "这里要一个文件夹，已经有同名的文件",
  en: "a folder belongs here, and there is a file of that name",
};
const NOWHERE: Text = {
  zh: "这个链接指向的地方没有了",
  en: "it is a link to a place that is not there",
};
const NO_UTF_8: Text = {
  zh: "文件名不是 UTF-8 编码（压缩包在别的电脑上打包、解压时常见）",
  en: "its name is not UTF-8, as with archives that were packed on another machine",
};
const RENAME: Text = {
  zh: "请给文件（或它所在的文件夹）改名，再运行同样的命令；也可以直接导入原来的压缩包。",
  en: "Rename the file, or the folder that it is in, then run the same command again; or import the archive itself.",
};
const CHECK: Text = {
  zh: "请检查路径（也可能刚被移走），再运行同样的命令。",
  en: "Check the path (it may just have been moved), then run the same command again.",
};

/** The user's message for a path that can't be used as the command would; null for an error of another kind. */
export function pathError(error: unknown): UserError | null {
  if (!(error instanceof Error)) return null;
  const { code = "", path, syscall = "" } = inPlaceOfFile(error) ?? (error as NodeJS.ErrnoException);
  const why = PATHS[code];
  if (!why || path === undefined || syscall.startsWith("spawn")) return null;
  const real = pathOf(error) ?? path;
  const named = visible(real);
  // A name in GBK, as archives of other machines leave them: no path that can be written in UTF-8 leads to it.
  const isForeign = code === "ENOENT" && named.includes("\ufffd");
  const what = isForeign ? NO_UTF_8 : (inPlaceOfFolder(code, syscall, real) ?? why);
  return new UserError(
    { zh: `${named} 用不了：${what.zh}`, en: `${named} can't be used: ${what.en}` },
    { hint: isForeign ? RENAME : CHECK, cause: error },
  );
}

/** DuckDB's words for a folder where its file should be. */
function inPlaceOfFile({ message }: Error): NodeJS.ErrnoException | null {
  const path = /from file "([^"\n]+)": Is a directory/.exec(message)?.[1];
  return path === undefined ? null : { name: "", message: "", code: "EISDIR", path };
}

function inPlaceOfFolder(code: string, syscall: string, path: string): Text | null {
  if (code === "EEXIST" && syscall === "mkdir") return TAKEN;
  const isMissing = code === "ENOENT" || (code === "EEXIST" && syscall === "link");
  const found = isMissing ? lstatSync(path, { throwIfNoEntry: false }) : undefined;
  return found?.isSymbolicLink() ? NOWHERE : null;
}

/** Before work that can't be taken back. @throws where a file of this name can not be written; none is made. */
export function assertWritable(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })) closeSync(openSync(path, "a"));
  else accessSync(dirname(path), constants.W_OK);
}

/** Of a copy the one that could not be written, unless the other can't be read. An error without a code is none of the system's. */
export function pathOf(error: Error): string | undefined {
  const { code, path, dest, syscall } = error as NodeJS.ErrnoException & { dest?: string };
  if (code === undefined) return undefined;
  // What a finished draft should be called is taken, be it by a link that leads nowhere; the draft is gone by now.
  if (code === "EEXIST" && syscall === "link") return dest;
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
