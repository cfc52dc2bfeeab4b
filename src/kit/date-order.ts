import { UserError } from "./errors.ts";
import type { DateOrder, ReadOptions } from "./importer.ts";
import type { Text } from "./say.ts";

const NAMES: Readonly<Record<DateOrder, Text>> = {
  ymd: { zh: "年/月/日", en: "year/month/day" },
  dmy: { zh: "日/月/年", en: "day/month/year" },
  mdy: { zh: "月/日/年", en: "month/day/year" },
};

interface Found {
  order: DateOrder;
  why: Text;
}

const because = (order: DateOrder, zh: string, en: string): Found => ({
  order,
  why: { zh: `日期按 ${NAMES[order].zh} 读：${zh}`, en: `Dates read as ${NAMES[order].en}: ${en}` },
});

/** Three numbers of a date in an order. Years of two digits are of this century. */
export function ordered(
  parts: readonly number[],
  order: DateOrder,
): [year: number, month: number, day: number] {
  const [a = 0, b = 0, c = 0] = parts;
  if (order === "ymd") return [full(a), b, c];
  return order === "dmy" ? [full(c), b, a] : [full(c), a, b];
}

function full(year: number): number {
  return year < 100 ? 2000 + year : year;
}

/**
 * Finds the order of a file's dates from all of them: `add` each, then ask. A field over 12 is a day; else a log's order is
 * that in which time runs forward, and a table's, which may be sorted in any way, that which has no day after `latest`.
 * What both allow is asked, never guessed.
 */
export class DateOrderFinder {
  /** Of a table: YYYYMMDD of the last day there can be, or null where days to come are as good as any. */
  readonly #latestDay: number | null | undefined;
  #future: Record<"dmy" | "mdy", string | undefined> = { dmy: undefined, mdy: undefined };
  #yearFirst: string | undefined;
  #over12: Record<"dmy" | "mdy", string | undefined> = { dmy: undefined, mdy: undefined };
  #back = { dmy: 0, mdy: 0 };
  #last = { dmy: 0, mdy: 0 };
  #first: string | undefined;
  #latest: string | undefined;

  constructor(latestDay?: number | null) {
    this.#latestDay = latestDay;
  }

  add(date: string): void {
    // A day's messages say nothing new.
    if (date === this.#latest) return;
    this.#latest = date;
    this.#first ??= date;
    const parts = date.split(/[-/.]\s?/).map(Number);
    const [a = 0, b = 0] = parts;
    if (a > 31) this.#yearFirst ??= date;
    else if (a > 12) this.#over12.dmy ??= date;
    else if (b > 12) this.#over12.mdy ??= date;
    for (const order of ["dmy", "mdy"] as const) {
      const [year, month, day] = ordered(parts, order);
      const at = (year * 100 + month) * 100 + day;
      if (this.#latestDay && at > this.#latestDay) this.#future[order] ??= date;
      if (at < this.#last[order]) this.#back[order]++;
      this.#last[order] = at;
    }
  }

  /** The order that the dates themselves show, and why; undefined where they leave it open. */
  get found(): Found | undefined {
    if (this.#yearFirst)
      return because("ymd", `${this.#yearFirst} 以年份开头`, `${this.#yearFirst} begins with a year`);
    const { dmy, mdy } = this.#over12;
    if (dmy && !mdy) return because("dmy", `${dmy} 只能这样读`, `${dmy} has no other reading`);
    if (mdy && !dmy) return because("mdy", `${mdy} 只能这样读`, `${mdy} has no other reading`);
    const { dmy: isLater, mdy: isLaterToo } = this.#future;
    if (!dmy && !mdy && Boolean(isLater) !== Boolean(isLaterToo)) {
      const day = isLater ?? isLaterToo ?? "";
      return because(
        isLater ? "mdy" : "dmy",
        `反过来读，${day} 还没有到`,
        `the other way ${day} would be yet to come`,
      );
    }
    const isLog = this.#latestDay === undefined;
    if (
      isLog &&
      !dmy &&
      !mdy &&
      this.#back.dmy !== this.#back.mdy &&
      Math.min(this.#back.dmy, this.#back.mdy) === 0
    ) {
      const order = this.#back.dmy === 0 ? "dmy" : "mdy";
      const other = this.#back[order === "dmy" ? "mdy" : "dmy"];
      return because(
        order,
        `反过来读时间会倒退 ${other} 次`,
        `the other way time would run backwards ${other} times`,
      );
    }
    return undefined;
  }

  /** @throws UserError where the file leaves it open, naming the option that settles it. */
  order({ dateOrder }: Pick<ReadOptions, "dateOrder">, name: string): Found {
    if (dateOrder) return because(dateOrder, "由 --date-order 指定", "said by --date-order");
    const { found } = this;
    if (found) return found;
    const { dmy, mdy } = this.#over12;
    // Both in one file, as of two tables pasted into one, is no order.
    const shown = dmy && mdy ? `${dmy}, ${mdy}` : (this.#first ?? "");
    throw new UserError(
      {
        zh: `${name} 的日期有两种读法：${shown} 可以是 日/月，也可以是 月/日`,
        en: `The dates of ${name} can be read in two ways: ${shown} may be day/month or month/day`,
      },
      {
        hint: {
          zh: "用 --date-order dmy（日/月/年）或 --date-order mdy（月/日/年）说明。",
          en: "Say --date-order dmy (day/month/year) or --date-order mdy (month/day/year).",
        },
      },
    );
  }
}
