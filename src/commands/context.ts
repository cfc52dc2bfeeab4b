import { resolve } from "node:path";
import type { Importer } from "../kit/importer.ts";
import type { Lang, Text } from "../kit/say.ts";
import { State } from "../state/state.ts";
import { openWorkspace, type Workspace } from "../workspace.ts";

/** What only the composition root knows: the importers, the SQL, the dashboards and the demo. */
export interface Content {
  importers: readonly Importer[];
  sql: string;
  dashboards: string;
  version: string;
  /** Writes the invented community's exports into a folder, with the fupan.yaml that fits them. */
  writeDemo: (root: string) => Promise<void>;
}

/** How a command speaks and what time it is. Tests pass their own. */
export interface Effects {
  out: (text: string) => void;
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

/** The workspace's column maps count as importers like those in code. */
export async function openHere(
  context: Context,
): Promise<{ workspace: Workspace; state: State; importers: Importer[] }> {
  const workspace = openWorkspace(callerPath(context.globals.workspace ?? "."));
  context.lang = context.globals.lang ?? workspace.config.language;
  const { columns } = await import("../kit/columns.ts");
  const declared = workspace.config.tables.map(({ title, required, values, status, ...rest }) =>
    columns({
      ...rest,
      title: title ?? rest.id,
      ...(required ? { required } : {}),
      ...(values ? { values } : {}),
      ...(status ? { status } : {}),
    }),
  );
  const state = new State(workspace.state);
  await state.create();
  return { workspace, state, importers: [...context.content.importers, ...declared] };
}

/** One JSON document on stdout, or lines for people. */
export function print(context: Context, value: unknown, lines: () => string): void {
  context.effects.out(context.globals.json ? JSON.stringify(value, null, 2) : lines());
}

export function say(context: Context, text: Text): string {
  return text[context.lang];
}
