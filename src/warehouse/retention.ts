import { rmSync } from "node:fs";
import { join } from "node:path";
import { FACTS, type Fact } from "../ingest/facts.ts";
import { personalColumns } from "../ingest/personal.ts";
import { firstKept, isAmong } from "../ingest/retention.ts";
import { writePart } from "../ingest/write-parts.ts";
import { listParts, type Part, partsImportedBefore } from "../state/ledger.ts";
import type { State } from "../state/state.ts";
import { type Replacement, recordErasure } from "../state/tombstones.ts";
import type { Workspace } from "../workspace.ts";
import { Database, literal, name } from "./database.ts";

/** What went because its time was over: rows of a fact before a month. */
export interface Retired {
  fact: string;
  /** First month that is kept, "2024-11"; empty for contacts, which go with the last record of somebody. */
  before: string;
  rows: number;
}

/**
 * Takes out of the lake what is older than fupan.yaml lets it be kept, and the contacts of whoever is in nothing else
 * any more. One transaction in the ledger, a line in the audit. Call with the workspace's lock held.
 */
export async function applyRetention(workspace: Workspace, state: State, now: Date): Promise<Retired[]> {
  const kept = firstKept(workspace.config, now);
  if (kept.size === 0) return [];
  const parts = await listParts(state);
  const rejects = kept.get("rejects");
  const oldRejects = new Set(rejects === undefined ? [] : await partsImportedBefore(state, rejects));
  const gone = parts.filter(({ fact, month, path }) => {
    const first = kept.get(fact as Fact);
    return fact === "rejects"
      ? oldRejects.has(path)
      : first !== undefined && /^[1-9]/.test(month) && month < first;
  });
  if (gone.length === 0) return [];
  const rest = parts.filter((part) => !gone.includes(part));
  const contacts = await contactsWithout(workspace, gone, rest);
  const retired = [
    ...[...new Set(gone.map(({ fact }) => fact))].map((fact) => ({
      fact,
      before: kept.get(fact as Fact) ?? "",
      rows: gone.filter((part) => part.fact === fact).reduce((sum, { rows }) => sum + rows, 0),
    })),
    ...(contacts.rows > 0 ? [{ fact: "contacts", before: "", rows: contacts.rows }] : []),
  ];
  const replaced: Replacement[] = [...gone.map(({ path }) => ({ old: path, part: null })), ...contacts.parts];
  const detail = JSON.stringify(retired);
  const entry = { at: now.toISOString(), who: "retention", action: "retention", detail };
  await recordErasure(state, null, replaced, { who: "retention", at: now }, entry);
  const listed = new Set((await listParts(state)).map(({ path }) => path));
  for (const { old } of replaced) if (!listed.has(old)) rmSync(join(workspace.lake, old), { force: true });
  return retired;
}

/** Contacts of people who were in what went and are in nothing that stays. */
async function contactsWithout(
  { lake }: Workspace,
  gone: readonly Part[],
  rest: readonly Part[],
): Promise<{ rows: number; parts: Replacement[] }> {
  const database = await Database.open(":memory:");
  try {
    await database.run(`create table lost as ${keysOf(lake, gone)}`);
    await database.run(
      `create table needed as ${keysOf(
        lake,
        rest.filter(({ fact }) => fact !== "contacts"),
      )}`,
    );
    await database.run("create table leaving as select key from lost anti join needed using (key)");
    let rows = 0;
    const parts: Replacement[] = [];
    for (const part of rest.filter(({ fact }) => fact === "contacts")) {
      const from = `read_parquet(${literal(join(lake, part.path))}, hive_partitioning = false)`;
      const any = (table: string) => isAmong(`select key from ${table}`);
      const stays = `not (${any("leaving")} and not ${any("needed")})`;
      const { n } = await database.one(`select count(*) as n from ${from} where ${stays}`);
      if (Number(n) === part.rows) continue;
      rows += part.rows - Number(n);
      const select = `select ${Object.keys(FACTS.contacts).map(name).join(", ")} from ${from} where ${stays}`;
      const written =
        Number(n) === 0 ? null : await writePart(database, select, lake, "contacts", part.month, Number(n));
      parts.push({ old: part.path, part: written });
    }
    return { rows, parts };
  } finally {
    database.close();
  }
}

/** SQL: every key of a person that stands in these parts. */
function keysOf(lake: string, parts: readonly Part[]): string {
  const facts = [...new Set(parts.map(({ fact }) => fact))].filter((fact): fact is Fact => fact in FACTS);
  const selects = facts.flatMap((fact) => {
    const { own, links } = personalColumns(fact);
    const files = parts.filter((part) => part.fact === fact).map(({ path }) => literal(join(lake, path)));
    const from = `read_parquet([${files.join(", ")}], hive_partitioning = false)`;
    return [...(own === null ? [] : [own]), ...links].map((column) =>
      column.endsWith("_keys")
        ? `select unnest(${name(column)}) as key from ${from}`
        : `select ${name(column)} as key from ${from}`,
    );
  });
  return selects.length === 0
    ? "select null::varchar as key where false"
    : `select distinct key from (${selects.join(" union all ")}) where key is not null`;
}
