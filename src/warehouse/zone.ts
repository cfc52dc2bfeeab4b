import { literal } from "./database.ts";

/**
 * SQL that turns a UTC timestamp into the zone's wall clock and back. A zone whose offset has not moved since 2000
 * (all of China) is plain addition: the calendar that zones with summer time need takes thirty times as long.
 */
export function zoneSql(timezone: string): { toLocal: (x: string) => string; toUtc: (x: string) => string } {
  const minutes = constantOffset(timezone);
  if (minutes !== undefined) {
    return {
      toLocal: (x) => `${x} + interval (${minutes}) minute`,
      toUtc: (x) => `${x} - interval (${minutes}) minute`,
    };
  }
  const zone = literal(timezone);
  return {
    toLocal: (x) => `timezone(${zone}, timezone('UTC', ${x}))`,
    toUtc: (x) => `timezone('UTC', timezone(${zone}, ${x}))`,
  };
}

/** Minutes east of UTC where that never changed between 2000 and 2049. */
function constantOffset(timezone: string): number | undefined {
  const format = new Intl.DateTimeFormat("en", { timeZone: timezone, timeZoneName: "longOffset" });
  const seen = new Set<string>();
  for (let month = 0; month < 600; month++) {
    const parts = format.formatToParts(Date.UTC(2000, month, 1));
    seen.add(parts.find(({ type }) => type === "timeZoneName")?.value ?? "");
    if (seen.size > 1) return undefined;
  }
  const [, sign = "+", hours = "0", minutes = "0"] =
    /GMT(?:([+-])(\d+):(\d+))?/.exec([...seen].join("")) ?? [];
  return (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
}
