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
/** 次日, which `plain` writes so. */
const NEXT = "(?: ?(\\+))?";
const SPAN = `${YEAR}${MONTH}(\\d{1,2}) ?[日号]?${TIME}(?: ?([-~]) ?(?:${YEAR}(?:${MONTH})?(\\d{1,2}) ?[日号]?)?${NEXT}${TIME})?`;
const END = `(?:${YEAR}(?:${MONTH})?(\\d{1,2}) ?[日号]?)?${NEXT}${TIME}`;
/** Hours behind several days: of each of them, or from the first to the last. */
const DAILY = `${YEAR}${MONTH}\\d{1,2} ?[日号]? ?[-~] ?${YEAR}(?:${MONTH})?\\d{1,2} ?[日号]? ?@${CLOCK} ?[-~] ?@${CLOCK}`;
const WEEKDAY = "^(?:每|本|这|下|上)?(?:周|星期|礼拜)[一二三四五六日天末]";
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
/** What is over at night: an end between midnight and six, of what begins in the evening, is on the next day. */
const overnight = (end: string, from: string, day: string, time: string) =>
  `${end} + to_days(if(p.next = '+' or (${day} = '' and ${time} <> '' and ${end} < ${from} and hour(${from}) >= 18 and hour(${end}) <= 6), 1, 0))`;

const EVENING = "(?:晚上|傍晚|晚) ?";
/** 晚上12点 is the end of a day or its begin, and stays unread. */
const LATE = "(0?[5-9]|1[01])(:\\d{2})";
/**
 * Marks of one kind, 20点 as 20:00 with a mark before it, no weekday behind a day and nothing of a whole day. Of 晚上8点-10点 both
 * are in the evening.
 */
const plain = (cell: string) =>
  [
    ["[\\r\\n]+", " "],
    ["([日号\\d]) ?(?:一?整天|全天)$", "\\1"],
    ["([点點时時分\\d整]) ?(?:起|开始|开播)$", "\\1"],
    ["(?:次日|翌日|第二天|隔天) ?(?:凌晨|早上)? ?", "+"],
    ["[(（]?(周|星期|礼拜)[一二三四五六日天][)）]?", ""],
    ["(\\d) ?[点點时時](\\d{2})分?", "\\1:\\2"],
    ["(\\d) ?[点點时時]半", "\\1:30"],
    ["(\\d) ?[点點时時]整?", "\\1:00"],
    ["下午 ?(\\d{1,2}:\\d{2} ?[-~] ?)(0?[1-9]:|1[01]:)", "下午\\1下午\\2"],
    [`${EVENING}${LATE}( ?[-~] ?)${LATE}`, "下午\\1\\2\\3下午\\4\\5"],
    [`${EVENING}${LATE}`, "下午\\1\\2"],
    [`(?:${EVENING}|下午 ?)(1[3-9]:|2[0-3]:)`, "\\1"],
    ["中午 ?(1[12]:)", "\\1"],
    ["中午 ?([1-3]:)", "下午\\1"],
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
  const night = overnight("e.b", "e.a", "p.d2", "p.t2");
  const ends = `if(p.mark = '', if(p.t = '', ${over("e.a", "true")}, null), ${over(night, "p.t2 = ''")})`;
  const read = bind(
    bind(`{'a': ${from}, 'b': if(p.mark = '', null, ${till})}`, "e", `{'a': e.a, 'b': ${ends}}`),
    "d",
    result(
      "d.a",
      "d.b",
      "case when y is null then 'no_year' when d.a is null or (p.mark <> '' and d.b is null) then 'bad_time' end",
      "p.mark <> ''",
    ),
  );
  const parts = `regexp_extract(x, '^${SPAN}$', ['y', 'm', 'd', 't', 'mark', 'y2', 'm2', 'd2', 'next', 't2'])`;
  return `case when ${cell} is null then null
    when ${isUnclear(cell)} then ${UNCLEAR_DAYS}
    when stated(${cell}) is not null then ${result(`stated(${cell})`, `if(is_day(${cell}), ${over(`stated(${cell})`, "true")}, null)`, "null", "false")}
    else ${bind(
      `trim(${plain(cell)})`,
      "x",
      `case when regexp_full_match(x, '${SPAN}') and not regexp_matches(x, '[-~]$') then ${bind(parts, "p", bind(year, "y", read))}
       else ${result("null", "null", `case when regexp_full_match(x, '${DAILY}') then 'daily_hours' when regexp_matches(${cell}, '${WEEKDAY}') then 'weekday_only' else 'bad_time' end`, "false")} end`,
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
  const read = bind(
    bind(day, "e", overnight("e", "s", "p.d", "p.t")),
    "d",
    result("d", over("d", "p.t = ''"), "if(d is null, 'bad_time', null)", "false"),
  );
  const parts = `regexp_extract(x, '^${END}$', ['y', 'm', 'd', 'next', 't'])`;
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

const FAULTS = ["no_year", "unclear_days", "weekday_only", "daily_hours"];

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
  // Whether a year is lacking is said by the span, which knows the day from its hours.
  const others = one.problems.filter(({ code }) => code !== "no_year");
  return { ...one, read, problems: [...faults, ...others] };
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
