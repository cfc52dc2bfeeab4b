import type { Database } from "../warehouse/database.ts";
import { type AuditEntry, appendAudit } from "./audit.ts";
import type { Part } from "./ledger.ts";
import { advance } from "./position.ts";
import type { State } from "./state.ts";

/** Keys of people who were forgotten: an export made before must not bring them back. */
export async function listTombstones(state: State): Promise<string[]> {
  const rows = await state.read((database) =>
    database.all("select person_key from tombstones order by person_key"),
  );
  return rows.map((row) => String(row["person_key"]));
}

/** Within a transaction of the caller's. */
export async function bury(
  database: Database,
  keys: readonly string[],
  who: string,
  at: Date,
): Promise<void> {
  for (const key of keys)
    await database.run("insert or ignore into tombstones values ($key, $who, $at::timestamp)", {
      ...{ key, who },
      at: at.toISOString().replace("Z", ""),
    });
}

/** What replaces a part after somebody was taken out of it; null where nothing is left. */
export interface Replacement {
  old: string;
  part: Part | null;
}

const UNFINISHED = "unfinished_erasure";

/** Somebody was taken out of the facts, and their bytes may still be in older files. */
export async function isErasing(state: State): Promise<boolean> {
  const rows = await state.read((database) =>
    database.all("select name from settings where name = $name", { name: UNFINISHED }),
  );
  return rows.length > 0;
}

export async function recordErased(state: State): Promise<void> {
  await state.write((database) =>
    database.run("delete from settings where name = $name", { name: UNFINISHED }),
  );
}

/** Somebody who is taken out: their keys, and how a text of the state that stays is written without them. */
export interface Erased {
  keys: readonly string[];
  without: (text: string) => string;
}

/** Texts of the state that come from files or from people, in which a name or id may stand. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  imports: ["file_name", "options", "warnings"],
  failures: ["file_name", "message_zh", "message_en"],
  suggestions: ["shown", "text_zh", "text_en", "owner", "reason", "effect"],
  suggestion_steps: ["detail"],
  column_maps: ["spec"],
};

/**
 * One transaction: the rewritten parts take the place of the old ones, the keys become tombstones, and the erasure is
 * unfinished until `recordErased`.
 * @param person null when what goes is nobody's in particular (retention).
 * @param audited the line of the audit that goes with it.
 */
export async function recordErasure(
  state: State,
  person: Erased | null,
  replacements: readonly Replacement[],
  by: { who: string; at: Date },
  audited?: AuditEntry,
): Promise<void> {
  await state.write(async (database) => {
    await advance(database);
    if (audited) await appendAudit(database, audited);
    if (person) {
      await database.run("insert or replace into settings values ($name, $at)", {
        name: UNFINISHED,
        at: by.at.toISOString(),
      });
    }
    for (const { old, part } of replacements) {
      const [listed] = await database.all("select import_id from parts where path = $old", { old });
      await database.run("delete from parts where path = $old", { old });
      if (part === null) continue;
      await database.run(
        `insert or ignore into parts values ($path, ${Number(listed?.["import_id"])}, $fact, $month, $rows, $bytes, $sha256)`,
        { ...part },
      );
    }
    await bury(database, person?.keys ?? [], by.who, by.at);
    for (const key of person?.keys ?? []) {
      await database.run("delete from identity_decisions where left_key = $key or right_key = $key", { key });
      await database.run("delete from label_corrections where person_key = $key", { key });
    }
    if (person) await emptyTexts(database, person);
  });
}

async function emptyTexts(database: Database, { without }: Erased): Promise<void> {
  for (const [table, columns] of Object.entries(TEXTS)) {
    for (const column of columns) {
      const rows = await database.all(
        `select distinct ${column} as text from ${table} where ${column} is not null`,
      );
      for (const text of rows.map((row) => String(row["text"])).filter((one) => without(one) !== one))
        await database.run(`update ${table} set ${column} = $left where ${column} = $text`, {
          ...{ text, left: without(text) },
        });
    }
  }
}
