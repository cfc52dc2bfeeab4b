import { existsSync, statSync } from "node:fs";
import { relative } from "node:path";
import { isTimeZone, readConfigTables, readSettings } from "../config.ts";
import type { FileResult } from "../ingest/import-file.ts";
import { importFiles } from "../ingest/import-files.ts";
import { ImportSession } from "../ingest/session.ts";
import { sweepLake } from "../ingest/sweep.ts";
import { UserError } from "../kit/errors.ts";
import type { DateOrder, Importer } from "../kit/importer.ts";
import type { Lang } from "../kit/say.ts";
import { ensureSpace } from "../kit/space.ts";
import { visible } from "../kit/visible.ts";
import { parseYaml } from "../kit/yaml.ts";
import { recordFailure } from "../state/ledger.ts";
import { withLock } from "../state/lock.ts";
import type { State } from "../state/state.ts";
import type { Workspace } from "../workspace.ts";
import { importerOf } from "./column-maps.ts";
import { type Context, callerPath, openHere, print } from "./context.ts";
import { filesUnder } from "./files.ts";
import { importLines, statusText } from "./import-lines.ts";
import { type Unpacked, unpackAll } from "./unpack.ts";

export interface ImportFlags {
  as?: string;
  group?: string;
  mapping?: string;
  asOf?: string;
  dateOrder?: DateOrder;
  date?: string;
  timezone?: string;
  dryRun?: boolean;
}

export interface ImportSummary {
  files: FileResult[];
  totals: {
    files: number;
    read: number;
    accepted: number;
    duplicate: number;
    rejected: number;
    failed: number;
  };
}

/** Imports files and folders; one bad file does not stop the others. @throws UserError at the end when one failed. */
export async function importPaths(
  context: Context,
  paths: readonly string[],
  flags: ImportFlags,
): Promise<void> {
  const { workspace, state, importers } = await openHere(context);
  const files = paths.flatMap((path) => {
    const full = callerPath(path);
    if (existsSync(full)) return statSync(full).isDirectory() ? filesUnder(full, importers) : [full];
    throw new UserError({
      zh: `没有这个文件：${visible(path)}`,
      en: `There is no such file: ${visible(path)}`,
    });
  });
  const extra = flags.mapping ? [mapped(callerPath(flags.mapping), importers)] : [];
  const as = flags.as ?? extra[0]?.id;
  const summary = await withLock(workspace.lock, () =>
    runImports(context, workspace, state, [...importers, ...extra], files, {
      ...flags,
      ...(as ? { as } : {}),
    }),
  );
  print(context, summary, () => importLines(summary, context.lang));
  if (summary.totals.failed > 0) process.exitCode = 1;
}

export async function runImports(
  context: Context,
  workspace: Workspace,
  state: State,
  importers: readonly Importer[],
  files: readonly string[],
  flags: ImportFlags,
): Promise<ImportSummary> {
  const known = flags.as === undefined || importers.some(({ id }) => id === flags.as);
  if (!known) {
    throw new UserError(
      { zh: `没有 ${flags.as} 这种格式`, en: `There is no format ${flags.as}` },
      { hint: { zh: "全部格式见 fupan formats。", en: "All formats: fupan formats." } },
    );
  }
  checkFlags(flags);
  if (!flags.dryRun) await sweepLake(workspace, state);
  const unpacked = await unpackAll(files, workspace.scratch, importers);
  try {
    return await importAll(context, workspace, state, importers, unpacked, flags);
  } finally {
    unpacked.dispose();
  }
}

async function importAll(
  context: Context,
  workspace: Workspace,
  state: State,
  importers: readonly Importer[],
  unpacked: Unpacked,
  flags: ImportFlags,
): Promise<ImportSummary> {
  const results: FileResult[] = [];
  const files = unpacked.paths;
  // Decoded copies, parts and what is sorted on the way.
  const sizes = files.map((file) => statSync(file, { throwIfNoEntry: false })?.size ?? 0);
  ensureSpace(workspace.root, 3 * sizes.reduce((sum, size) => sum + size, 0));
  const session = await ImportSession.open(workspace, state, context.effects.now());
  const { mapping: _read, ...said } = flags;
  const options = { ...said, within: unpacked.within, now: context.effects.now() };
  // A file counts as imported once the ledger has it: no line says so before.
  const lines: string[] = [];
  const tell = () => {
    for (const line of lines.splice(0)) if (!context.globals.json) context.effects.log(line);
  };
  const fail = async (path: string, error: UserError) => {
    const shown = shownPath(workspace, path);
    if (!flags.dryRun) await recordFailure(state, shown, null, error.text, context.effects.now());
    results.push(failedFile(shown, error));
  };
  for (const { path, error } of unpacked.failed) await fail(path, error);
  for await (const { path, ...made } of importFiles(files, importers, session, options)) {
    const shown = unpacked.shownOf(path);
    const notes = unpacked.notesOf(path);
    if ("error" in made) await fail(shown, made.error);
    else {
      const { result } = made;
      results.push({ ...result, path: shownPath(workspace, shown), notes: [...notes, ...result.notes] });
    }
    lines.push(progress(results.at(-1), files.length + unpacked.failed.length, results.length, context.lang));
    if (session.isRecorded) tell();
  }
  await session.flush();
  tell();
  session.close();
  const sum = (of: (result: FileResult) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  return {
    files: results,
    totals: {
      files: results.length,
      read: sum(({ read }) => read),
      accepted: sum(({ accepted }) => accepted),
      duplicate: sum(({ duplicate }) => duplicate),
      rejected: sum(({ rejected }) => rejected),
      failed: sum(({ status }) => (status === "failed" ? 1 : 0)),
    },
  };
}

function shownPath({ root }: Workspace, path: string): string {
  const inside = relative(root, path);
  return inside.startsWith("..") ? path : inside;
}

function checkFlags({ timezone, date }: ImportFlags): void {
  if (timezone !== undefined && !isTimeZone(timezone))
    throw new UserError(
      { zh: `没有这个时区：${timezone}`, en: `There is no such time zone: ${timezone}` },
      { hint: { zh: "例如 --timezone Asia/Shanghai", en: "For example --timezone Asia/Shanghai" } },
    );
  if (date !== undefined && !/^\d{4}(-\d{2}-\d{2})?$/.test(date))
    throw new UserError(
      { zh: `--date 看不懂：${date}`, en: `--date is not a day: ${date}` },
      {
        hint: {
          zh: "写成 --date 2026-11-16；只缺年份时写 --date 2026",
          en: "Write --date 2026-11-16, or --date 2026 where only the year is missing",
        },
      },
    );
}

export function failedFile(path: string, error: UserError): FileResult {
  const join = (lang: "zh" | "en") => error.in(lang);
  return {
    path,
    importer: null,
    sha256: null,
    status: "failed",
    read: 0,
    accepted: 0,
    duplicate: 0,
    rejected: 0,
    from: null,
    to: null,
    groups: [],
    issues: [{ line: null, column: null, code: "file_failed", message: { zh: join("zh"), en: join("en") } }],
    notes: [],
  };
}

function progress(result: FileResult | undefined, total: number, done: number, lang: Lang): string {
  if (!result) return "";
  return `[${done}/${total}] ${visible(result.path)} · ${result.importer ?? "—"} · ${statusText(result.status, lang)}`;
}

/** The column map of a file. @throws UserError naming what is wrong in it. */
export function mapped(path: string, known: readonly Importer[]): Importer {
  const [spec] = readConfigTables([parseYaml(readSettings(path), path).value], path);
  return importerOf(spec, known);
}

/** What lies in the inbox, at any depth. */
export function inboxFiles(workspace: Workspace, importers: readonly Importer[]): string[] {
  return filesUnder(workspace.inbox, importers);
}
