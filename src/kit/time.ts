/**
 * A stated wall-clock time as ISO 8601 without a zone: `2016-07-19 9:05:12`, with `AM` / `PM` apart.
 * Undefined when there is no such moment on the calendar. Never goes through Date's local zone.
 */
export function wallClock(stated: string, half?: string): string | undefined {
  const found = /^(\d{4})-(\d{1,2})-(\d{1,2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(stated);
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, stated24 = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => Number(part || 0));
  const hour = half === undefined ? stated24 : (stated24 % 12) + (half === "PM" ? 12 : 0);
  const instant = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const text = `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
  return instant.toISOString().startsWith(text) ? text : undefined;
}

/** The last millisecond of the year 9999: what lies beyond is no time that anybody meant. */
const LAST = 253_402_300_799_999;

/** Epoch seconds as an instant in ISO 8601; undefined for what is no number or beyond the year 9999. */
export function epochSeconds(value: unknown): string | undefined {
  const millis = typeof value === "number" || typeof value === "string" ? Number(value) * 1000 : Number.NaN;
  return millis >= 0 && millis <= LAST ? new Date(millis).toISOString() : undefined;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}
