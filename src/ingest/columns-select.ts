import { canonicalHeader } from "../kit/evidence.ts";
import type { ColumnsImporter } from "../kit/importer.ts";
import { UserError } from "../kit/errors.ts";
import { literal, name } from "../warehouse/database.ts";
import { type CellType, type KindSpec, listOf } from "./kinds/kind.ts";
import { uniqueNames } from "./read-csv.ts";

export interface ColumnsPlan {
  /** Header name → VARCHAR, for the reader. */
  reads: Record<string, string>;
  select: string;
  /** Header names that no canonical column takes. */
  unmatched: string[];
  /** Canonical columns that the file has. */
  present: string[];
}

/**
 * The SELECT that a declared column map stands for. Every cell is read as text, trimmed and typed by its
 * canonical column; what is filled but can't be typed names its column in `issue_column`.
 * @throws UserError when two columns of the file claim one role.
 */
export function columnsPlan(importer: ColumnsImporter, kind: KindSpec, header: readonly string[], file: string): ColumnsPlan {
  const names = uniqueNames(header);
  const sources = new Map<string, string>();
  for (const [column, wanted] of Object.entries(importer.columns)) {
    const aliases = (typeof wanted === "string" ? [wanted] : wanted).map(canonicalHeader);
    const hits = names.filter((one, at) => aliases.includes(canonicalHeader(header[at] ?? "")) && one === names[at] && !/__\d+$/.test(one));
    const [hit, second] = hits;
    if (second !== undefined) throw ambiguous(file, column, hits);
    if (hit !== undefined) sources.set(column, hit);
  }
  const taken = new Set(sources.values());
  const unmatched = names.filter((one) => !taken.has(one));
  const cells = [...sources].map(([column, source]) => cell(column, kind.columns[column] ?? "text", source, importer));
  const derived = Object.entries(importer.derive).map(([column, sql]) => ({ value: `${sql} as ${name(column)}`, problem: null }));
  const needed = importer.required.filter((column) => kind.needs.includes(column) || column === "group_id");
  const missing = needed.flatMap((column) => {
    const source = sources.get(column);
    return source ? [`when cleaned(${name(source)}) is null then {code: 'missing_value', place: ${literal(column)}}`] : [];
  });
  const problems = [...missing, ...cells.flatMap((one) => (one.problem ? [one.problem] : []))];
  const extra = importer.keepExtra && unmatched.length > 0 ? [`to_json({${unmatched.map((one) => `${literal(one)}: ${name(one)}`).join(", ")}}) as extra`] : [];
  const history = "is_history" in kind.columns ? [`${sources.has("left_at")} as is_history`] : [];
  const issue = problems.length > 0 ? `case ${problems.join("\n")} end` : "null";
  return {
    reads: Object.fromEntries((importer.keepExtra ? names : [...taken]).map((one) => [one, "VARCHAR"])),
    select: `select record, problem.code as issue, problem.place as issue_column, * exclude (record, problem) from (
      select record, ${[...cells, ...derived].map((one) => one.value).concat(extra, history).join(", ")}, ${issue} as problem from source)`,
    unmatched,
    present: [...sources.keys()],
  };
}

function cell(column: string, type: CellType, source: string, importer: ColumnsImporter) {
  const raw = name(source);
  const nulls = importer.nulls.map(literal).join(", ");
  const clean = `if(cleaned(${raw}) in (${nulls}), null, cleaned(${raw}))`;
  const as = name(column);
  const fails = (when: string, code: string) => `when ${when} then {code: ${literal(code)}, place: ${literal(source)}}`;
  const map = importer.values[column];
  if (map) {
    const branches = Object.entries(map).map(([from, to]) => `when ${literal(from)} then ${literal(to)}`);
    return { value: `case ${clean} ${branches.join(" ")} end as ${as}`, problem: null };
  }
  switch (type) {
    case "money":
      return { value: `money(${clean}) as ${as}`, problem: fails(`${clean} is not null and money(${clean}) is null`, "bad_money") };
    case "number":
      return {
        value: `try_cast(${clean} as double) as ${as}`,
        problem: fails(`${clean} is not null and try_cast(${clean} as double) is null`, "bad_number"),
      };
    case "time":
      return { value: `${clean} as ${as}`, problem: fails(`${clean} is not null and stated(${clean}) is null`, "bad_time") };
    case "id":
      return { value: `${clean} as ${as}`, problem: fails(`regexp_full_match(${clean}, '\\d(\\.\\d+)?[eE]\\+?\\d+')`, "id_resaved_by_spreadsheet") };
    case "list":
      return { value: `${listOf(clean)} as ${as}`, problem: null };
    default:
      return { value: `${column === "text" || column === "answer" ? raw : clean} as ${as}`, problem: null };
  }
}

function ambiguous(file: string, column: string, hits: readonly string[]): UserError {
  const both = hits.join(", ");
  return new UserError(
    { zh: `${file}：几个列都可能是 ${column}：${both}`, en: `${file}: several columns could be ${column}: ${both}` },
    {
      hint: {
        zh: "删去或改名其中一列，或用 --mapping 指定。",
        en: "Remove or rename one of them, or settle it with --mapping.",
      },
    },
  );
}
