import { createHash } from "node:crypto";
import type { Database } from "../warehouse/database.ts";
import type { State } from "./state.ts";

/** One line of the audit: who took what out of the workspace. Free of personal values. */
export interface AuditEntry {
  at: string;
  who: string;
  action: string;
  /** Path, filter, format: never a value of a person. */
  detail: string;
}

/** Appends a line whose hash covers the line before, so that none can be changed or taken out unseen. */
export async function audit(state: State, entry: AuditEntry): Promise<void> {
  await state.write((database) => appendAudit(database, entry));
}

/** How long the audit is, and the hash of its last line: what no shorter or other audit has. */
export interface AuditHead {
  entries: number;
  hash: string;
}

const HEAD = "audit_head";

/** "12:0a1b…", as it is printed, kept in marts/CURRENT and in backups, and noted down by whoever checks. */
export function headText({ entries, hash }: AuditHead): string {
  return `${entries}:${hash}`;
}

/** Null unless it is one; a beginning of the hash is enough to compare. */
export function parseHead(text: string): AuditHead | null {
  const [, entries, hash] = /^(\d{1,15}):([0-9a-f]{0,64})$/.exec(text.trim()) ?? [];
  return entries === undefined || hash === undefined ? null : { entries: Number(entries), hash };
}

export async function auditHead(database: Database): Promise<AuditHead> {
  const [last] = await database.all("select entry_id, hash from audit order by entry_id desc limit 1");
  return { entries: Number(last?.["entry_id"] ?? 0), hash: String(last?.["hash"] ?? "") };
}

/** The heads that this audit once had and no longer holds: its last lines were taken off, or it is another one. */
export async function lostHeads<T extends AuditHead>(database: Database, heads: readonly T[]): Promise<T[]> {
  const rows = await database.all("select entry_id, hash from audit");
  const hashes = new Map(rows.map((row) => [Number(row["entry_id"]), String(row["hash"])]));
  return heads.filter(({ entries, hash }) => entries > 0 && !hashes.get(entries)?.startsWith(hash));
}

/** The head that was written beside the last line; null in a state without a line. */
export async function notedHead(database: Database): Promise<AuditHead | null> {
  const [row] = await database.all("select value from settings where name = $name", { name: HEAD });
  return row ? parseHead(String(row["value"])) : null;
}

/** The same within a transaction, beside the change that it tells of. */
export async function appendAudit(database: Database, entry: AuditEntry): Promise<void> {
  const { entries, hash: previous } = await auditHead(database);
  const hash = hashOf(previous, entry);
  // Not from a sequence: a line that is taken back would leave a gap in it.
  await database.run(
    `insert into audit (entry_id, made_at, made_by, action, detail, hash)
     values (${entries + 1}, $at::timestamp, $who, $action, $detail, $hash)`,
    { ...entry, at: entry.at.replace("Z", ""), hash },
  );
  await database.run("insert or replace into settings values ($name, $head)", {
    name: HEAD,
    head: headText({ entries: entries + 1, hash }),
  });
}

/**
 * Ids of the lines that do not follow from the one before; empty when nobody tampered. A gap between two ids tells
 * nothing: earlier versions left one where a line could not be kept.
 */
export async function brokenAudit(database: Database): Promise<number[]> {
  const rows = await database.all("select * from audit order by entry_id");
  let previous = "";
  return rows.flatMap((row) => {
    const entry = {
      at: `${String(row["made_at"]).replace(" ", "T").replace("Z", "")}Z`,
      who: String(row["made_by"]),
      action: String(row["action"]),
      detail: String(row["detail"]),
    };
    const isSound = row["hash"] === hashOf(previous, entry);
    previous = String(row["hash"]);
    return isSound ? [] : [Number(row["entry_id"])];
  });
}

function hashOf(previous: string, { at, who, action, detail }: AuditEntry): string {
  const time = new Date(at).toISOString();
  return createHash("sha256")
    .update(JSON.stringify([previous, time, who, action, detail]))
    .digest("hex");
}
