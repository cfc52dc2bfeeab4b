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

/** The same within a transaction, beside the change that it tells of. */
export async function appendAudit(database: Database, entry: AuditEntry): Promise<void> {
  const [last] = await database.all("select hash from audit order by entry_id desc limit 1");
  const previous = String(last?.["hash"] ?? "");
  await database.run(
    `insert into audit (made_at, made_by, action, detail, hash)
     values ($at::timestamp, $who, $action, $detail, $hash)`,
    { ...entry, at: entry.at.replace("Z", ""), hash: hashOf(previous, entry) },
  );
}

/** Ids of the lines that do not follow from the one before; empty when nobody tampered. */
export async function brokenAudit(database: Database): Promise<number[]> {
  const rows = await database.all("select * from audit order by entry_id");
  let previous = "";
  return rows.flatMap((row, at) => {
    const entry = {
      at: `${String(row["made_at"]).replace(" ", "T").replace("Z", "")}Z`,
      who: String(row["made_by"]),
      action: String(row["action"]),
      detail: String(row["detail"]),
    };
    const isSound = row["hash"] === hashOf(previous, entry) && Number(row["entry_id"]) === at + 1;
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
