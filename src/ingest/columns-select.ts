import { UserError } from "../kit/errors.ts";
import { canonicalHeader } from "../kit/evidence.ts";
import type { ColumnsImporter } from "../kit/importer.ts";
import { OF_SHEET_NAMES } from "../kit/of-sheet.ts";
import { visible } from "../kit/visible.ts";
import { literal, name } from "../warehouse/database.ts";
import { cell, halfWide } from "./column-cell.ts";
import { type DayAndClock, dayAndClock, joined, named } from "./day-and-clock.ts";
import { REASON_COLUMNS } from "./issue-texts.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { standingColumns } from "./leavers.ts";
import { leftOutCases } from "./left-out.ts";
import { uniqueNames } from "./read-csv.ts";
import { type RefundRemarks, refundRemarks } from "./refund-remarks.ts";
import { lastsTo, spanCell } from "./spans.ts";
import { multiplied, type UnitPrice, unitPrice } from "./unit-price.ts";

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
  /** Names of columns that somebody's own map has and the file has not. */
  absent: string[];
  /** What somebody's own map names and is no column of the kind. */
  unknown: string[];
  /** Where the amount is what one piece costs. */
  perPiece: UnitPrice | undefined;
  /** A column that nothing reads and that says what was given back. */
  refunds: RefundRemarks | undefined;
}

/** What a kind can do without, and a list that has it cannot: an empty cell of it is damage. */
const OF_LISTS: ReadonlySet<string> = new Set(["group_id", "member_id", "person_id"]);

const OF_REASONS: readonly string[] = Object.values(REASON_COLUMNS).flat();

/**
 * The SELECT that a declared column map stands for. Every cell is read as text, trimmed and typed by its
 * canonical column; what is filled but can't be typed names its column in `issue_column`.
 * @param below the first rows under the header.
 * @throws UserError when two columns of the file claim one role.
 */
export function columnsPlan(
  importer: ColumnsImporter,
  kind: KindSpec,
  header: readonly string[],
  file: string,
  isJson = false,
  below: readonly (readonly string[])[] = [],
): ColumnsPlan {
  const names = uniqueNames(header);
  const sources = new Map<string, string>();
  const clocks = new Map<string, DayAndClock>();
  for (const [column, wanted] of Object.entries(importer.columns)) {
    const aliases = (typeof wanted === "string" ? [wanted] : wanted).map(canonicalHeader);
    const found = names.filter(
      (one, at) =>
        aliases.includes(canonicalHeader(header[at] ?? "")) && one === names[at] && !/__\d+$/.test(one),
    );
    const isOfSpan = column === kind.lasts?.from || column === kind.lasts?.to;
    const pair = kind.columns[column] === "time" ? dayAndClock(found, names, below, isOfSpan) : undefined;
    const hits = isOfSpan ? named(found) : found;
    const [hit, second] = hits;
    if (pair) clocks.set(column, pair);
    else if (second !== undefined) throw ambiguous(file, column, hits);
    if (hit !== undefined) sources.set(column, pair?.day ?? hit);
  }
  const required = [...sources].flatMap(([column, source]) =>
    importer.required.includes(column) ? [source] : [],
  );
  if (required.length > 1 && required.every((one) => names.includes(`${one}__2`)))
    throw sideBySide(file, required);
  const perPiece = importer.mapped ? unitPrice(sources, names) : undefined;
  const taken = new Set([
    ...sources.values(),
    ...[...clocks.values()].map(({ clock }) => clock),
    ...(perPiece ? [perPiece.quantity] : []),
  ]);
  const unmatched = names.filter((one) => !taken.has(one) && !OF_REASONS.includes(one));
  const needed = importer.required.filter((column) => kind.needs.includes(column) || OF_LISTS.has(column));
  const cells = [...sources].map(([column, source]) => {
    const read = cell(column, kind.columns[column] ?? "text", source, importer, {
      isJson,
      hasCurrency: sources.has("currency"),
      isNeeded: needed.includes(column),
    });
    const pair = clocks.get(column);
    if (pair) return spanCell(column, source, joined(read, column, pair, kind.lasts !== undefined), kind);
    return spanCell(column, source, column === perPiece?.column ? multiplied(read, perPiece) : read, kind);
  });
  const lasting = lastsTo(kind, sources);
  // What is derived from a cell of its own name takes its place; the cell is still held to what its column may be.
  const values = [...sources.keys()].flatMap((column, at) =>
    column in importer.derive || (column === kind.lasts?.to && lasting.length > 0) ? [] : (cells[at] ?? []),
  );
  const isDefault = (column: string) => column in importer.defaults && !sources.has(column);
  const narrow = (column: string, sql: string) =>
    sources.has(column) && kind.columns[column] === "id" ? halfWide(column, `(${sql})`) : sql;
  const derived = Object.entries(importer.derive).flatMap(([column, sql]) =>
    isDefault(column) ? [] : [{ value: `${narrow(column, sql)} as ${name(column)}` }],
  );
  const unsaid = Object.entries(importer.defaults).filter(([column]) => !sources.has(column));
  // What is derived may name a column that this file does not have.
  const blanks = Object.keys(importer.derive).length
    ? Object.keys(importer.columns).flatMap((one) =>
        sources.has(one) ? [] : [`null::varchar as ${name(one)}`],
      )
    : [];
  const isText = (column: string) => kind.columns[column] === "text" || kind.columns[column] === "id";
  const same = unsaid.map(([column, value]) => [column, literal(value)] as const);
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
          lasting,
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
    absent: (importer.mapped ?? []).flatMap((one) =>
      sources.has(one) ? [] : [[importer.columns[one] ?? one].flat().join(" / ")],
    ),
    unknown: (importer.mapped ?? []).filter(
      (one) => !(one in kind.columns) && !Object.values(importer.derive).some((sql) => sql.includes(one)),
    ),
    perPiece,
    refunds: importer.mapped ? refundRemarks(sources, unmatched, names, below) : undefined,
    skip: importer.headerRows - 1,
    fixed: new Map(same.filter(([column]) => isText(column))),
  };
}

function sideBySide(file: string, columns: readonly string[]): UserError {
  const all = columns.join(", ");
  return new UserError(
    {
      zh: `${visible(file)}：并排放了两块表，${all} 各出现两次`,
      en: `${visible(file)}: two tables stand side by side, each with ${all}`,
    },
    {
      hint: {
        zh: "把右边那块剪切到左边那块的下面（不带表头），再导入。",
        en: "Move the right one below the left one, without its header, and import again.",
      },
    },
  );
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
