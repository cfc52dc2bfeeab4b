import { rowHash } from "../ingest/compute-facts.ts";
import { FACTS, type Fact } from "../ingest/facts.ts";
import { personalColumns } from "../ingest/personal.ts";
import { writePart } from "../ingest/write-parts.ts";
import type { Part } from "../state/ledger.ts";
import type { Replacement } from "../state/tombstones.ts";
import { type Database, literal, name } from "../warehouse/database.ts";
import { rowsOf } from "../warehouse/lake.ts";

export interface Rewritten {
  replacements: Replacement[];
  removed: Record<string, number>;
  /** Texts that named the person and were emptied: nobody's notices, columns that Fupan does not use, refused rows. */
  texts: string[];
}

/**
 * Writes the parts that hold one of the keys anew: records that are the person's are left out, links to the person
 * in others' records are emptied, and so are notices and columns without a use that name them. Parts without any of it stay as they are.
 * @param patterns of the raw values: any of them, and those that are about the person wherever they stand.
 */
export async function rewriteParts(
  database: Database,
  lake: string,
  parts: readonly Part[],
  keys: readonly string[],
  raw: readonly string[],
  { any, telling }: { any: string | null; telling: string | null },
): Promise<Rewritten> {
  const replacements: Replacement[] = [];
  const removed: Record<string, number> = {};
  const texts = new Set<string>();
  for (const part of parts) {
    const file = literal(`${lake}/${part.path}`);
    const plan =
      part.fact === "rejects"
        ? await rejectsPlan(database, file, any)
        : factPlan(part.fact as Fact, keys, namesIn(part.fact as Fact, raw, telling));
    if (plan === null) continue;
    const from =
      part.fact === "rejects"
        ? `read_parquet(${file}, hive_partitioning = false)`
        : rowsOf(part.fact as Fact, [file]);
    const counts = await database.one(
      `select count(*) filter (${plan.gone}) as gone, count(*) filter (${plan.touched}) as touched, count(*) as "all" from ${from}`,
    );
    const [gone, touched, all] = [Number(counts["gone"]), Number(counts["touched"]), Number(counts["all"])];
    if (gone === 0 && touched === 0) continue;
    removed[part.fact] = (removed[part.fact] ?? 0) + gone;
    for (const [column, isNamed] of Object.entries(plan.named)) {
      const named = await database.all(
        `select distinct ${name(column)} as text from ${from} where ${isNamed}`,
      );
      for (const { text } of named)
        texts.add(column === "extra" ? known(String(text), telling ?? "") : String(text));
    }
    const rows = all - gone;
    replacements.push({
      old: part.path,
      part:
        rows === 0
          ? null
          : await writePart(
              database,
              plan.select(`select *, ${plan.touched} as was_touched from ${from} where not (${plan.gone})`),
              lake,
              part.fact,
              part.month,
              rows,
            ),
    });
  }
  return { replacements, removed, texts: [...texts] };
}

/** By what an emptied text is known in a later export: a cell of its own that is a name by that, in whosever row it stands. */
function known(text: string, telling: string): string {
  const whole = new RegExp(`^(?:${telling})$`);
  const cells = [...text.matchAll(/:("(?:[^"\\]|\\.)*")/g)].map(([, cell = '""']) =>
    String(JSON.parse(cell)),
  );
  return cells.find((cell) => whole.test(cell)) ?? text;
}

/** SQL: whether a text is like this; false where there is none. */
function within(text: string, pattern: string | null): string {
  return pattern === null ? "false" : `coalesce(regexp_matches(${text}, ${literal(pattern)}), false)`;
}

interface Plan {
  /** SQL: rows that go. */
  gone: string;
  /** SQL: rows in which something is emptied. */
  touched: string;
  /** SQL by column: where a text is emptied for what stands in it. */
  named: Readonly<Record<string, string>>;
  /** SQL: the rows that stay, of a subquery with `was_touched`. */
  select: (rows: string) => string;
}

/**
 * SQL: where a name stands in a column that is neither an id nor what somebody wrote. A notice of nobody's is
 * the program's text, "甲 拍了拍 乙"; a chat of two is called as the other one; `extra` are columns without a use.
 */
function namesIn(
  fact: Fact,
  raw: readonly string[],
  telling: string | null,
): Readonly<Record<string, string>> {
  const extra = { extra: within("extra", telling) };
  if (fact !== "messages") return "extra" in FACTS[fact] ? extra : {};
  return {
    ...extra,
    text: `(person_key is null and ${within("text", telling)})`,
    group_name: `coalesce(group_id is null and list_contains([${raw.map(literal).join(", ")}]::varchar[], group_name), false)`,
  };
}

/** @param emptied SQL by column: where it is emptied for the name that stands in it. */
function factPlan(
  fact: Fact,
  keys: readonly string[],
  emptied: Readonly<Record<string, string>>,
): Plan | null {
  const { own, links, content } = personalColumns(fact);
  const leading = own === null ? links : [own, ...links];
  if (leading.length + Object.keys(emptied).length === 0) return null;
  const list = `[${keys.map(literal).join(", ")}]`;
  const types = FACTS[fact] as Record<string, string>;
  const isList = (column: string) => types[column]?.endsWith("[]") ?? false;
  const has = (column: string) =>
    isList(column)
      ? `coalesce(list_has_any(${name(column)}, ${list}), false)`
      : `coalesce(list_contains(${list}, ${name(column)}), false)`;
  const touched = [...links.map(has), ...Object.values(emptied)].join(" or ") || "false";
  const columns = Object.keys(types).map((column) => {
    if (links.includes(column)) {
      return isList(column)
        ? `list_filter(${name(column)}, lambda x: not list_contains(${list}, x)) as ${name(column)}`
        : `if(${has(column)}, null, ${name(column)}) as ${name(column)}`;
    }
    if (content.includes(column)) return `if(was_touched, null, ${name(column)}) as ${name(column)}`;
    return emptied[column] === undefined
      ? name(column)
      : `if(${emptied[column]}, null, ${name(column)}) as ${name(column)}`;
  });
  // The same row in a later export, without the person, must be known as this one.
  const key = "row_key" in types ? ` replace (if(was_touched, ${rowHash(fact)}, row_key) as row_key)` : "";
  return {
    gone: own === null ? "false" : has(own),
    touched,
    named: Object.fromEntries(Object.entries(emptied).filter(([column]) => column !== "group_name")),
    select: (rows) =>
      `select * exclude (was_touched)${key} from (select ${columns.join(", ")}, was_touched from (${rows}))`,
  };
}

/** Rejected rows keep their place and reason; what was read is emptied where it holds a value of the person. */
async function rejectsPlan(database: Database, file: string, any: string | null): Promise<Plan | null> {
  if (any === null) return null;
  const names = await database.all(
    `select name from parquet_schema(${file}) where name in ('sample', 'frame') order by name`,
  );
  const texts = names.map(({ name }) => String(name));
  const holds = (text: string) => within(text, any);
  const emptied = texts.map((text) => `if(${holds(text)}, null, ${text}) as ${text}`);
  return {
    gone: "false",
    touched: texts.map(holds).join(" or "),
    named: Object.fromEntries(texts.map((text) => [text, holds(text)])),
    select: (rows) => `select * exclude (was_touched) replace (${emptied.join(", ")}) from (${rows})`,
  };
}
