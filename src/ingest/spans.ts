import { name } from "../warehouse/database.ts";
import type { Cell, Problem } from "./column-cell.ts";
import { clockText } from "./day-and-clock.ts";
import type { KindSpec } from "./kinds/kind.ts";

/*
 * Days as people type them into a calendar: 11.1-11.3, 11/1~11/11, 11月5日-7日, 20:00-22:00, and an end that says only what
 * differs from its start. What a cell leaves out comes from its other end or from what states the year (stated-year.ts);
 * what can be read in two ways is refused.
 */
const WIDE = ["０１２３４５６７８９：／．－～—–至到號", "0123456789:/.-~~~~~号"] as const;
/** A time, which `plain` marks: of 22:00 neither digit is a day. */
const CLOCK = "(?:上午|下午|凌晨|早上)? ?\\d{1,2}:\\d{2}(?::\\d{2})?";
const TIME = `(?: ?@(${CLOCK}))?`;
const YEAR = "(?:(\\d{4}) ?[-/.年] ?)?";
const MONTH = "(\\d{1,2}) ?[-/.月] ?";
const SPAN = `${YEAR}${MONTH}(\\d{1,2}) ?[日号]?${TIME}(?: ?([-~]) ?(?:${YEAR}(?:${MONTH})?(\\d{1,2}) ?[日号]?)?${TIME})?`;
const END = `(?:${YEAR}(?:${MONTH})?(\\d{1,2}) ?[日号]?)?${TIME}`;
/** 11-1-3 is a day of 2011 or three days, 11.1 what a spreadsheet program makes of 11.10, 12 a day or an hour. */
const UNCLEAR = "\\d{1,2}(-\\d{1,2}-|/\\d{1,2}/|\\.\\d{1,2}\\.)\\d{1,2}( .*)?|\\d{1,2}\\.[1-3]|\\d{1,2}";

/** SQL of a value that is named once and used several times. */
const bind = (value: string, as: string, sql: string) =>
  `list_transform([${value}], lambda ${as}: ${sql})[1]`;
const number = (sql: string) => `try_cast(nullif(${sql}, '') as integer)`;
const either = (sql: string, other: string) => `coalesce(nullif(${sql}, ''), (${other})::varchar)`;
const moment = (year: string, month: string, day: string, time: string) =>
  `stated(concat(${year}, '-', ${month}, '-', ${day}, if(${time} = '', '', ' ' || ${time})))`;
/** Written as a day, an end is over with that day's last second. */
const over = (sql: string, isDay: string) => `${sql} + to_seconds(if(${isDay}, 86399, 0))`;
/** An end in an earlier month is in the next year. */
const turned = (month: string, from: string) => `coalesce(${number(month)} < ${from}, false)::integer`;
/** Marks of one kind, 20点 as 20:00 with a mark before it, and no weekday behind a day. */
const plain = (cell: string) =>
  [
    ["[(（]?(周|星期|礼拜)[一二三四五六日天][)）]?", ""],
    ["(\\d) ?[点點时時](\\d{2})分?", "\\1:\\2"],
    ["(\\d) ?[点點时時]整?", "\\1:00"],
    [`(${CLOCK})`, " @\\1 "],
    [" +", " "],
  ].reduce(
    (sql, [pattern, by]) => `regexp_replace(${sql}, '${pattern}', '${by}', 'g')`,
    `translate(${cell}, '${WIDE[0]}', '${WIDE[1]}')`,
  );

/** Far from the months that a year was stated with, it may have turned. */
const knownYear = (month: string) =>
  `if(greatest(abs(${month} - option('year_from')::integer), abs(${month} - option('year_to')::integer)) > 6, null, option('year')::integer)`;

const result = (from: string, till: string, fault: string, isRange: string) =>
  `{'from_at': (${from})::timestamp, 'till': (${till})::timestamp, 'fault': (${fault})::varchar, 'is_range': ${isRange}}`;

const UNCLEAR_DAYS = result("null", "null", "'unclear_days'", "false");
const isUnclear = (cell: string) =>
  `regexp_full_match(translate(${cell}, '${WIDE[0]}', '${WIDE[1]}'), '${UNCLEAR}')`;

/** SQL of what the cell of a start says: `from_at`, `till` where it says that, `fault` where it can't be read. */
function startSpan(cell: string): string {
  const year = `coalesce(${number("p.y")}, ${number("p.y2")} - ${turned("p.m2", number("p.m"))}, ${knownYear(number("p.m"))})`;
  const from = moment("y", "p.m", "p.d", "p.t");
  const till = moment(
    `coalesce(${number("p.y2")}, y + ${turned("p.m2", number("p.m"))})`,
    either("p.m2", "p.m"),
    either("p.d2", "p.d"),
    "p.t2",
  );
  const ends = `if(p.mark = '', if(p.t = '', ${over(from, "true")}, null), ${over(till, "p.t2 = ''")})`;
  const read = bind(
    `{'a': ${from}, 'b': ${ends}}`,
    "d",
    result(
      "d.a",
      "d.b",
      "case when y is null then 'no_year' when d.a is null or (p.mark <> '' and d.b is null) then 'bad_time' end",
      "p.mark <> ''",
    ),
  );
  const parts = `regexp_extract(x, '^${SPAN}$', ['y', 'm', 'd', 't', 'mark', 'y2', 'm2', 'd2', 't2'])`;
  return `case when ${cell} is null then null
    when ${isUnclear(cell)} then ${UNCLEAR_DAYS}
    when stated(${cell}) is not null then ${result(`stated(${cell})`, `if(is_day(${cell}), ${over(`stated(${cell})`, "true")}, null)`, "null", "false")}
    else ${bind(
      `trim(${plain(cell)})`,
      "x",
      `case when regexp_full_match(x, '${SPAN}') and not regexp_matches(x, '[-~]$') then ${bind(parts, "p", bind(year, "y", read))}
       else ${result("null", "null", "'bad_time'", "false")} end`,
    )} end`;
}

/** SQL of the same of an end's cell, beside the start's. */
function endSpan(cell: string, start: string): string {
  const day = moment(
    `coalesce(${number("p.y")}, year(s) + ${turned("p.m", "month(s)")})`,
    either("p.m", "month(s)"),
    either("p.d", "day(s)"),
    "p.t",
  );
  const read = bind(day, "d", result("d", over("d", "p.t = ''"), "if(d is null, 'bad_time', null)", "false"));
  const parts = `regexp_extract(x, '^${END}$', ['y', 'm', 'd', 't'])`;
  return `case when ${cell} is null then null
    when struct_extract(${start}, 'is_range') then ${UNCLEAR_DAYS}
    when ${isUnclear(cell)} then ${UNCLEAR_DAYS}
    when stated(${cell}) is not null then ${result(`stated(${cell})`, over(`stated(${cell})`, `is_day(${cell})`), "null", "false")}
    else ${bind(
      `trim(${plain(cell)})`,
      "x",
      `case when regexp_full_match(x, '${END}') then ${bind(parts, "p", bind(`struct_extract(${start}, 'from_at')`, "s", read))}
       else ${result("null", "null", "'bad_time'", "false")} end`,
    )} end`;
}

const FAULTS = ["no_year", "unclear_days"];

/** The cell of a start or an end, read so. It is called what it was, and what it says of both ends stands beside it. */
export function spanCell(column: string, source: string, one: Cell, { lasts }: KindSpec): Cell {
  if (!lasts || (column !== lasts.from && column !== lasts.to)) return one;
  const [span, start] = [name(`${column} span`), name(`${lasts.from} span`)];
  const sql =
    column === lasts.from ? startSpan(name(column)) : bind(clockText(name(column)), "e", endSpan("e", start));
  const faults = FAULTS.map(
    (code): Problem => ({ when: `struct_extract(${span}, 'fault') = '${code}'`, code, place: source }),
  );
  const read = [
    `${sql} as ${span}`,
    `struct_extract(${span}, 'from_at') as ${name(`${column} as read`)}`,
    ...one.read.slice(1),
  ];
  return { ...one, read, problems: [...faults, ...one.problems] };
}

/** SQL of an end that may be written as a day, behind its start, or not at all: 11-10 to 11-12 is over when the 12th is. */
export function lastsTo({ lasts }: KindSpec, sources: ReadonlyMap<string, string>): string[] {
  if (!lasts || !sources.has(lasts.from)) return [];
  const till = (column: string) => `struct_extract(${name(`${column} span`)}, 'till')`;
  const [to, flag] = [name(lasts.to), name(`${lasts.to}_is_utc`)];
  if (!sources.has(lasts.to)) return [`${till(lasts.from)} as ${to}`, `false as ${flag}`];
  return [
    `coalesce(${till(lasts.to)}, ${till(lasts.from)}) as ${to}`,
    `coalesce(${name(`${lasts.to} is utc`)}, false) as ${flag}`,
  ];
}
