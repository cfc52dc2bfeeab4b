import { parse } from "node:path";
import type { DateOrder, Importer } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";
import type { Part } from "../state/ledger.ts";
import type { Database } from "../warehouse/database.ts";
import { alikeGroups } from "./alike-groups.ts";
import { checkRecords } from "./check-records.ts";
import { computeFact, makeKeys } from "./compute-facts.ts";
import { currencyNotes } from "./currency-note.ts";
import { datesNote, newest } from "./dated-notes.ts";
import { asOfFromName, asOfFromTitle, withinArchive } from "./file-name.ts";
import { fileNotes, SAID_BEFORE } from "./file-notes.ts";
import { forgottenNote, learnForgotten } from "./forgotten.ts";
import { emptyExtra, emptyRefused } from "./forgotten-cells.ts";
import { readHead } from "./head.ts";
import { knownBy, theOnly } from "./identify.ts";
import { type FileIssue, issuesOf, placeIssues, refuseDamaged } from "./issues.ts";
import { KINDS } from "./kinds/index.ts";
import { optOutNote } from "./opted-out.ts";
import { findOrdersAgain, ordersAgainNote } from "./orders-again.ts";
import { findOrdersInLines, ordersInLinesNotes } from "./orders-in-lines.ts";
import { findExports, pastedNotes } from "./pasted-exports.ts";
import { exportsNote, keepExports } from "./pasted-tables.ts";
import { normalisePhones } from "./phones.ts";
import { resavedNotes } from "./resaved.ts";
import { pastNote } from "./retention.ts";
import type { Answers, ImportSession } from "./session.ts";
import { showRows } from "./sheets.ts";
import { openSource, type Source } from "./source.ts";
import { type Staged, stage } from "./stage.ts";
import { suspectOverlaps } from "./suspect-overlap.ts";
import { tallyOf } from "./tally.ts";
import { writeParts, writeRejects, writeRepeats } from "./write-parts.ts";

export interface ImportOptions {
  /** Importer id, when the user settles it. */
  as?: string | undefined;
  group?: string | undefined;
  asOf?: string | undefined;
  dateOrder?: DateOrder | undefined;
  /** Day or year of a log without. */
  date?: string | undefined;
  /** IANA zone of the file's wall times; the workspace's when absent. */
  timezone?: string | undefined;
  dryRun?: boolean | undefined;
  /** `archive.zip/folder/name` of a file that came out of an archive, by where it lies now. */
  within?: ((path: string) => string | undefined) | undefined;
  /** Files that belong together, to be undone together. */
  batch?: string | undefined;
  /** Called when a part of the work begins. */
  onStep?: ((step: ImportStep) => void) | undefined;
  now: Date;
}

export const IMPORT_STEPS = ["read", "check", "match", "write"] as const;
export type ImportStep = (typeof IMPORT_STEPS)[number];

/** What `fupan import --json` says of one file. Times UTC. */
export interface FileResult {
  path: string;
  importer: string | null;
  sha256: string | null;
  status: "imported" | "unchanged" | "failed";
  read: number;
  accepted: number;
  duplicate: number;
  rejected: number;
  from: string | null;
  to: string | null;
  groups: string[];
  issues: FileIssue[];
  /** How the file was read, where that had to be inferred. */
  notes: Text[];
}

/**
 * One file into the lake: read = accepted + duplicate + rejected. Nothing is visible before the ledger lists it.
 * @throws UserError when the file as a whole can't be used; lake, ledger and marts are then as before.
 */
export async function importFile(
  path: string,
  importers: readonly Importer[],
  session: ImportSession,
  options: ImportOptions,
): Promise<FileResult> {
  return finishFile(await readFile(path, importers, session, options), session, options);
}

/** A file that was read into a database of its own and compared with nothing yet. */
export interface ReadFile {
  path: string;
  source: Source;
  importer: Importer;
  asOf: string | undefined;
  said: string;
  /** Undefined where the ledger knows the file. */
  read: { database: Database; staged: Staged } | undefined;
  dispose: () => Promise<void>;
}

/** The part of an import that needs nothing of other files: while one is being finished, the next can be read. */
export async function readFile(
  path: string,
  importers: readonly Importer[],
  session: ImportSession,
  options: ImportOptions,
): Promise<ReadFile> {
  const { workspace } = session;
  const { onStep = () => undefined } = options;
  onStep("read");
  const source = await openSource(path, workspace.scratch, knownBy(importers));
  let detach: () => Promise<void> = async () => undefined;
  const dispose = async () => {
    await detach();
    await source.dispose();
  };
  try {
    const head = await readHead(source);
    const wanted = options.as ? importers.filter(({ id }) => id === options.as) : importers;
    const { importer, evidence } = theOnly(head, wanted);
    const title = head.rows.slice(0, evidence.headerRow ?? 0);
    const earlier = source.refusedIn
      ? session.answersOf(source.refusedIn, source.name, importer.id)
      : ({} as Answers);
    const saidAsOf = options.asOf ?? earlier.asOf;
    const first = asOfFromTitle(title);
    const asOf = saidAsOf ?? asOfFromName(source.name) ?? first;
    const group = options.group ?? earlier.group;
    const dateOrder = options.dateOrder ?? earlier.dateOrder;
    const date = options.date ?? earlier.date;
    const timezone = options.timezone ?? earlier.timezone;
    const said = JSON.stringify({ group, asOf, dateOrder, date, timezone });
    const key = [source.sha256, importer.id, said] as const;
    const isKnown = session.find(...key) && (await session.replaceable(...key)) === undefined;
    if (isKnown) return { path, source, importer, asOf, said, read: undefined, dispose };
    const { database, dispose: close } = await session.connect();
    detach = close;
    const { config } = workspace;
    const staged = await stage(
      database,
      importer,
      KINDS[importer.kind],
      source,
      head,
      evidence.headerRow ?? 0,
      {
        group,
        dateOrder,
        date,
        timezone,
        stem: parse(source.name).name,
        asOf,
        self: config.self,
        isMended: source.refusedIn !== undefined,
        currency: config.currency,
        scratch: workspace.scratch,
        now: options.now,
        dated: { asOf, isSaid: saidAsOf !== undefined, first },
      },
    );
    staged.notes.unshift(...resavedNotes(importer, head, evidence.headerRow ?? 0));
    if (Object.keys(earlier).length > 0) staged.notes.push(SAID_BEFORE);
    return { path, source, importer, asOf, said, read: { database, staged }, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Checks what was read, finds what is new in it, writes and lists that. Disposes of the file. */
export async function finishFile(
  { path, source, importer, asOf, said, read, dispose }: ReadFile,
  session: ImportSession,
  options: ImportOptions,
): Promise<FileResult> {
  const { workspace } = session;
  const { onStep = () => undefined } = options;
  const what = { path, importer: importer.id, sha256: source.sha256 };
  try {
    // Also a copy of a file that was finished while this one was being read.
    const key = [source.sha256, importer.id, said] as const;
    const known = session.find(...key);
    // What the disk damaged of the earlier import, or its clock refused, comes back with this one, in its place.
    const replaced = await session.replaceable(...key);
    const replaces = replaced?.ids;
    const unchanged = (entry: NonNullable<typeof known>): FileResult => ({
      ...what,
      ...counts(entry),
      status: "unchanged",
      issues: [],
      notes: [],
    });
    if (known && replaces === undefined) return unchanged(known);
    if (!read) throw new Error(`${importer.id}: the ledger forgot a file`);
    const { database, staged } = read;
    const { starts, dated } = staged;
    const stated = KINDS[importer.kind];
    onStep("check");
    const prefix = importer.idPrefix ?? "";
    const checked = await checkRecords(database, stated, prefix, staged.fixed, options.now);
    const same = await emptyExtra(database, prefix, checked);
    const lines = await findOrdersInLines(database, stated);
    const kind = lines?.kind ?? stated;
    staged.notes.push(...ordersInLinesNotes(lines), ...(await optOutNote(database, kind)));
    await placeIssues(database, staged);
    await showRows(database, source.workbook);
    await normalisePhones(database, kind, workspace.config.country);
    // Our own tables are written by hand or by a program of the user's: there a damaged row is one row.
    const isOwn = importer.form === "columns" && importer.keepExtra;
    if (!isOwn) await refuseDamaged(database, kind, source);
    onStep("match");
    const below = await keepExports(
      database,
      dated ?? [0, ...starts.map(({ record }) => record)].map((record) => ({ record })),
    );
    const again = below === undefined ? await findOrdersAgain(database, kind) : undefined;
    const exports = below ?? again?.of;
    await makeKeys(database, kind, same, exports);
    // Sheets that are groups say nothing of each other.
    const isOne = exports === undefined && (source.workbook?.groups ?? []).length === 0;
    const pasted = isOne ? await findExports(database, kind) : undefined;
    const forgotten = await learnForgotten(database, kind);
    await emptyRefused(database, prefix);
    for (const [at, fact] of kind.facts.entries())
      await computeFact(
        database,
        fact,
        importer.id,
        (wanted) => session.partsOf(fact.fact, wanted, replaces),
        kind.facts.slice(0, at).map((one) => one.fact),
        same,
        pasted?.of ?? exports,
      );
    staged.notes.push(...(await pastedNotes(database, pasted)), ...ordersAgainNote(again));
    staged.notes.push(...(await currencyNotes(database, kind, workspace.config.currency)));
    staged.notes.push(...(await exportsNote(database, kind, starts.length + 1)), ...datesNote(dated));
    if (kind.facts.some(({ fact }) => fact === "messages"))
      await suspectOverlaps(
        database,
        importer.id,
        (months) => session.partsOf("messages", months, replaces),
        session.saidBefore,
      );
    const tally = await tallyOf(database, kind);
    staged.notes.push(...alikeGroups(tally.groups, session.groups));
    // The future that it refused has not come.
    if (known && replaced?.why === "future" && tally.rejected >= known.rejected) return unchanged(known);
    const deciding = kind.facts.filter(({ decides }) => decides).map(({ fact }) => fact);
    const past = [...(await pastNote(database, deciding)), ...(await forgottenNote(database, deciding))];
    const issues = await issuesOf(database, staged, source, tally.read);
    source.assertSame();
    const parts: Part[] = [];
    if (!options.dryRun) {
      onStep("write");
      for (const { fact } of kind.facts)
        parts.push(...(await writeParts(database, fact, workspace.lake, tally.groups, importer.id)));
      parts.push(...(await writeRejects(database, workspace.lake, source.sha256)));
      if (kind.facts.some(({ fact }) => fact === "orders"))
        parts.push(...(await writeRepeats(database, workspace.lake, source.sha256)));
      const entry = {
        fileName: withinArchive(options.within?.(path), source.name),
        sha256: source.sha256,
        bytes: source.bytes,
        encoding: source.encoding,
        importer: importer.id,
        kind: importer.kind,
        options: said,
        ...tally,
        asOf: await utcOf(database, dated ? newest(dated) : asOf),
        warnings: issues.warnings,
        batch: options.batch ?? null,
      };
      await session.record({ entry, parts, at: options.now, replaces, forgotten });
    }
    return {
      ...what,
      status: "imported",
      ...tally,
      issues: issues.issues,
      notes: [...fileNotes(source, importer.form, tally.groups), ...staged.notes, ...past],
    };
  } finally {
    await dispose();
  }
}

function counts(entry: Omit<FileResult, "path" | "importer" | "sha256" | "status" | "issues" | "notes">) {
  const { read, rejected, from, to, groups } = entry;
  // Seen from this run, every row of a known file is a duplicate.
  return { read, accepted: 0, duplicate: read - rejected, rejected, from, to, groups };
}

/** A stated time in UTC; null when none was stated. */
async function utcOf(database: Database, stated: string | undefined): Promise<string | null> {
  if (stated === undefined) return null;
  const { at } = await database.one("select to_utc(stated($stated), has_offset($stated)) as at", { stated });
  return at === null ? null : String(at);
}
