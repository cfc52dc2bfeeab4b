import { parse } from "node:path";
import type { Importer } from "../kit/importer.ts";
import type { Part } from "../state/ledger.ts";
import type { Database } from "../warehouse/database.ts";
import { checkRecords } from "./check-records.ts";
import { FACTS, type Fact } from "./facts.ts";
import { asOfFromName } from "./file-name.ts";
import { readHead } from "./head.ts";
import { theOnly } from "./identify.ts";
import { type FileIssue, issuesOf } from "./issues.ts";
import { KINDS } from "./kinds/index.ts";
import type { ImportSession } from "./session.ts";
import { openSource } from "./source.ts";
import { stage } from "./stage.ts";
import { computeFact, makeKeys, writeParts, writeRejects } from "./write-facts.ts";

export interface ImportOptions {
  /** Importer id, when the user settles it. */
  as?: string | undefined;
  group?: string | undefined;
  asOf?: string | undefined;
  dryRun?: boolean | undefined;
  now: Date;
}

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
  const { workspace } = session;
  const source = await openSource(path, workspace.scratch);
  const database = await session.connect();
  try {
    const head = await readHead(source);
    const wanted = options.as ? importers.filter(({ id }) => id === options.as) : importers;
    const { importer, evidence } = theOnly(head, wanted);
    const asOf = options.asOf ?? asOfFromName(source.name);
    const said = JSON.stringify({ group: options.group, asOf });
    const known = session.find(source.sha256, importer.id, said);
    if (known)
      return {
        ...counts(known),
        path,
        importer: importer.id,
        sha256: source.sha256,
        status: "unchanged",
        issues: [],
      };

    const { config } = workspace;
    const kind = KINDS[importer.kind];
    const staged = await stage(database, importer, kind, source, head, evidence.headerRow ?? 0, {
      group: options.group,
      stem: parse(source.name).name,
      asOf,
      self: config.self,
      currency: config.currency,
      scratch: workspace.scratch,
    });
    await checkRecords(database, kind, importer.idPrefix ?? "", options.now);
    await makeKeys(database, kind);
    for (const fact of kind.facts) await computeFact(database, fact, importer.id, session.partsOf(fact.fact));
    const tally = await tallyOf(
      database,
      kind.facts.filter((fact) => fact.decides).map((fact) => fact.fact),
    );
    const issues = await issuesOf(database, staged, source, tally.read);
    const parts: Part[] = [];
    if (!options.dryRun) {
      for (const { fact } of kind.facts) parts.push(...(await writeParts(database, fact, workspace.lake)));
      parts.push(...(await writeRejects(database, workspace.lake, source.sha256)));
      const entry = {
        fileName: source.name,
        sha256: source.sha256,
        bytes: source.bytes,
        encoding: source.encoding,
        importer: importer.id,
        kind: importer.kind,
        options: said,
        ...tally,
        asOf: await utcOf(database, asOf),
        warnings: issues.warnings,
      };
      await session.record(entry, parts, options.now);
    }
    return {
      path,
      importer: importer.id,
      sha256: source.sha256,
      status: "imported",
      ...tally,
      issues: issues.issues,
    };
  } finally {
    database.close();
    await source.dispose();
  }
}

function counts(entry: Omit<FileResult, "path" | "importer" | "sha256" | "status" | "issues">) {
  const { read, rejected, from, to, groups } = entry;
  // Seen from this run, every row of a known file is a duplicate.
  return { read, accepted: 0, duplicate: read - rejected, rejected, from, to, groups };
}

/**
 * read = accepted + duplicate + rejected, where read is counted at the reader and the others at the end.
 * @throws Error when a record vanished on the way: a bug, never the data's fault.
 */
async function tallyOf(database: Database, facts: readonly string[]) {
  const rows = facts.map((fact) => `select record from rows_${fact}`).join(" union ");
  const fresh = facts.map((fact) => `select record from new_${fact}`).join(" union ");
  const { records, unread, rejected, kept, accepted } = await database.one(
    `select (select count(*) from records) as records,
       (select count(*) from issues where is_reject and record is null) as unread,
       (select count(*) from issues where is_reject) as rejected,
       (select count(*) from (${rows})) as kept, (select count(*) from (${fresh})) as accepted`,
  );
  const read = Number(records) + Number(unread);
  if (read !== Number(kept) + Number(rejected)) {
    throw new Error(`${read} records were read, but ${kept} kept and ${rejected} rejected`);
  }
  const times = facts
    .map((fact) => `select min(month_at) as first, max(month_at) as last from rows_${fact}`)
    .join(" union all ");
  const span = await database.one(`select min(first) as first, max(last) as last from (${times})`);
  const groups = await groupsOf(database, facts);
  return {
    read,
    accepted: Number(accepted),
    duplicate: read - Number(rejected) - Number(accepted),
    rejected: Number(rejected),
    from: span["first"] === null ? null : String(span["first"]),
    to: span["last"] === null ? null : String(span["last"]),
    groups,
  };
}

/** A stated time in UTC; null when none was stated. */
async function utcOf(database: Database, stated: string | undefined): Promise<string | null> {
  if (stated === undefined) return null;
  const { at } = await database.one("select to_utc(stated($stated), has_offset($stated)) as at", { stated });
  return at === null ? null : String(at);
}

/** Ids of the groups that the file speaks of. */
async function groupsOf(database: Database, facts: readonly string[]): Promise<string[]> {
  const grouped = facts
    .filter((fact) => "group_id" in FACTS[fact as Fact])
    .map((fact) => `select distinct group_id from rows_${fact}`);
  if (grouped.length === 0) return [];
  const rows = await database.all(
    `select group_id from (${grouped.join(" union ")}) where group_id is not null order by group_id`,
  );
  return rows.map((row) => String(row["group_id"]));
}
