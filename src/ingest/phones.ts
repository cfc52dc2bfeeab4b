import parsePhone, { type CountryCode } from "libphonenumber-js/max";
import { type Database, literal, name } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";

const COLUMNS = ["phone", "receiver_phone"];
/** What nearly every cell is: the macro `phone_number` writes it as E.164, without a library. */
const MAINLAND = "(\\+?86)?1[3-9]\\d{9}";

/**
 * Writes the numbers of `checked` that are no plain mainland mobile ones as E.164, so that 020 7946 0018 and
 * +44 20 7946 0018 are one key. Only the distinct ones leave the database. What can't be a number stays as it is:
 * the macro finds none in it.
 * @param country ISO 3166 code that a number without a country code belongs to.
 */
export async function normalisePhones(database: Database, kind: KindSpec, country: string): Promise<void> {
  const columns = COLUMNS.filter((column) => column in kind.columns);
  if (columns.length === 0) return;
  const found = await database.all(
    columns
      .map(
        (column) =>
          `select distinct ${name(column)} as raw from checked
           where ${name(column)} is not null and not regexp_full_match(${name(column)}, ${literal(MAINLAND)})`,
      )
      .join(" union "),
  );
  const known = found.flatMap(({ raw }) => {
    const e164 = phoneOf(String(raw), country);
    return e164 === null ? [] : [`(${literal(String(raw))}, ${literal(e164)})`];
  });
  if (known.length === 0) return;
  await database.run("create table phone_numbers (raw varchar, e164 varchar)");
  for (let at = 0; at < known.length; at += 10_000)
    await database.run(`insert into phone_numbers values ${known.slice(at, at + 10_000).join(", ")}`);
  await database.run("alter view checked rename to checked_as_written");
  const joins = columns.map(
    (column) => `left join phone_numbers as of_${column} on of_${column}.raw = written.${column}`,
  );
  await database.run(
    `create view checked as select written.* replace (${columns
      .map((column) => `coalesce(of_${column}.e164, written.${column}) as ${column}`)
      .join(", ")}) from checked_as_written as written ${joins.join(" ")}`,
  );
}

/**
 * E.164, or null for what is masked, too short or of no numbering plan. A mainland number must be a mobile one: a
 * landline is a shop's or a company's, and no person's key.
 */
export function phoneOf(raw: string, country: string): string | null {
  if (raw.includes("*")) return null;
  const parsed = parsePhone(raw, country as CountryCode);
  if (!parsed) return null;
  if (parsed.countryCallingCode === "86") {
    return /^1[3-9]\d{9}$/.test(parsed.nationalNumber) ? parsed.number : null;
  }
  return parsed.isValid() ? parsed.number : null;
}
