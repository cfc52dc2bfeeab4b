import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { diskTrouble, type Trouble } from "../kit/disk.ts";
import { UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";
import type { Site } from "./site.ts";

type Kind = Trouble | "gone" | "replaced";

/** What is wrong with the folder or its disk is for whoever runs the program to mend: no path of theirs goes to a visitor. */
const TROUBLES: Readonly<Record<Kind, { text: Text; hint: Text }>> = {
  gone: {
    text: { zh: "工作区不在原来的地方了", en: "The workspace is no longer where it was" },
    hint: {
      zh: "放数据的文件夹被移走、改名或删除了，或者移动硬盘没有接上。请在运行复盘的电脑上放回原处，再刷新；或者按 Ctrl+C 停止，用 --workspace 指明新的位置再打开。",
      en: "The folder with the data was moved, renamed or deleted, or its drive is not connected. On the machine that runs Fupan, put it back and reload; or stop with Ctrl+C and start again with --workspace and the new place.",
    },
  },
  replaced: {
    text: {
      zh: "工作区里该是文件的地方是一个文件夹",
      en: "A folder stands where a file of the workspace belongs",
    },
    hint: {
      zh: "请在运行复盘的电脑上看看工作区（比如 state.duckdb），把原来的文件放回去，再刷新。",
      en: "Look into the workspace on the machine that runs Fupan (at state.duckdb for one), put the file back, then reload.",
    },
  },
  full: {
    text: { zh: "磁盘满了，这一步没有保存", en: "The disk is full; this step was not saved" },
    hint: {
      zh: "已有的数据没有丢。请在运行复盘的电脑上空出几个 GB，再试一次。",
      en: "What was there is not lost. Free some gigabytes on the machine that runs Fupan, then try again.",
    },
  },
  broken: {
    text: { zh: "磁盘读写出错，这一步没有完成", en: "The disk failed; this step was not completed" },
    hint: {
      zh: "请检查运行复盘的电脑上的磁盘、移动硬盘或网络盘，再试一次，然后用 fupan verify 核对。",
      en: "On the machine that runs Fupan, check the disk or the network drive, try again, then run fupan verify.",
    },
  },
  refused: {
    text: { zh: "没有权限读写工作区里的文件", en: "Files of the workspace may not be read or written" },
    hint: {
      zh: "请在运行复盘的电脑上检查文件夹的权限。用 sudo 或别的用户运行过的工作区，先把文件改回来（chown -R），再刷新。",
      en: "On the machine that runs Fupan, check the folder's permissions. Where it was run as another user or with sudo, take its files back (chown -R), then reload.",
    },
  },
};

/** Trouble with the folder or the disk, in words; it passes when somebody mends it. */
export class TroubleError extends UserError {
  readonly status = 503;
  readonly kind: Kind;

  constructor(kind: Kind, cause: unknown) {
    const { text, hint } = TROUBLES[kind];
    super(text, { hint, cause });
    this.kind = kind;
  }
}

/** Whether the workspace is where it was when the server began. */
export function isThere({ state }: Pick<Site, "state">): boolean {
  return state === undefined || existsSync(dirname(state.path));
}

/** The message for an error that is no bug but the folder's or the disk's; null for any other. */
export function troubleOf(site: Pick<Site, "state">, error: unknown): TroubleError | null {
  if (error instanceof UserError) return null;
  const isReplaced = error instanceof Error && /: Is a directory$/m.test(error.message);
  const found = isThere(site) ? (diskTrouble(error) ?? (isReplaced ? "replaced" : null)) : "gone";
  return found && new TroubleError(found, error);
}
