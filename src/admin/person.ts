import { UserError } from "../kit/errors.ts";
import { GenerationReader } from "../review/reader.ts";
import { listParts, type Part } from "../state/ledger.ts";
import type { State } from "../state/state.ts";
import { Database, literal } from "../warehouse/database.ts";
import { createLakeViews } from "../warehouse/lake.ts";
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
 * people may have it. With the links of the published generation, so that all ids of a person are found by one.
 * @throws UserError when nobody is known by it.
 */
export async function findPerson(workspace: Workspace, state: State, wanted: string): Promise<KnownPerson> {
  const parts = await listParts(state);
  const database = await Database.open(":memory:");
  try {
    await createLakeViews(database, workspace.lake, parts);
    const digits = wanted.replace(/\D/g, "");
    const named = await database.all(
      `select distinct person_key from lake.contacts
       where person_key = $wanted or raw_id = $wanted or unionid = $wanted or phone_key = $wanted
         or ($digits <> '' and length($digits) >= 8 and ends_with(phone, right($digits, 11)))`,
      { wanted, digits },
    );
    const keys = await withLinked(workspace, [wanted, ...named.map((row) => String(row["person_key"]))]);
    if (keys.length === 0 && named.length === 0) {
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
    const all = [...new Set([...keys, ...named.map((row) => String(row["person_key"]))])];
    const raw = await database.all(
      `select distinct unnest([raw_id, name, phone, unionid]) as raw from lake.contacts where person_key in (${all.map(literal).join(", ")})`,
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

/** Every key of the persons that have one of these keys or ids. */
async function withLinked(workspace: Workspace, some: readonly string[]): Promise<string[]> {
  const reader = new GenerationReader(workspace.marts);
  try {
    const list = some.map(literal).join(", ");
    const rows = await reader.read((database) =>
      database.all(
        `select person_key from marts.identity where person_id in
         (select person_id from marts.identity where person_key in (${list}) or person_id in (${list}))`,
      ),
    );
    return (rows ?? []).map((row) => String(row["person_key"]));
  } finally {
    reader.close();
  }
}
