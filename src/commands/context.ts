import { resolve } from "node:path";
import { readConfigTables } from "../config.ts";
import type { Importer } from "../kit/importer.ts";
import type { LintWords } from "../kit/lint-words.ts";
import type { Robot } from "../kit/robot.ts";
import type { Lang, Text } from "../kit/say.ts";
import { printable } from "../kit/visible.ts";
import { GenerationReader } from "../review/reader.ts";
import { listColumnMaps } from "../state/batches.ts";
import { State } from "../state/state.ts";
import { modelsOf } from "../warehouse/outdated.ts";
import { openWorkspace, type Workspace } from "../workspace.ts";
import { importerOf } from "./column-maps.ts";

/** What only the composition root knows: the importers, the SQL, the dashboards and the demo. */
export interface Content {
  importers: readonly Importer[];
  sql: string;
  dashboards: string;
  version: string;
  /** Folder of the blank SOP plans, one YAML file per kind of group, and the words that a plan's checks look for. */
  plans: { templates: string; words: LintWords };
  /** Group robots that reminders may go to. */
  robots: readonly Robot[];
  /** Writes the invented community's exports into a folder, with the fupan.yaml that fits them. */
  writeDemo: (root: string) => Promise<void>;
}

/** How a command speaks and what time it is. Tests pass their own. */
export interface Effects {
  out: (text: string) => void;
  /** What is no text, to a program that reads the output; not there for a terminal. */
  bytes?: (data: Buffer) => void;
  log: (text: string) => void;
  now: () => Date;
}

export interface Globals {
  workspace?: string;
  json?: boolean;
  lang?: Lang;
}

export interface Context {
  content: Content;
  effects: Effects;
  globals: Globals;
  /** Language of this run: `--lang`, else fupan.yaml, else Chinese. */
  lang: Lang;
}

/** Relative paths are the caller's, also through `npm run` from another folder. */
export function callerPath(path: string): string {
  return resolve(process.env["INIT_CWD"] ?? process.cwd(), path);
}

export async function openHere(
  context: Context,
): Promise<{ workspace: Workspace; state: State; importers: Importer[] }> {
  const workspace = openWorkspace(callerPath(context.globals.workspace ?? "."));
  context.lang = context.globals.lang ?? workspace.config.language;
  const state = new State(workspace.state);
  await state.create();
  return { workspace, state, importers: await importersOf(context, workspace, state) };
}

/** The published generation; one that other models made is refused. */
export function readerOf({ content }: Context, { marts }: Pick<Workspace, "marts">): GenerationReader {
  return new GenerationReader(marts, undefined, modelsOf(content.sql));
}

/** Those in code, and the column maps of fupan.yaml and of the imports page. */
export async function importersOf(
  { content }: Context,
  workspace: Workspace,
  state: State,
): Promise<Importer[]> {
  const drawn = await listColumnMaps(state);
  const tables = [
    ...workspace.config.tables,
    ...(drawn.length > 0 ? readConfigTables(drawn, workspace.state) : []),
  ];
  return [...content.importers, ...tables.map((one) => importerOf(one, content.importers))];
}

/** One JSON document on stdout, or lines for people. */
export function print(context: Context, value: unknown, lines: () => string): void {
  context.effects.out(context.globals.json ? JSON.stringify(value, null, 2) : printable(lines()));
}

export function say(context: Context, text: Text): string {
  return text[context.lang];
}
