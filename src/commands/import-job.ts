import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { z } from "zod";
import { columnMap } from "../config.ts";
import { type FileResult, importFile } from "../ingest/import-file.ts";
import { ImportSession } from "../ingest/session.ts";
import { diskError } from "../kit/disk.ts";
import { UserError } from "../kit/errors.ts";
import { DATE_ORDERS, type Importer } from "../kit/importer.ts";
import { pathError } from "../kit/paths.ts";
import { localDay } from "../kit/time.ts";
import { GenerationReader } from "../review/reader.ts";
import { listWeeks } from "../review/weeks.ts";
import { saveColumnMap, undoBatch } from "../state/batches.ts";
import { recordFailure } from "../state/ledger.ts";
import { withLock } from "../state/lock.ts";
import type { State } from "../state/state.ts";
import { buildWhatIsLeft } from "../warehouse/build.ts";
import { readCatalog } from "../warehouse/catalog.ts";
import { modelsToMake } from "../warehouse/run-models.ts";
import type { Workspace } from "../workspace.ts";
import { importerOf } from "./column-maps.ts";
import { type Context, openHere } from "./context.ts";
import { failedFile } from "./import.ts";

const jobSchema = z.strictObject({
  task: z.enum(["check", "import", "undo", "build"]),
  batch: z.string(),
  files: z.array(
    z.strictObject({
      path: z.string(),
      within: z.string().optional(),
      as: z.string().optional(),
      group: z.string().optional(),
      dateOrder: z.enum(DATE_ORDERS).optional(),
      date: z.string().optional(),
      mapping: columnMap.optional(),
      remember: z.boolean().default(false),
    }),
  ),
});
type Job = z.infer<typeof jobSchema>;

/**
 * The server's hand: one job of the imports page in a process of its own, which can be killed at any moment. Tells what
 * it does as JSON lines on stdout: file, result, build, then done or error.
 */
export async function importJob(context: Context, file: string): Promise<void> {
  endWithServer();
  const job = jobSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  const tell = (event: Record<string, unknown>) => context.effects.out(JSON.stringify(event));
  try {
    const { workspace, state, importers } = await openHere(context);
    if (job.task === "check") {
      await importAll(context, job, workspace, state, importers, tell);
      return;
    }
    await withLock(workspace.lock, async () => {
      if (job.task === "undo")
        tell({ type: "undone", ...(await undoBatch(state, workspace.lake, job.batch)) });
      else if (job.task === "import" && !(await importAll(context, job, workspace, state, importers, tell)))
        return tell({ type: "done", weeks: [] });
      return rebuild(context, workspace, state, tell);
    });
  } catch (error) {
    const told = error instanceof UserError ? error : (diskError(error) ?? pathError(error));
    if (!told) throw error;
    tell({ type: "error", zh: told.in("zh"), en: told.in("en") });
  }
}

/**
 * A server that is killed takes its jobs with it, as one that is stopped does: the next one removes the uploads, and
 * tells whoever comes back that what the history lists was taken in and nothing else.
 */
function endWithServer(): void {
  const end = () => process.kill(process.pid, "SIGKILL");
  process.once("disconnect", end);
  // False only where there was a server, which went while this process began.
  if (process.connected === false) end();
  // Waiting for it alone keeps nothing alive.
  process.channel?.unref();
}

const nameOf = ({ path, within }: Job["files"][number]) => within ?? basename(path);

/** One bad file does not stop the others. @returns whether anything new was taken in. */
async function importAll(
  context: Context,
  job: Job,
  workspace: Workspace,
  state: State,
  importers: readonly Importer[],
  tell: (event: Record<string, unknown>) => void,
): Promise<boolean> {
  const now = context.effects.now();
  const session = await ImportSession.open(workspace, state, now);
  const spans: FileResult[] = [];
  try {
    for (const [at, one] of job.files.entries()) {
      const known = one.mapping ? [...importers, importerOf(one.mapping, importers)] : importers;
      const as = one.mapping?.id ?? one.as;
      try {
        const result = await importFile(one.path, known, session, {
          as,
          group: one.group,
          dateOrder: one.dateOrder,
          date: one.date,
          batch: job.batch,
          within: () => one.within,
          dryRun: job.task === "check",
          onStep: (step) => tell({ type: "file", file: at, step }),
          now,
        });
        spans.push(result);
        tell({ type: "result", file: at, result: { ...result, path: nameOf(one) } });
        if (one.mapping && one.remember && job.task === "import")
          await saveColumnMap(state, one.mapping.id, one.mapping, now);
      } catch (error) {
        if (!(error instanceof UserError)) throw await session.trouble(error);
        const name = nameOf(one);
        if (job.task === "import") await recordFailure(state, name, null, error.text, now);
        tell({ type: "result", file: at, result: failedFile(name, error) });
      }
    }
    await session.flush();
  } finally {
    session.close();
  }
  const edges = spans.flatMap(({ from, to }) => (from && to ? [from, to] : [])).sort();
  const day = (instant = "") => (instant === "" ? null : localDay(instant, workspace.config.timezone));
  tell({ type: "imported", from: day(edges[0]), to: day(edges.at(-1)) });
  return spans.some(({ status }) => status === "imported");
}

async function rebuild(
  context: Context,
  workspace: Workspace,
  state: State,
  tell: (event: Record<string, unknown>) => void,
): Promise<void> {
  const catalog = readCatalog(context.content.sql);
  const total = modelsToMake(catalog).length;
  let done = 0;
  tell({ type: "build", done, total });
  const built = await buildWhatIsLeft(workspace, state, catalog, {
    now: context.effects.now(),
    onStep: () => tell({ type: "build", done: ++done, total }),
  });
  // The last batch was undone: a review of nothing is no review.
  if (!built) return tell({ type: "done", weeks: [] });
  const { generation, retired } = built;
  const reader = new GenerationReader(workspace.marts);
  try {
    const weeks = (await reader.read((database) => listWeeks(database))) ?? [];
    tell({ type: "done", generation, weeks, retired });
  } finally {
    reader.close();
  }
}
