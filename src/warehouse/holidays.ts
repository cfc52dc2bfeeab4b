import chineseDays from "chinese-days";
import type { Config } from "../config.ts";
import { type Database, literal } from "./database.ts";

interface Holiday {
  day: string;
  id: string;
  zh: string;
  en: string;
  /** official list of the State Council, or worked out from the calendar where that year's list is not known yet */
  basis: "official" | "derived";
}

/** Festivals that follow the moon: month and day of the lunar calendar. */
const LUNAR: Readonly<Record<string, string>> = {
  spring_festival: "01-01",
  dragon_boat_festival: "05-05",
  mid_autumn_festival: "08-15",
};

/** The lunar calendar is known to here. */
const LAST_LUNAR_YEAR = 2100;

/**
 * `config.holidays`: public holidays of the years a review can reach, one row per day off (days worked in exchange are
 * left out). Without them no sales festival of China either. A year without an official list gets its holidays from the lunar calendar.
 */
export async function createHolidays(database: Database, config: Config, asOf: string): Promise<void> {
  await database.run(
    "create or replace table config.holidays (day date, id varchar, title_zh varchar, title_en varchar, basis varchar, own_day date)",
  );
  const year = Number(asOf.slice(0, 4));
  const first = Math.max(2004, year - Math.ceil(config.history.maxWeeks / 52) - 1);
  const last = Math.min(year + 1, LAST_LUNAR_YEAR);
  const isChina = (config.holidays ?? (config.country === "CN" ? "china" : "none")) === "china";
  const rows: string[] = [];
  for (let at = first; at <= last && isChina; at++) {
    // The day of what follows the moon, whether or not anybody closes on it: shops count from the lunar new year.
    const ownDay = (id: string) => {
      const lunar = LUNAR[id];
      return lunar ? `date ${literal(chineseDays.getSolarDateFromLunar(`${at}-${lunar}`).date)}` : "null";
    };
    for (const { day, id, zh, en, basis } of holidaysOf(at)) {
      rows.push(`(${[day, id, zh, en, basis].map(literal).join(", ")}, ${ownDay(id)})`);
    }
  }
  if (rows.length > 0) await database.run(`insert into config.holidays values ${rows.join(", ")}`);
}

/** The days off of one year, in order. */
export function holidaysOf(year: number): Holiday[] {
  const days: Holiday[] = [];
  for (let at = Date.UTC(year, 0, 1); at <= Date.UTC(year, 11, 31); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    const { name, work } = chineseDays.getDayDetail(day);
    const [en = "", zh] = name.split(",");
    if (!work && zh) days.push({ day, id: idOf(en), zh, en, basis: "official" });
  }
  return days.length > 0 ? days : derived(year);
}

function derived(year: number): Holiday[] {
  const lunar = (id: string) => chineseDays.getSolarDateFromLunar(`${year}-${LUNAR[id]}`).date;
  const run = (from: string, days: number, zh: string, en: string): Holiday[] =>
    Array.from({ length: days }, (_, at) => ({
      day: new Date(Date.parse(`${from}T00:00:00Z`) + at * 86_400_000).toISOString().slice(0, 10),
      id: idOf(en),
      zh,
      en,
      basis: "derived",
    }));
  return [
    ...run(`${year}-01-01`, 1, "元旦", "New Year's Day"),
    ...run(shift(lunar("spring_festival"), -1), 8, "春节", "Spring Festival"),
    ...run(chineseDays.getSolarTermDate(year, 4, "pure_brightness"), 1, "清明", "Tomb-sweeping Day"),
    ...run(`${year}-05-01`, 5, "劳动节", "Labour Day"),
    ...run(lunar("dragon_boat_festival"), 1, "端午", "Dragon Boat Festival"),
    ...run(lunar("mid_autumn_festival"), 1, "中秋", "Mid-autumn Festival"),
    ...run(`${year}-10-01`, 7, "国庆节", "National Day"),
  ];
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function idOf(en: string): string {
  return (en.toLowerCase().match(/[a-z]+/g) ?? []).join("_");
}
