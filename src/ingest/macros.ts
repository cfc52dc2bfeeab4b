import { createHash } from "node:crypto";
import { zoneSql } from "../warehouse/zone.ts";
import { CELL_ERROR, ERRORS } from "./cell-errors.ts";
import { slashedMacro } from "./slashed-dates.ts";

const WIDE = "０１２３４５６７８９＋";

/** SQL of the blank characters that exports put around cells. */
const BLANKS = ["' '", "chr(9)", "chr(13)", "chr(10)", "chr(12288)", "chr(65279)", "chr(160)"];

/** Times as `plain_time` leaves them, and two that it does not touch: Youzan's own and the English of members' lists. */
const FORMATS = [
  "%Y-%m-%d %H:%M:%S",
  "%Y-%m-%d %H:%M",
  "%Y-%m-%d",
  "%Y-%m-%d %p %I:%M:%S",
  "%Y-%m-%d %p %I:%M",
  "%Y-%m-%d %I:%M:%S %p",
  "%Y-%m-%d %I:%M %p",
  "%Y%m%d%H%M%S",
  "%Y年-%m月-%d日 %H::%M::%S",
  "%b %d, %Y",
  "%b %d, %Y %I:%M %p",
];

/**
 * More than a trillion is no amount but a number of another column (an order's, a phone's), and sums of such numbers would
 * not fit what sums of money are kept in.
 */
const AMOUNT = "decimal(14, 2)";

/** Currencies that are written with these signs, as lists of SQL (ISO 4217). */
const USES_DOLLAR =
  "['USD', 'HKD', 'TWD', 'SGD', 'AUD', 'CAD', 'NZD', 'MOP', 'MXN', 'CLP', 'COP', 'ARS', 'BRL']";
const USES_YEN = "['CNY', 'JPY']";

/**
 * SQL macros that every import may use. `person_key` is HMAC-SHA-256 under the workspace's secret, so that
 * the facts carry no id, phone or name that a list of all phone numbers could reveal. 72 bits are kept, written
 * as 12 letters: DuckDB holds such a text in place, which makes every join by person cheaper, and among ten
 * million people two share a key with a chance of one in 10^8.
 */
export function macros(secret: string, timezone: string): string[] {
  const key = createHash("sha256").update(secret).digest();
  const pad = (byte: number) => Buffer.alloc(64, byte).map((value, at) => value ^ (key[at] ?? 0));
  const inner = Buffer.from(pad(0x36)).toString("hex");
  const outer = Buffer.from(pad(0x5c)).toString("hex");
  return [
    `create or replace macro person_key(x) as translate(to_base64(unhex(left(sha256(unhex('${outer}') || unhex(sha256(unhex('${inner}') || encode(x)))), 18))), '+/', '-_')`,
    // Blank characters that exports put around cells, the apostrophe of spreadsheet programs, ="…", and the backtick that
    // bills of WeChat Pay put before each number.
    // All errors of a spreadsheet program are one. What begins with a letter or a digit and ends with no blank is clean: comparing takes a seventh of trimming.
    `create or replace macro cleaned(x) as case
       when (x >= '0' and x < ':' or x >= 'A' and x < '[' or x >= 'a' and x < '{' or x >= '一' and x < '龦') and not (${BLANKS.map((blank) => `suffix(x, ${blank})`).join(" or ")}) then x
       when x >= '#' and x < '$' and regexp_full_match(rtrim(x), '${ERRORS}') then '${CELL_ERROR}'
       else nullif(trim(if(starts_with(x, '="') and ends_with(x, '"'), x[3:-2], ltrim(if(x >= '\`0' and x < '\`:', x[2:], x), '''')), ${BLANKS.join(" || ")}), '') end`,
    // 10 digits are epoch seconds and 13 milliseconds: both are instants. So is what databases write: 09:05:00+08, 09:05:00 UTC. 20:00-22:00 lasts two hours.
    `create or replace macro is_epoch(x) as length(x) in (10, 13) and regexp_full_match(x, '[0-9]+')`,
    `create or replace macro has_offset(x) as case when x like '____-__-_____:__:__' then false else is_epoch(x) or (not regexp_matches(x, '[^T\\d:]\\d{1,2}:\\d{2} ?[-~—–至到] ?\\d{1,2}:\\d{2}$') and regexp_matches(x, '\\d ?(Z|UTC|GMT|[+-]\\d{2}:?\\d{2})$|:\\d{2}(\\.\\d+)?[+-]\\d{2}$') and strpos(x, ':') > 0) end`,
    dayZeroMacro(false),
    slashedMacro(),
    // What people and spreadsheet programs write in a hundred ways, in few: full-width digits, 2026年11月16日, 15时04分,
    // and the half of the day in front as in 下午 3:04.
    `create or replace macro plain_time(x) as trim(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
       translate(upper(x), '０１２３４５６７８９：－／．　时点時分', '0123456789:-/. ::::'),
       '^(\\d{4})(?:[-/.年] ?(\\d{1,2})[-/.月] ?(\\d{1,2})日?|(\\d{2})(\\d{2})$) *', '\\1-\\2\\4-\\3\\5 '),
       '上午|凌晨|早上|AM', ' AM '), '下午|PM', ' PM '), '[ 秒]+|:$', ' ', 'g'))`,
    // Nearly every export writes 2026-11-16 20:03:11: those need none of the patterns.
    `create or replace macro stated(x) as case
       when x like '____-__-__ __:__:__' or x like '____-__-__T__:__:__' then try_cast(x as timestamp)
       when is_epoch(x) then make_timestamp(x::bigint * if(length(x) = 10, 1000000, 1000))
       when has_offset(x) then try_cast(regexp_replace(regexp_replace(regexp_replace(x, ' ?(UTC|GMT)$', 'Z'), ' ?([+-]\\d{2}):?(\\d{2})$', '\\1:\\2'), '([T ]\\d{2}:\\d{2})(Z|[+-].*)$', '\\1:00\\2') as timestamptz) at time zone 'UTC'
       when regexp_full_match(x, '[2-6]\\d{4}(\\.\\d+)?') then day_zero() + to_microseconds((x::double * 86400)::bigint * 1000000)
       else coalesce(try_cast(x as timestamp), try_strptime(plain_time(x), [${FORMATS.map((one) => `'${one}'`).join(", ")}]), slashed(x)) end`,
    // A day and no time of it, which stated() takes for its midnight.
    `create or replace macro is_day(x) as not has_offset(x) and stated(x) = date_trunc('day', stated(x)) and not regexp_matches(x, '[:：时時点點]|^\\d{14}$')`,
    toUtcMacro(timezone),
    // Line ends and invisible direction marks differ between exporters. `contains` is ten times as fast as the
    // pattern, and nearly no text has them.
    `create or replace macro normal_text(x) as rtrim(if(${["13", "8206", "8207", "8234", "8296"].map((code) => `contains(x, chr(${code}))`).join(" or ")},
       regexp_replace(x, '[\\r\\x{200e}\\x{200f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]', '', 'g'), x))`,
    // Mainland numbers with or without +86, others in international form; a masked number is none.
    // Nearly all are eleven digits, which need no pattern. A spreadsheet's 13800000001.0 and full-width digits come last.
    `create or replace macro phone_number(x) as case
       when length(x) = 11 and x >= '13' and x < '2' and translate(x, '0123456789', '') = '' then '+86' || x
       when regexp_full_match(regexp_replace(x, '[^0-9+]', '', 'g'), '(\\+?86)?1[3-9]\\d{9}') and not contains(x, '*') then '+86' || right(regexp_replace(x, '[^0-9]', '', 'g'), 11)
       when regexp_full_match(regexp_replace(x, '[^0-9+]', '', 'g'), '\\+\\d{8,15}') and not contains(x, '*') and not starts_with(regexp_replace(x, '[^0-9+]', '', 'g'), '+86') then regexp_replace(x, '[^0-9+]', '', 'g')
       when regexp_full_match(translate(x, '${WIDE}', '0123456789+'), '\\s*(\\+?86)?\\s*1[3-9]\\d{9}(\\.0+)?\\s*')
         then '+86' || right(regexp_replace(regexp_replace(translate(x, '${WIDE}', '0123456789+'), '\\.0+\\s*$', ''), '[^0-9]', '', 'g'), 11) end`,
    // As tables of their own name them; anything else is a code already (ISO 4217). Not `in`: a long one is a join.
    `create or replace macro currency_code(x) as case
       when list_contains(['RMB', 'CNH', '人民币', '元', '¥', '￥'], upper(x)) then 'CNY'
       when list_contains(['$', 'US$', '美元'], upper(x)) then 'USD' when x in ('港币', '港元') then 'HKD'
       when x in ('新台币', '台币') then 'TWD' when x = '日元' then 'JPY' when x = '欧元' then 'EUR' else upper(x) end`,
    // $5.00 is five yuan in no table; what a row's own column says, or else the workspace, has to use the sign.
    `create or replace macro of_other_currency(x, currency) as case
       when contains(x, '$') then not list_contains(${USES_DOLLAR}, currency)
       when contains(x, '¥') or contains(x, '￥') then not list_contains(${USES_YEN}, currency) else false end`,
    `create or replace macro grouped(x) as if(regexp_full_match(x, '[+-]?(\\d*|\\d{1,3}([, ]\\d{2,3})*[, ]\\d{3})(\\.\\d*)?'),
       try_cast(regexp_replace(x, '[, ]', '', 'g') as ${AMOUNT})::decimal(18, 2), null)`,
    // 1,200 pieces: thousands are told apart as in amounts.
    `create or replace macro number_of(x) as case when try_cast(x as double) is not null then try_cast(x as double) else grouped(x)::double end`,
    // Plain numbers need no pattern; in a coalesce the engine would take what both branches share out of it and compute
    // the patterns for every row, which took eighteen times as long. Some exports put a word behind the amount: 69.20(满减：10). A comma separates
    // thousands or nothing: 12,50 and 1.234,50 are decimals of another country, not 1250 and not 1.23.
    `create or replace macro money(x) as case when try_cast(x as ${AMOUNT}) is not null then try_cast(x as ${AMOUNT})::decimal(18, 2) else grouped(trim(regexp_replace(
       regexp_replace(translate(x, '０１２３４５６７８９．，', '0123456789.,'), '[(（].*$', ''), '[¥￥元$]|[\\x{a0}\\x{3000}]', '', 'g'))) end`,
  ];
}

/** `day_zero()`: the day from which the numbers of a workbook count. Those of old Macs count from 1904. */
export function dayZeroMacro(isFrom1904: boolean): string {
  return `create or replace macro day_zero() as timestamp '${isFrom1904 ? "1904-01-01" : "1899-12-30"}'`;
}

/** `to_utc(x, is_utc)`: a wall time of the zone as UTC. */
export function toUtcMacro(timezone: string): string {
  return `create or replace macro to_utc(x, is_utc) as if(is_utc, x, ${zoneSql(timezone).toUtc("x")})`;
}
