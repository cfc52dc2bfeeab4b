import type { Config } from "../config.ts";
import type { Limits } from "./lint/checks.ts";

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** The numbers a plan of a kind of group is held against: handbook defaults, overridden in fupan.yaml. */
export function limitsOf({ sop }: Pick<Config, "sop">, kind: string | undefined): Limits {
  return {
    opens: minutesOf(sop.opens),
    closes: minutesOf(sop.closes),
    adsPerWeek: (kind === undefined ? undefined : sop.adsPerWeekOf[kind]) ?? sop.adsPerWeek,
    atAllHours: sop.atAllHours,
    textLength: sop.textLength,
    similarity: 0.9,
    groupsPerAssistant: sop.groupsPerAssistant,
    campDays: sop.campDays,
    noticeMinutes: 30,
    sendsPerMinute: sop.sendsPerMinute,
    sendsPerDay: sop.sendsPerDay,
  };
}
