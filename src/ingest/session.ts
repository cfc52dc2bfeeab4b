import { basename, join } from "node:path";
import {
  type ImportEntry,
  type ListedImport,
  listImports,
  listParts,
  type Part,
  type Recorded,
  recordImports,
} from "../state/ledger.ts";
import { positionOf } from "../state/position.ts";
import type { State } from "../state/state.ts";
import { listTombstones } from "../state/tombstones.ts";
import { Database, literal } from "../warehouse/database.ts";
import { assertNewest } from "../warehouse/publish.ts";
import type { Workspace } from "../workspace.ts";
import { brokenParts, partsTrouble } from "./broken-parts.ts";
import { FUTURE_FROM_MS } from "./check-records.ts";
import type { ImportOptions } from "./import-file.ts";
import { macros } from "./macros.ts";
import { createRetention, firstKept } from "./retention.ts";
import { SAID_BEFORE, SaidBefore } from "./said-before.ts";

const FLUSH_AFTER_MS = 1000;

/** A part, and the groups that the file spoke of which it is from. */
interface HeldPart extends Part {
  groups: readonly string[];
}

/** Which parts may hold what is looked for. */
export interface PartsWanted {
  /** Months: "2026-11". */
  from?: string;
  to?: string;
  /** Only of these groups; all where it is not said. */
  groups?: ReadonlySet<string> | undefined;
}

/** What the user said of a file, as the ledger keeps it. */
export type Answers = Partial<Pick<ImportOptions, "group" | "asOf" | "dateOrder" | "date" | "timezone">>;

/** Imports that another may take the place of, by their ids, and why. */
interface Replaceable {
  ids: readonly number[];
  why: "damaged" | "future";
}

/**
 * One run of imports under the workspace's lock. Nobody else can change the ledger meanwhile, so it is read once;
 * finished files are written to it in one transaction per second at most. A file counts as imported once `flush`
 * has returned: a crash before leaves unlisted parts, which do not exist for any reader.
 */
export class ImportSession {
  readonly workspace: Workspace;
  readonly #state: State;
  readonly #engine: Database;
  readonly #known = new Map<string, ImportEntry>();
  /** What the ledger holds of one key: after an undoing a file is read again, and all readings together hold its rows. */
  readonly #readings = new Map<string, ListedImport[]>();
  readonly #replaceable = new Map<number, Promise<Replaceable["why"] | undefined>>();
  readonly #now: Date;
  readonly saidBefore = new SaidBefore();
  #parts: HeldPart[];
  #pending: Recorded[] = [];
  #flushed = performance.now();
  #files = 0;

  private constructor(
    workspace: Workspace,
    state: State,
    engine: Database,
    imports: readonly ListedImport[],
    parts: readonly Part[],
    now: Date,
  ) {
    this.workspace = workspace;
    this.#now = now;
    this.#state = state;
    this.#engine = engine;
    const groupsOf = new Map(imports.map(({ id, groups }) => [id, groups]));
    this.#parts = parts.map((part) => ({ ...part, groups: groupsOf.get(part.importId ?? 0) ?? [] }));
    for (const entry of imports) {
      if (!entry.isIncomplete) this.#known.set(keyOf(entry), entry);
      this.#readings.set(keyOf(entry), [...(this.#readings.get(keyOf(entry)) ?? []), entry]);
    }
  }

  static async open(workspace: Workspace, state: State, now = new Date()): Promise<ImportSession> {
    // What does not fit goes to the disk; twice as much made no import faster, and a Telegram log of 1 GB stays below 0.6 GB.
    const engine = await Database.open(":memory:", {
      memoryLimit: "330MB",
      spillTo: join(workspace.scratch, "spill"),
    });
    // A table in memory would be compressed after its commit, for which a file of two million rows waits three seconds.
    await engine.run("set checkpoint_threshold = '1TB'");
    // One reading of the state: each that opens the file anew takes longer than a small import's own work.
    const { position, secret, tombstones, imports, parts } = await state.read(async (database) => ({
      position: await positionOf(database),
      secret: await state.secret(),
      tombstones: await listTombstones(state),
      imports: await listImports(state),
      parts: await listParts(state),
    }));
    assertNewest(workspace, position);
    for (const macro of macros(secret, workspace.config.timezone)) await engine.run(macro);
    await engine.run("create table tombstones (key varchar)");
    for (const key of tombstones) await engine.run("insert into tombstones values ($key)", { key });
    for (const statement of SAID_BEFORE) await engine.run(statement);
    await createRetention(engine, firstKept(workspace.config, now));
    return new ImportSession(workspace, state, engine, imports, parts, now);
  }

  /** The earlier import of the same bytes by the same importer with the same options, if any. */
  find(sha256: string, importer: string, options: string): ImportEntry | undefined {
    return this.#known.get(keyOf({ sha256, importer, options }));
  }

  /** Groups that earlier files speak of. */
  get groups(): Set<string> {
    return new Set([...this.#known.values()].flatMap(({ groups }) => groups));
  }

  /** What was said of the file whose rejected records come back. @param batch the beginning of its batch's id. */
  answersOf(batch: string, fileName: string, importer: string): Answers {
    // Of a file out of an archive the records may come back alone.
    const stem = (name: string) => basename(name).replace(/\.[^.]*$/, "");
    for (const entry of this.#known.values())
      if (
        entry.batch?.startsWith(batch) &&
        entry.importer === importer &&
        stem(entry.fileName) === stem(fileName) &&
        entry.rejected > 0
      )
        return JSON.parse(entry.options) as Answers;
    return {};
  }

  /**
   * Earlier imports that the same file, read again, takes the place of: their parts are damaged or gone, or they refused
   * rows of a future that may have come. Undefined where all stand.
   */
  async replaceable(sha256: string, importer: string, options: string): Promise<Replaceable | undefined> {
    const readings = this.#readings.get(keyOf({ sha256, importer, options })) ?? [];
    const found: { id: number; why: Replaceable["why"] | undefined }[] = [];
    for (const { id, importedAt } of readings) {
      const answer = this.#replaceable.get(id) ?? this.#isReplaceable(id, importedAt);
      this.#replaceable.set(id, answer);
      found.push({ id, why: await answer });
    }
    // Damage first: what a disk lost must come back whether or not a future has come.
    for (const why of ["damaged", "future"] as const) {
      const ids = found.filter((one) => one.why === why).map(({ id }) => id);
      if (ids.length > 0) return { ids, why };
    }
    return undefined;
  }

  async #isReplaceable(id: number, importedAt: string): Promise<Replaceable["why"] | undefined> {
    const mine = this.#parts.filter(({ importId }) => importId === id);
    if ((await brokenParts(this.workspace.lake, mine)).length > 0) return "damaged";
    // A clock that was wrong made the present a future, and the file would be known for ever after.
    const since = this.#now.getTime() - Date.parse(`${importedAt.replace(" ", "T")}Z`);
    const refused = mine.filter(({ fact }) => fact === "rejects");
    if (!(since > FUTURE_FROM_MS) || refused.length === 0) return undefined;
    const paths = refused.map(({ path }) => literal(join(this.workspace.lake, path))).join(", ");
    const [found] = await this.#engine.all(
      `select true as found from read_parquet([${paths}], union_by_name = true) where code = 'time_in_future' limit 1`,
    );
    return found && "future";
  }

  /** What the user is told of an error, where parts that it compared with are the cause of it. */
  trouble(error: unknown): Promise<unknown> {
    return partsTrouble(error, this.workspace.lake, this.#state, this.#parts);
  }

  /**
   * Absolute paths of the listed parts of a fact, those of this run included.
   * @param without the imports that are being replaced.
   */
  partsOf(fact: string, wanted: PartsWanted, without: readonly number[] = []): string[] {
    const { from = "", to = "~", groups } = wanted;
    return this.#parts
      .filter((part) => part.fact === fact && part.month >= from && part.month <= to)
      .filter((part) => !groups || part.groups.some((group) => groups.has(group)))
      .filter(({ importId }) => importId === undefined || !without.includes(importId))
      .map((part) => join(this.workspace.lake, part.path));
  }

  /** A database in memory for one file, with the macros of the session; `dispose` gives its memory back. */
  async connect(): Promise<{ database: Database; dispose: () => Promise<void> }> {
    const schema = `file_${++this.#files}`;
    await this.#engine.run(`attach ':memory:' as ${schema}`);
    const database = await this.#engine.sibling(`${schema}.main,memory.main`);
    const dispose = async () => {
      database.close();
      await this.#engine.run(`detach ${schema}`);
    };
    return { database, dispose };
  }

  async record(recorded: Recorded): Promise<void> {
    const { entry, parts, replaces = [] } = recorded;
    this.#pending.push(recorded);
    this.#parts = this.#parts.filter(
      ({ importId }) => importId === undefined || !replaces.includes(importId),
    );
    this.#known.set(keyOf(entry), entry);
    // Those that are left stand; the new one is whole.
    const left = this.#readings.get(keyOf(entry))?.filter(({ id }) => !replaces.includes(id));
    if (left) this.#readings.set(keyOf(entry), left);
    this.#parts.push(...parts.map((part) => ({ ...part, groups: entry.groups })));
    if (performance.now() - this.#flushed > FLUSH_AFTER_MS) await this.flush();
  }

  /** Whether the ledger has all that was finished. */
  get isRecorded(): boolean {
    return this.#pending.length === 0;
  }

  async flush(): Promise<void> {
    if (this.#pending.length > 0) await recordImports(this.#state, this.#pending);
    this.#pending = [];
    this.#flushed = performance.now();
  }

  close(): void {
    this.#engine.close();
  }
}

function keyOf({ sha256, importer, options }: Pick<ImportEntry, "sha256" | "importer" | "options">): string {
  return `${sha256} ${importer} ${options}`;
}
