import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Campaigns } from "../campaigns/store.ts";
import { createCampaigns } from "../campaigns/table.ts";
import { assertWhole } from "../ingest/broken-parts.ts";
import { macros } from "../ingest/macros.ts";
import { sha256Of } from "../kit/disk.ts";
import { UserError } from "../kit/errors.ts";
import { ensureSpace } from "../kit/space.ts";
import { reportRules } from "../rules/report.ts";
import { auditHead, headText } from "../state/audit.ts";
import { listIdentityDecisions } from "../state/identity.ts";
import { listCorrections } from "../state/labels.ts";
import { listImports, listParts, listSources } from "../state/ledger.ts";
import { positionOf } from "../state/position.ts";
import type { State } from "../state/state.ts";
import type { Workspace } from "../workspace.ts";
import type { Catalog } from "./catalog.ts";
import { gapWeeks, kpiUnion, missingKpis, sampleErrors } from "./comparisons.ts";
import { Database, literal } from "./database.ts";
import { createDecisions } from "./decisions.ts";
import { checkLexicon } from "./labels.ts";
import { createLakeViews, createOrderParts } from "./lake.ts";
import { createPeopleSplits } from "./people-splits.ts";
import { assertNewest, lastPointer, publish, removeOldGenerations, unpublish } from "./publish.ts";
import { createRejects, createReportTables } from "./report-tables.ts";
import { createRepurchaseModel } from "./repurchase-model.ts";
import { applyRetention, type Retired } from "./retention.ts";
import { PUBLISHED, runModels, type Warning } from "./run-models.ts";
import { createCorrections, createSettings } from "./settings.ts";
import { createVerdicts } from "./settled.ts";
import { checkTargets } from "./targets.ts";
import { createTextFunctions, setTextVariables } from "./text-functions.ts";

export interface BuildOptions {
  /** UTC or the workspace's zone; default: the latest instant that an import covers. */
  asOf?: string | undefined;
  now: Date;
  /** Computes everything anew, also what the generation before has already and nothing has changed. */
  full?: boolean | undefined;
  onStep?: (step: string) => void;
}

export interface BuildResult {
  generation: string;
  asOf: string;
  /** First week that was judged anew (YYYY-MM-DD); earlier ones are as they were. Null: all were. */
  judgedSince: string | null;
  /** Warnings of models that did not hold, with how many rows. */
  warnings: Warning[];
  /** What was deleted because fupan.yaml keeps it no longer. */
  retired: Retired[];
}

/**
 * Below so many rows of the lake a model is planned longer than it is computed: two side by side take a quarter less time
 * than one on two threads, at a million rows as much.
 */
const SIDE_BY_SIDE_ROWS = 300_000;
const SMALL_ROWS = 50_000;
/** Bytes: DuckDB's least and its own choice. */
const [SMALL_BLOCKS, BLOCKS] = [16_384, 262_144] as const;
const SCHEMAS = ["config", "seeds", "lake", "staging", "intermediate"];
const SEARCH_PATH = ["main", ...SCHEMAS]
  .map((schema) => `memory.${schema}`)
  .concat(PUBLISHED.map((schema) => `generation.${schema}`))
  .join(",");

/** No import says anything of a week: those that did were undone, or none has been made. */
export class NothingToReview extends UserError {
  constructor() {
    super(
      { zh: "还没有可以复盘的数据", en: "There is no data to review yet" },
      {
        hint: {
          zh: "把导出文件放进 inbox，再运行 fupan run。",
          en: "Put exports into inbox, then run fupan run.",
        },
      },
    );
  }
}

/**
 * After something was taken away: what was published before holds it still, so it goes also where nothing is left to build.
 * @returns null then.
 */
export async function buildWhatIsLeft(...args: Parameters<typeof build>): Promise<BuildResult | null> {
  try {
    return await build(...args);
  } catch (error) {
    if (!(error instanceof NothingToReview)) throw error;
    const [{ marts }] = args;
    unpublish(marts);
    removeOldGenerations(marts);
    return null;
  }
}

/** Builds every model into a new generation and publishes it; on any error the published one stays. */
export async function build(
  workspace: Workspace,
  state: State,
  catalog: Catalog,
  options: BuildOptions,
): Promise<BuildResult> {
  const generation = `${options.now.toISOString().slice(0, 19).replace(/[-:]/g, "")}-${randomBytes(3).toString("hex")}`;
  const draft = join(workspace.marts, `draft-${process.pid}.tmp`);
  mkdirSync(workspace.marts, { recursive: true });
  for (const file of [draft, `${draft}.wal`]) rmSync(file, { force: true });
  assertNewest(workspace, await state.read(positionOf));
  checkTargets(workspace.config.targets, catalog.kpis);
  checkLexicon(workspace.config, catalog);
  const retired = await applyRetention(workspace, state, options.now);
  const parts = await listParts(state);
  await assertWhole(workspace.lake, state, parts);
  // The generation before stays beside the new one for its readers.
  ensureSpace(workspace.marts, 2 * (lastPointer(workspace.marts)?.bytes ?? 0));
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const lanes = rows < SIDE_BY_SIDE_ROWS ? 2 : 1;
  const database = await Database.open(":memory:", {
    memoryLimit: "2GB",
    spillTo: join(workspace.scratch, "spill"),
    threads: 2 / lanes,
  });
  try {
    // An unfinished draft is thrown away, so nothing of it need be logged: that is most of the time of small builds.
    // A thousand columns of a few rows in blocks of the usual size would be ten times the file to write, hash and sync.
    const blocks = rows < SMALL_ROWS ? SMALL_BLOCKS : BLOCKS;
    await database.run(
      `attach ${literal(draft)} as generation (storage_version 'latest', recovery_mode 'no_wal_writes', block_size ${blocks})`,
    );
    for (const schema of SCHEMAS) await database.run(`create schema ${schema}`);
    for (const schema of PUBLISHED) await database.run(`create schema generation.${schema}`);
    await database.run(`set search_path = ${literal(SEARCH_PATH)}`);
    await createLakeViews(database, workspace.lake, parts);
    await createOrderParts(database, workspace.lake, await listSources(state));
    for (const macro of macros(await state.secret(), workspace.config.timezone)) await database.run(macro);
    const asOf = await asOfOf(database, state, options.asOf);
    await createSettings(database, workspace.config, asOf, async (id) => {
      const { key } = await database.one("select person_key($id) as key", { id });
      return String(key);
    });
    await createDecisions(database, await listIdentityDecisions(state));
    const campaigns = new Campaigns(workspace.lists).list();
    await createCampaigns(database, campaigns);
    await createCorrections(database, await listCorrections(state));
    for (const seed of catalog.seeds) {
      await database.run(
        `create table seeds.${seed.name} as select * from read_csv(${literal(seed.path)}, header = true, all_varchar = true, delim = ',', quote = '"')`,
      );
    }
    await createTextFunctions(database);
    for (const macro of catalog.macros) await database.run(macro);
    const twin = lanes === 2 ? await twinOf(database, catalog.macros) : null;
    const warnings = await runModels(twin ? [database, twin] : [database], catalog, options.onStep).finally(
      () => twin?.close(),
    );
    await createReport(database, catalog);
    await createRepurchaseModel(database);
    await createReportTables(database, workspace.config, catalog, await listImports(state), {
      generation,
      asOf,
      now: options.now,
    });
    await createRejects(
      database,
      parts.filter(({ fact }) => fact === "rejects").map(({ path }) => join(workspace.lake, path)),
    );
    const judgedSince = await createVerdicts(database, workspace.marts, catalog, options.full ?? false);
    await reportRules(database, state, catalog, workspace.config, campaigns, options.now);
    await database.run("checkpoint generation");
    await database.run("detach generation").catch(async () => {
      await database.run("set search_path = 'memory.main'");
      await database.run("detach generation");
    });
    database.close();
    if (existsSync(`${draft}.wal`)) throw new Error("the new generation still has a write-ahead log");
    const sha256 = await sha256Of(draft);
    publish(workspace.marts, draft, {
      generation,
      sha256,
      bytes: statSync(draft).size,
      asOf,
      parts: parts.length,
      audit: headText(await state.read(auditHead)),
      ledger: await state.read(positionOf),
    });
    // The generation before still holds what is kept no longer.
    if (retired.length > 0) removeOldGenerations(workspace.marts);
    return { generation, asOf, judgedSince, warnings, retired };
  } catch (error) {
    database.close();
    throw error;
  } finally {
    for (const file of [draft, `${draft}.wal`]) rmSync(file, { force: true });
  }
}

async function createReport(database: Database, catalog: Catalog): Promise<void> {
  await database.run(
    "create table generation.report.weeks as select * from intermediate.int_weeks order by week",
  );
  await database.run(`create table generation.report.missing_kpis as ${missingKpis(catalog.kpis)}`);
  await database.run(`create table generation.report.unjudged_kpis as ${missingKpis(catalog.kpis, true)}`);
  await database.run(`create table generation.report.gap_weeks as ${gapWeeks(catalog.kpis)}`);
  const missing = await database.all("select distinct kpi from report.missing_kpis");
  const union = kpiUnion(catalog.kpis, new Set(missing.map(({ kpi }) => String(kpi))));
  await database.run(`create table generation.report.kpi_weekly as ${union}`);
  const errors =
    sampleErrors(catalog.kpis) ??
    "select null::varchar as kpi, null::varchar as group_id, null::date as week, null::double as se, null::double as changed where false";
  await database.run(`create table generation.report.sample_errors as ${errors}`);
  await createPeopleSplits(database, catalog);
}

/** Another connection that sees what the first does: variables are a connection's own. */
async function twinOf(database: Database, macros: readonly string[]): Promise<Database> {
  const twin = await database.sibling(SEARCH_PATH);
  await setTextVariables(twin);
  for (const statement of macros) if (/^set variable/i.test(statement)) await twin.run(statement);
  return twin;
}

/** What the sources cover: nothing later is known. The end of the last second, so that it counts itself. */
async function asOfOf(database: Database, state: State, wanted: string | undefined): Promise<string> {
  if (wanted !== undefined) {
    const { at } = await database.one("select to_utc(stated($wanted), has_offset($wanted)) as at", {
      wanted,
    });
    if (at === null) {
      throw new UserError(
        { zh: `--as-of ${wanted} 不是时间`, en: `--as-of ${wanted} is not a time` },
        { hint: { zh: "写成 2026-11-23T00:00:00", en: "Write it as 2026-11-23T00:00:00" } },
      );
    }
    return String(at);
  }
  const covered = (await listImports(state))
    .filter(({ kind }) => !["calendar", "contact", "plan"].includes(kind))
    .flatMap(({ to, asOf }) => [to, asOf])
    .filter((at) => at !== null)
    .sort();
  const last = covered.at(-1);
  if (last === undefined) {
    throw new NothingToReview();
  }
  return new Date(Math.ceil((Date.parse(`${last}Z`) + 1) / 1000) * 1000).toISOString().slice(0, 19);
}
