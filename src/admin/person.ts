import { phoneForms, phoneOf, phoneParts } from "../ingest/phones.ts";
import { UserError } from "../kit/errors.ts";
import { listParts, type Part } from "../state/ledger.ts";
import type { State } from "../state/state.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import { type Database, literal } from "../warehouse/database.ts";
import { openPersonKeys, PERSON_KEYS } from "../warehouse/person-keys.ts";
import type { Workspace } from "../workspace.ts";
import type { Phone } from "./spellings.ts";

/** Somebody as the workspace knows them: the hashed keys in the facts, the raw values in the contacts. */
export interface KnownPerson {
  keys: string[];
  /** Ids, names, phones and the like, as written. Never printed. */
  raw: string[];
  /** Those of them that are phone numbers. */
  numbers: Phone[];
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
    const phone = isNumber(wanted) ? phoneOf(wanted, workspace.config.country) : null;
    const named = await keysNamed(database, wanted, phone);
    await assertOne(database, named, phone);
    const some = [wanted, ...named];
    const linked = [...new Set([...(await withLinked(database, some)), ...named])];
    const phones = await phonesOf(database, linked);
    const forms = phones.flatMap(phoneForms);
    const all = [...new Set([...linked, ...(await keysOfIds(database, forms))])];
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
    const list = all.map(literal).join(", ");
    const raw = await database.all(
      `select distinct unnest([raw_id, name, phone, unionid, email]) as raw from lake.contacts where person_key in (${list})`,
    );
    // By these a later export would know them, though nobody's record is of them.
    const marks = await database.all(
      `select distinct unnest([unionid_key, email_key, alias_of_key]) as mark from lake.contacts where person_key in (${list})`,
    );
    const texts = (values: unknown[]) =>
      values.filter((one): one is string => typeof one === "string" && one !== "");
    return {
      keys: [...new Set([...all, ...texts(marks.map((row) => row["mark"]))])],
      raw: [...new Set([...texts(raw.map((row) => row["raw"])), ...forms])],
      numbers: phones.flatMap((one) => phoneParts(one) ?? []),
      parts,
    };
  } finally {
    database.close();
  }
}

const isNumber = (wanted: string) => /^[\d\s()+-]+$/.test(wanted);

/** By an id as it is written, and by a phone number, of which a part is enough where it is one number's alone. */
async function keysNamed(database: Database, wanted: string, phone: string | null): Promise<string[]> {
  const exact = await database.all(
    `select distinct person_key from lake.contacts where person_key = $wanted or raw_id = $wanted or unionid = $wanted
       or phone_key = $wanted or lower(email) = lower($wanted) or phone = $phone`,
    { wanted, phone },
  );
  // A number of another service may end as somebody's phone number does: only a number by itself is asked for as one.
  const digits = isNumber(wanted) ? wanted.replace(/\D/g, "") : "";
  if (exact.length > 0 || digits.length < 8) return exact.map((row) => String(row["person_key"]));
  const byPhone = await database.all(
    "select person_key, right(phone, 11) as phone from lake.contacts where ends_with(phone, right($digits, 11))",
    { digits },
  );
  if (new Set(byPhone.map((row) => row["phone"])).size > 1) return [];
  return [...new Set(byPhone.map((row) => String(row["person_key"])))];
}

/** Their phone numbers as E.164. */
async function phonesOf(database: Database, keys: readonly string[]): Promise<string[]> {
  if (keys.length === 0) return [];
  const rows = await database.all(
    `select distinct phone from lake.contacts where phone is not null and person_key in (${keys.map(literal).join(", ")})`,
  );
  return rows.map((row) => String(row["phone"]));
}

/** Whose id in a file is one of these: in a survey that may be a phone number. */
async function keysOfIds(database: Database, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await database.all(
    `select distinct person_key from lake.contacts where raw_id in (${ids.map(literal).join(", ")})`,
  );
  return rows.map((row) => String(row["person_key"]));
}

/**
 * A phone that is on many ids is nobody's, and two services may use one number: neither says who is meant. Somebody whose
 * id in a survey is their phone number is who has that number.
 * @throws UserError when they are several.
 */
async function assertOne(database: Database, keys: readonly string[], phone: string | null): Promise<void> {
  if (keys.length < 2) return;
  const rows = await database.all(
    `select keys.person_id, bool_or(coalesce(contacts.phone = $phone, false)) as has_phone
     from ${PERSON_KEYS} as keys inner join lake.contacts as contacts using (person_key)
     where keys.person_key in (${keys.map(literal).join(", ")}) group by all order by all`,
    { phone },
  );
  const owners = rows.filter((row) => row["has_phone"] === true);
  const persons = (owners.length > 0 ? owners : rows).map((row) => String(row["person_id"]));
  if (persons.length < 2) return;
  const shown = persons.slice(0, 10);
  throw new UserError(
    { zh: `有 ${persons.length} 个人用它，不知道是哪一个`, en: `${persons.length} people have that` },
    {
      hint: {
        zh: `写其中一个人的成员编号（和名单里一样）：${shown.join("、")}`,
        en: `Give the person id of one of them, as lists show it: ${shown.join(", ")}`,
      },
    },
  );
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
