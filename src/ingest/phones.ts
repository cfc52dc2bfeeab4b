import parsePhone, { type CountryCode } from "libphonenumber-js/max";
import { type Database, literal, name } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";

const COLUMNS = ["phone", "receiver_phone"];
/** What nearly every cell is: the macro `phone_number` writes it as E.164, without a library. */
const MAINLAND = "(\\+?86)?1[3-9]\\d{9}";

/**
 * Writes the numbers of `checked` that are no plain mainland mobile ones as E.164, so that 020 7946 0018 and
 * +44 20 7946 0018 are one key. Only the distinct ones leave the database. What is no number becomes nothing: the macro
 * takes all digits of a text for one, and there are eleven in 1.38123456E10 and in 1380000000转1 too.
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
  const known = found.map(({ raw }) => {
    const e164 = phoneOf(String(raw), country);
    return `(${literal(String(raw))}, ${e164 === null ? "null" : literal(e164)})`;
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
      .map((column) => `if(of_${column}.raw is null, written.${column}, of_${column}.e164) as ${column}`)
      .join(", ")}) from checked_as_written as written ${joins.join(" ")}`,
  );
}

/** Of these nearly every list also has numbers of their neighbours, whose code is written without a plus. */
const CHINESE = ["CN", "HK", "MO", "TW"];
/** Significant digits from which on an exponent has lost none: programs shorten a number to six. */
const WHOLE = 9;

/**
 * E.164, or null for what is masked, too short, of no numbering plan, two numbers, or one with an extension, as platforms
 * lend them to a parcel. A mainland number must be a mobile one: a landline is a shop's or a company's, and no person's key.
 */
export function phoneOf(raw: string, country: string): string | null {
  if (/[*＊]/.test(raw)) return null;
  const text = withoutExponent(raw);
  const parsed = parsePhone(text, country as CountryCode);
  if (parsed?.ext) return null;
  if (parsed?.countryCallingCode === "86") {
    if (/^1[3-9]\d{9}$/.test(parsed.nationalNumber)) return parsed.number;
    // Numbering plans grow faster than a library of them: whoever writes the country's code means a number.
  } else if (parsed?.isValid() || (/^\s*[+＋]/.test(text) && parsed?.isPossible())) return parsed.number;
  const digits = text.replace(/[\s()（）-]/g, "").normalize("NFKC");
  if (!CHINESE.includes(country) || !/^(?:852|853|886)\d{8,9}$/.test(digits)) return null;
  const near = parsePhone(`+${digits}`);
  return near?.isValid() && near.getType() === "MOBILE" ? near.number : null;
}

/** Numbers as programs write them that take them for one: 13800000001.0, 1.3800000001E10. */
function withoutExponent(raw: string): string {
  const text = raw.trim();
  if (/^\d{8,15}\.0+$/.test(text)) return text.replace(/\..*$/, "");
  const [, mantissa = ""] = /^(\d\.\d+)E\+?\d\d$/i.exec(text) ?? [];
  return mantissa.length > WHOLE ? String(Number(text)) : text;
}

/** The code of its country and the rest of a number. @param e164 as `phoneOf` gives it. */
export function phoneParts(e164: string): { country: string; national: string } | null {
  const parsed = parsePhone(e164);
  return parsed ? { country: parsed.countryCallingCode, national: String(parsed.nationalNumber) } : null;
}

/** How a file may write a number: with its country's code, with that alone, and without. @param e164 as `phoneOf` gives it. */
export function phoneForms(e164: string): string[] {
  const national = parsePhone(e164)?.nationalNumber;
  return [e164, e164.slice(1), ...(national === undefined ? [] : [String(national)])];
}
