import { UserError } from "../kit/errors.ts";
import { canonicalHeader } from "../kit/evidence.ts";
import type { ColumnsImporter } from "../kit/importer.ts";
import { OF_SHEET_NAMES } from "../kit/of-sheet.ts";
import { visible } from "../kit/visible.ts";
import { literal, name } from "../warehouse/database.ts";
import { hasCellError } from "./cell-errors.ts";
import { REASON_COLUMNS } from "./issue-texts.ts";
import { type CellType, type KindSpec, listOf } from "./kinds/kind.ts";
import { CURRENCY } from "./kinds/order-rows.ts";
import { standingColumns } from "./leavers.ts";
import { leftOutCases } from "./left-out.ts";
import { uniqueNames } from "./read-csv.ts";
import { SEEN } from "./typed-cells.ts";

export interface ColumnsPlan {
  /** Header name → VARCHAR, for the reader. */
  reads: Record<string, string>;
  select: string;
  /** Header names that no canonical column takes. */
  unmatched: string[];
  /** Canonical columns that the file has, by the place (from 0) of their column. */
  present: ReadonlyMap<string, number>;
  /** Rows at the top that are more of the header. */
  skip: number;
  /** SQL of canonical columns that are the same in every row. */
  fixed: ReadonlyMap<string, string>;
}

const OF_REASONS: readonly string[] = Object.values(REASON_COLUMNS).flat();

/** SQL: a list as text, `a;b`; a JSON object may hold it as an array. */
const jsonList = (cell: string) =>
  `if(starts_with(${cell}, '[') and json_valid(${cell}), list_filter(list_transform(try_cast(try_cast(${cell} as json) as varchar[]), lambda x: trim(x)), lambda x: x <> ''), ${listOf(cell)})`;

/**
 * The SELECT that a declared column map stands for. Every cell is read as text, trimmed and typed by its
 * canonical column; what is filled but can't be typed names its column in `issue_column`.
 * @throws UserError when two columns of the file claim one role.
 */
export function columnsPlan(
  importer: ColumnsImporter,
  kind: KindSpec,
  header: readonly string[],
  file: string,
  isJson = false,
): ColumnsPlan {
  const names = uniqueNames(header);
  const sources = new Map<string, string>();
  for (const [column, wanted] of Object.entries(importer.columns)) {
    const aliases = (typeof wanted === "string" ? [wanted] : wanted).map(canonicalHeader);
    const hits = names.filter(
      (one, at) =>
        aliases.includes(canonicalHeader(header[at] ?? "")) && one === names[at] && !/__\d+$/.test(one),
    );
    const [hit, second] = hits;
    if (second !== undefined) throw ambiguous(file, column, hits);
    if (hit !== undefined) sources.set(column, hit);
  }
  const taken = new Set(sources.values());
  const unmatched = names.filter((one) => !taken.has(one) && !OF_REASONS.includes(one));
  const needed = importer.required.filter((column) => kind.needs.includes(column) || column === "group_id");
  const cells = [...sources].map(([column, source]) =>
    cell(column, kind.columns[column] ?? "text", source, importer, {
      isJson,
      hasCurrency: sources.has("currency"),
      isNeeded: needed.includes(column),
    }),
  );
  // What is derived from a cell of its own name takes its place; the cell is still held to what its column may be.
  const values = [...sources.keys()].flatMap((column, at) =>
    column in importer.derive ? [] : (cells[at] ?? []),
  );
  const derived = Object.entries(importer.derive).map(([column, sql]) => ({
    value: `${sql} as ${name(column)}`,
  }));
  const absent = Object.entries(importer.defaults).filter(([column]) => !sources.has(column));
  // What is derived may name a column that this file does not have.
  const blanks = Object.keys(importer.derive).length
    ? Object.keys(importer.columns).flatMap((one) =>
        sources.has(one) ? [] : [`null::varchar as ${name(one)}`],
      )
    : [];
  const isText = (column: string) => kind.columns[column] === "text" || kind.columns[column] === "id";
  const same = absent.map(([column, value]) => [column, literal(value)] as const);
  const fixed = same.map(([column, value]) => `${value} as ${name(column)}`);
  const missing = needed.flatMap((column) => {
    const source = sources.get(column);
    return source ? [{ when: `${name(column)} is null`, code: "missing_value", place: source }] : [];
  });
  const problems = [...missing, ...cells.flatMap((one) => one.problems)];
  const extra =
    importer.keepExtra && unmatched.length > 0 && "extra" in kind.columns
      ? [`to_json({${unmatched.map((one) => `${literal(one)}: ${name(one)}`).join(", ")}}) as extra`]
      : [];
  const history = "is_history" in kind.columns ? [`${sources.has("left_at")} as is_history`] : [];
  // A number takes a byte of each row where two texts take thirty-two, and nearly all rows have none.
  const verdict =
    problems.length > 0
      ? `case ${problems.map(({ when }, at) => `when ${when} then ${at}`).join("\n")} end::usmallint`
      : "null::usmallint";
  const said = (what: "code" | "place") => {
    const texts = [...new Set(problems.map((one) => one[what]))];
    const type = `enum (${(texts.length > 0 ? texts : [""]).map(literal).join(", ")})`;
    const cases = problems.map((one, at) => `when ${at} then ${literal(one[what])}::${type}`);
    // Nearly all rows have none, and each case would be looked at for every row.
    return cases.length > 0
      ? `case when problem is not null then case problem ${cases.join(" ")} end end`
      : "null::varchar";
  };
  const raw = sources.has("status") && "raw_status" in kind.columns ? ["raw_status"] : [];
  const [lead = ""] = names;
  // A row says nothing where only its sheet is said.
  const own = new Map([...sources].filter(([, source]) => !OF_SHEET_NAMES.includes(source)));
  const standing = standingColumns(kind, names, taken);
  const leftOut = leftOutCases(importer, kind, own, lead, standing);
  const blanked = cells.flatMap(({ isBlanked }) => isBlanked ?? []);
  const flags = [
    ...(leftOut.length > 0 ? [`case ${leftOut.join(" ")} end as left_out`] : []),
    ...(blanked.length > 0 ? [`${blanked.join(" or ")} as cell_error`] : []),
  ];
  return {
    reads: Object.fromEntries(
      (importer.keepExtra ? names : [...new Set([lead, ...taken, ...standing])]).map((one) => [
        one,
        "VARCHAR",
      ]),
    ),
    // Levels, since what is said twice in one is computed twice: cells, what they are read as, the verdict, its words.
    select: `select record, ${said("code")} as issue, ${said("place")} as issue_column, * exclude (record, problem) from (
      select record, ${[...values, ...derived]
        .map((one) => one.value)
        .concat(
          extra.length > 0 ? ["extra"] : [],
          history,
          fixed,
          raw,
          leftOut.length > 0 ? ["left_out"] : [],
          blanked.length > 0 ? ["cell_error"] : [],
        )
        .join(", ")}, ${verdict} as problem
      from (select ${["*", ...cells.flatMap((one) => one.read)].join(", ")} from (select record, ${[
        ...cells.map((one) => one.clean),
        ...raw.map((one) => `cleaned(${name(sources.get("status") ?? "")}) as ${one}`),
        ...blanks,
        ...extra,
        ...flags,
      ].join(", ")} from source)))`,
    unmatched: unmatched.filter((one) => !standing.includes(one)),
    present: new Map([...sources].map(([column, source]) => [column, names.indexOf(source)])),
    skip: importer.headerRows - 1,
    fixed: new Map(same.filter(([column]) => isText(column))),
  };
}

/** SQL of one canonical column: the cell as text, what it is read as, its typed value, and when it can't be typed. */
interface Cell {
  clean: string;
  read: readonly string[];
  value: string;
  problems: readonly Problem[];
  /** SQL over the file's columns: what it says is an error of a spreadsheet program, and it is read as empty. */
  isBlanked?: string;
}

/** What makes a row no record, the first that holds. */
interface Problem {
  /** SQL. */
  when: string;
  code: string;
  /** The file's column. */
  place: string;
}

function cell(
  column: string,
  type: CellType,
  source: string,
  importer: ColumnsImporter,
  { isJson, hasCurrency, isNeeded }: { isJson: boolean; hasCurrency: boolean; isNeeded: boolean },
): Cell {
  const raw = name(source);
  const as = name(column);
  const nulls = importer.nulls.map(literal).join(", ");
  const verbatim = column === "text" || column === "answer";
  const fallback = importer.defaults[column];
  // Not `in`: from six values on that is a join, and rows that went through one have lost their order.
  const nothing = fallback === undefined ? "null" : literal(fallback);
  const isText = ["id", "text", "list"].includes(type) && !verbatim;
  const isError = hasCellError(raw);
  const blanks = isText && !isNeeded ? { isBlanked: isError } : {};
  const error = isText && !isNeeded ? `when ${isError} then ${nothing} ` : "";
  const trimmed = `case ${error}when list_contains([${nulls}], cleaned(${raw})) then ${nothing} else cleaned(${raw}) end`;
  const filled = fallback === undefined ? trimmed : `coalesce(${trimmed}, ${literal(fallback)})`;
  const clean = `${verbatim ? raw : filled} as ${as}`;
  const fails = (when: string, code: string): Problem => ({ when, code, place: source });
  const map = importer.values[column];
  if (map) {
    // Some versions of an export write the marks inside a word half as wide.
    const words = Object.entries(map).flatMap(([from, to]) =>
      [...new Set([from, from.normalize("NFKC")])].map((word) => [word, to] as const),
    );
    const branches = words.map(([from, to]) =>
      /[a-z]/i.test(from)
        ? `when lower(${as}) = ${literal(from.toLowerCase())} then ${literal(to)}`
        : `when ${as} = ${literal(from)} then ${literal(to)}`,
    );
    const rest = importer.otherwise[column];
    const other = rest === undefined ? "" : `when ${as} is not null then ${literal(rest)}`;
    const value = `case ${branches.join(" ")} ${other} end as ${as}`;
    return { clean, read: [], value, problems: [], ...blanks };
  }
  const typed = name(`${column} as read`);
  const unreadable = (code: string) => [
    fails(`${typed} is null and ${hasCellError(as)}`, "cell_error"),
    fails(`${as} is not null and ${typed} is null`, code),
  ];
  const broken = isText && isNeeded ? [fails(hasCellError(as), "cell_error")] : [];
  switch (type) {
    case "money": {
      const currency = hasCurrency ? CURRENCY : "option('currency')";
      return {
        clean,
        read: [`money(${as}) as ${typed}`],
        value: `${typed} as ${as}`,
        problems: [
          ...unreadable("bad_money"),
          fails(`of_other_currency(${as}, ${currency})`, "other_currency"),
        ],
      };
    }
    case "number":
      return {
        clean,
        read: [`number_of(${as}) as ${typed}`],
        value: `${typed} as ${as}`,
        problems: unreadable("bad_number"),
      };
    case "time": {
      const isUtc = name(`${column} is utc`);
      return {
        clean,
        read: [`stated(${as}) as ${typed}`, `has_offset(${as}) as ${isUtc}`],
        // What may come from the file's name is read with it.
        value: SEEN.includes(column) ? as : `${typed} as ${as}, ${isUtc} as ${name(`${column}_is_utc`)}`,
        problems: [
          ...(importer.dashedDates ? [fails(`contains(${as}, '/')`, "time_resaved_by_spreadsheet")] : []),
          ...unreadable("bad_time"),
        ],
      };
    }
    case "id":
      return {
        clean,
        read: [],
        value: as,
        ...blanks,
        problems: [
          ...broken,
          // Most ids are decided by their first letter, or have no e.
          fails(
            `case when ${as} < ':' and (contains(${as}, 'E') or contains(${as}, 'e')) then regexp_full_match(${as}, '\\d(\\.\\d+)?[eE]\\+?\\d+') else false end`,
            "id_resaved_by_spreadsheet",
          ),
        ],
      };
    case "list":
      return {
        clean,
        read: [],
        value: `${isJson ? jsonList(as) : listOf(as)} as ${as}`,
        problems: [],
        ...blanks,
      };
    default:
      return { clean, read: [], value: as, problems: broken, ...blanks };
  }
}

function ambiguous(file: string, column: string, hits: readonly string[]): UserError {
  const both = hits.join(", ");
  return new UserError(
    {
      zh: `${visible(file)}：几个列都可能是 ${column}：${both}`,
      en: `${visible(file)}: several columns could be ${column}: ${both}`,
    },
    {
      hint: {
        zh: "删去或改名其中一列，或用 --mapping 指定。",
        en: "Remove or rename one of them, or settle it with --mapping.",
      },
    },
  );
}
