import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Config, readConfig } from "./config.ts";
import { UserError } from "./kit/errors.ts";
import { visible } from "./kit/visible.ts";

/** The folders of one community (README: "where data lies"). All paths absolute. */
export interface Workspace {
  root: string;
  config: Config;
  inbox: string;
  lake: string;
  marts: string;
  state: string;
  lock: string;
  /** Held by the one server of the workspace. */
  serving: string;
  reports: string;
  lists: string;
  /** Spill files and decoded copies: personal data, removed by whoever made them. */
  scratch: string;
}

const CONFIG_FILE = "fupan.yaml";

/** @throws UserError when neither `dir` nor a folder above it has a fupan.yaml. */
export function openWorkspace(dir: string): Workspace {
  const start = resolve(dir);
  for (let root = start; ; root = dirname(root)) {
    if (existsSync(join(root, CONFIG_FILE))) return at(root);
    // A folder that may not be looked into is not one without the file.
    if (root === start && statSync(root, { throwIfNoEntry: false })?.isDirectory()) readdirSync(root);
    if (dirname(root) === root) break;
  }
  throw new UserError(
    {
      zh: `${visible(start)} 不是复盘工作区：没有 ${CONFIG_FILE}`,
      en: `${visible(start)} is no Fupan workspace: there is no ${CONFIG_FILE}`,
    },
    {
      hint: {
        zh: "先运行 fupan init，或用 --workspace 指明工作区文件夹。",
        en: "Run fupan init first, or name the workspace's folder with --workspace.",
      },
    },
  );
}

/** The settings that belong to a state. */
export const configBeside = (state: string): string => join(dirname(state), CONFIG_FILE);

/** Also of a folder that is to become a workspace. */
export const lockOf = (root: string): string => join(root, "lock.duckdb");

function at(root: string): Workspace {
  const workspace: Workspace = {
    root,
    config: readConfig(join(root, CONFIG_FILE)),
    inbox: join(root, "inbox"),
    lake: join(root, "lake"),
    marts: join(root, "marts"),
    state: join(root, "state.duckdb"),
    lock: lockOf(root),
    serving: join(root, ".scratch", "serving.duckdb"),
    reports: join(root, "reports"),
    lists: join(root, "lists"),
    scratch: join(root, ".scratch"),
  };
  for (const folder of [
    workspace.inbox,
    workspace.lake,
    workspace.marts,
    workspace.reports,
    workspace.lists,
  ]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
  return workspace;
}
