import { type Database, literal } from "../warehouse/database.ts";
import { isForgottenText, TOMBSTONES } from "./forgotten.ts";
import { WIDE } from "./macros.ts";

/** Where ids, phone numbers and addresses begin and end in a text; those of other letters are known by the whole text alone. */
const WORD = "[0-9A-Za-z_@.+-]{5,}";
/** A phone number as people write it: +86 138 0000 0000, 138-0000-0000. */
const NUMBER = "[+]?[0-9](?:[ \u00a0()-]{0,2}[0-9]){6,14}";

/**
 * SQL of those of some texts that name somebody who was forgotten: an id, a phone number or an address of theirs stands in it,
 * or it was emptied when they were forgotten.
 * @param texts SQL of distinct `text`.
 * @param cells SQL: the list of what a text is made of; each was emptied as a whole.
 */
function naming(texts: string, idPrefix: string, cells: string): string {
  const known = ["", idPrefix].map((prefix) => `person_key(${literal(prefix)} || word)`);
  const marks = [
    "person_key('phone:' || phone_number(word))",
    "person_key('email:' || lower(word))",
    "person_key('unionid:' || word)",
  ];
  const isKnown = [...known, ...marks].map((key) => `${key} in (select key from ${TOMBSTONES})`).join(" or ");
  return `with told as (${texts}),
      plain as (select text, translate(text, '${WIDE}', '0123456789+') as said from told),
      words as (
        select text, trim(unnest(regexp_extract_all(said, '${WORD}')), '.-') as word from plain
        union all select text, regexp_replace(unnest(regexp_extract_all(said, '${NUMBER}')), '^00', '+') from plain
      ),
      theirs as (select word from (select distinct word from words) where ${isKnown})
    select text from (select text, unnest(${cells}) as cell from told) where cell is not null and ${isForgottenText("cell")}
    union select text from words semi join theirs using (word)`;
}

async function anybody(database: Database): Promise<boolean> {
  return (await database.all(`select 1 from ${TOMBSTONES} limit 1`)).length > 0;
}

/**
 * Columns that Fupan does not use are kept as they are; where one names somebody who was forgotten, the row is kept without them.
 * @param same SQL of the columns of `checked` that are the same in every row.
 * @returns the same of what is left.
 */
export async function emptyExtra(
  database: Database,
  idPrefix: string,
  same: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  if (!(await anybody(database))) return same;
  const columns = await database.all(
    "select 1 from duckdb_columns() where database_name = current_database() and table_name = 'checked' and column_name = 'extra'",
  );
  if (columns.length === 0) return same;
  // Cells put together are of another type, which would take each of them for JSON.
  const extra = `(${same.get("extra") ?? "extra"})::varchar`;
  const texts = `select distinct ${extra} as text from checked where ${extra} is not null`;
  const cells = "list_concat([text], if(json_valid(text), json_extract_string(text, '$.*'), []))";
  const found = await database.all(naming(texts, idPrefix, cells));
  if (found.length === 0) return same;
  // As a list: a longer one of `in` is a join, and rows lose their order.
  const list = `[${found.map(({ text }) => literal(String(text))).join(", ")}]`;
  await database.run("alter view checked rename to checked_with_names");
  await database.run(
    `create view checked as select named.* replace (if(list_contains(${list}, ${extra}), null, ${extra}) as extra) from checked_with_names as named`,
  );
  return new Map([...same].filter(([column]) => column !== "extra"));
}

/** Rows that were refused keep their place and reason, and no word where they name somebody who was forgotten. */
export async function emptyRefused(database: Database, idPrefix: string): Promise<void> {
  if (!(await anybody(database))) return;
  const texts =
    "select distinct sample as text from issues where is_reject and sample is not null union select frame from frames where frame is not null";
  await database.run(`create table naming as ${naming(texts, idPrefix, "[text]")}`);
  await database.run("update issues set sample = null where sample in (select text from naming)");
  await database.run("update frames set frame = null where frame in (select text from naming)");
}
