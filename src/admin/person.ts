import { UserError } from "../kit/errors.ts";
import { listParts, type Part } from "../state/ledger.ts";
import type { State } from "../state/state.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import { type Database, literal } from "../warehouse/database.ts";
import { openPersonKeys, PERSON_KEYS } from "../warehouse/person-keys.ts";
import type { Workspace } from "../workspace.ts";

/** Somebody as the workspace knows them: the hashed keys in the facts, the raw values in the contacts. */
export interface KnownPerson {
  keys: string[];
  /** Ids, names, phones and the like, as written. Never printed. */
  raw: string[];
  parts: Part[];
}

/**
 * Finds somebody by person id (as the lists show it), id, phone number or unionid; a name is no answer, since two
 * people may have it. All ids of a person are found by one, as what was imported and decided up to now links them: a
 * published generation may not know yet, or be of another version's models.
 * @throws UserError when nobody is known by it.
 */
export async function findPerson(
  workspace: Workspace,
  state: State,
  catalog: Catalog,
  wanted: string,
): Promise<KnownPerson> {
  const parts = await listParts(state);
  const database = await openPersonKeys(workspace, state, catalog);
  try {
    const named = await keysNamed(database, wanted);
    const some = [wanted, ...named];
    const all = [...new Set([...(await withLinked(database, some)), ...named])];
    if (all.length === 0) {
      throw new UserError(
        { zh: "没有找到这个人", en: "Nobody is known by that" },
        {
          hint: {
            zh: "写成员编号、账号或手机号；昵称可能重名，不能用来查找。",
            en: "Give the person id, an account id or a phone number; a nickname may be several people's.",
          },
        },
      );
    }
    const raw = await database.all(
      `select distinct unnest([raw_id, name, phone, unionid, email]) as raw from lake.contacts where person_key in (${all.map(literal).join(", ")})`,
    );
    return {
      keys: all,
      raw: raw.map((row) => row["raw"]).filter((one): one is string => typeof one === "string" && one !== ""),
      parts,
    };
  } finally {
    database.close();
  }
}

/** By an id as it is written; else by a phone number, of which a part is enough where it is one number's alone. */
async function keysNamed(database: Database, wanted: string): Promise<string[]> {
  const exact = await database.all(
    `select distinct person_key from lake.contacts where person_key = $wanted or raw_id = $wanted or unionid = $wanted
       or phone_key = $wanted or lower(email) = lower($wanted)`,
    { wanted },
  );
  // A number of another service may end as somebody's phone number does: only a number by itself is asked for as one.
  const digits = /^[\d\s()+-]+$/.test(wanted) ? wanted.replace(/\D/g, "") : "";
  if (exact.length > 0 || digits.length < 8) return exact.map((row) => String(row["person_key"]));
  const byPhone = await database.all(
    "select person_key, right(phone, 11) as phone from lake.contacts where ends_with(phone, right($digits, 11))",
    { digits },
  );
  if (new Set(byPhone.map((row) => row["phone"])).size > 1) return [];
  return [...new Set(byPhone.map((row) => String(row["person_key"])))];
}

/** Every key of the persons that have one of these keys or ids. */
async function withLinked(database: Database, some: readonly string[]): Promise<string[]> {
  const list = some.map(literal).join(", ");
  const rows = await database.all(
    `select person_key from ${PERSON_KEYS} where person_id in
     (select person_id from ${PERSON_KEYS} where person_key in (${list}) or person_id in (${list}))`,
  );
  return rows.map((row) => String(row["person_key"]));
}
