import { parse } from "node:path";

/**
 * When an export was made, as its name says: `…201903121048.csv`, `…20261123T090000.json` (wall clock), or an
 * epoch in seconds in front (`1791430000_x.csv`, an instant). Undefined when the name holds no plausible time.
 */
export function asOfFromName(name: string): string | undefined {
  const epoch = /^(1[5-9]\d{8}|2[0-4]\d{8})[_.-]/.exec(name)?.[1];
  if (epoch) return new Date(Number(epoch) * 1000).toISOString();
  const digits =
    /(?<!\d)(20\d\d)-?(\d\d)-?(\d\d)[T_ -]?([01]\d|2[0-3])[-:]?([0-5]\d)[-:]?([0-5]\d)?(?!\d)/.exec(name);
  if (!digits) return undefined;
  const [, year, month, day, hour, minute, second] = digits;
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second ?? "00"}`;
  return Number.isNaN(Date.parse(`${text}Z`)) ? undefined : text;
}

const EXPORTED =
  /(?:导出|生成|下载|export(?:ed)?)\s{0,4}(?:时间|日期|于|at|on|time|date)?\s{0,4}[:：]?\s{0,4}(20\d\d)[-/.年](\d\d?)[-/.月](\d\d?)日?[T ]{1,4}(\d\d?):(\d\d)(?::(\d\d))?/giu;

/** The same as the rows above a table's header say: `导出时间：2026-11-05 10:00:00`. Undefined where two of them differ. */
export function asOfFromTitle(rows: readonly (readonly string[])[]): string | undefined {
  const stated = rows.flatMap((row) =>
    [...row.join(" ").matchAll(EXPORTED)].map(([, year, month = "", day = "", hour = "", minute, second]) => {
      const [m, d, h] = [month, day, hour].map((one) => one.padStart(2, "0"));
      return `${year}-${m}-${d}T${h}:${minute}:${second ?? "00"}`;
    }),
  );
  const [one, ...others] = new Set(stated);
  return one === undefined || others.length > 0 || Number.isNaN(Date.parse(`${one}Z`)) ? undefined : one;
}

/** A file's name without the time of the export, so that two exports of one group are of one group. */
export function withoutTime(stem: string): string {
  const rest = stem
    .replace(/^(1[5-9]\d{8}|2[0-4]\d{8})[_.-]/, "")
    .replace(/[_ -]?(?<!\d)20\d\d-?\d\d-?\d\d(?:[T_ -]?\d\d[-:]?\d\d(?:[-:]?\d\d)?)?(?!\d)/, "");
  return rest === "" ? stem : rest;
}

/** What the name of a list of members says beside the group's: 茶友群成员名单. */
const OF_MEMBERS = /[_\s-]*(?:成员(?:名单|列表|表|导出)?|名单)$/u;

/** The group that a list of members is named after. */
export function groupOfList(stem: string): string {
  const dated = withoutTime(stem);
  const rest = dated.replace(OF_MEMBERS, "");
  return rest === "" ? dated : rest;
}

/** What every export calls its log: it says nothing of the chat, the name of the archive or folder around it does. */
export function isCommonName(own: string): boolean {
  return /^_?chat\.txt$|^result\.json$|^messages\.json$/i.test(own);
}

/** A file by the archive it came out of and its name, which an archive of one log lends to that. */
export function withinArchive(shown: string | undefined, name: string): string {
  return shown === undefined ? name : `${shown.slice(0, shown.lastIndexOf("/") + 1)}${name}`;
}

/** What rejected records are handed back as: the file's own name, with the batch in which they were refused. */
export function rejectsName(name: string, batch: string): string {
  const { dir, name: stem, ext } = parse(name);
  return `${dir === "" ? "" : `${dir}/`}${stem}.rejects-${batch.slice(0, 8)}${ext}`;
}

/** The name without that, and the beginning of the batch's; whoever saves a file twice gets a (1) behind it. */
export function ownName(name: string): { name: string; batch?: string } {
  const found = /\.rejects-([0-9a-f]{8})(?: ?[(（]\d+[)）])?(?=\.[^.]+$|$)/.exec(name);
  const [mark, batch] = found ?? [];
  return mark === undefined || batch === undefined ? { name } : { name: name.replace(mark, ""), batch };
}
