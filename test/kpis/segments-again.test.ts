import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/*
 * Segments, their moves, why somebody is dormant and RFM, worked out once more by plain loops from the definitions, over
 * a random community: members of several groups, who come back, who buy before they join, orders that are paid back.
 */
const DAY = 86_400_000;
const WEEKS = 14;
/** Local midnights are numbers as if they were UTC. */
const END = Date.UTC(2026, 10, 23);
const START = END - WEEKS * 7 * DAY;
let state = 20_261_123;
const random = () => {
  state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
  return state / 2_147_483_648;
};
const between = (from: number, to: number) => from + Math.floor(random() * ((to - from) / 60_000)) * 60_000;
const text = (at: number) => new Date(at).toISOString().slice(0, 19).replace("T", " ");

interface Stay {
  group: string;
  from: number;
  to: number;
}
interface Person {
  id: string;
  stays: Stay[];
  said: { group: string; at: number }[];
  bought: { at: number; amount: number; isBack: boolean }[];
}

function somebody(at: number): Person {
  const stays: Stay[] = [];
  for (const group of ["a", "b", "c"]) {
    if (group !== "a" && random() < 0.6) continue;
    // Some stays begin or end exactly as a week does.
    const begins = random() < 0.2 ? START + Math.floor(random() * WEEKS) * 7 * DAY : between(START, END);
    const ends =
      random() < 0.5
        ? Number.POSITIVE_INFINITY
        : random() < 0.2
          ? begins + 7 * DAY * 3 - ((begins - START) % (7 * DAY))
          : between(begins + 3_600_000, END + 10 * DAY);
    stays.push({ group, from: begins, to: ends < END ? ends : Number.POSITIVE_INFINITY });
    const back = ends + 2 * DAY;
    if (ends < END && back < END && random() < 0.3)
      stays.push({ group, from: back, to: Number.POSITIVE_INFINITY });
  }
  const said = stays.flatMap(({ group, from, to }) =>
    Array.from({ length: random() < 0.4 ? 0 : Math.floor(random() * 5) }, () => ({
      group,
      at: between(from, Math.min(to, END, from + 40 * DAY)),
    })).filter((one) => one.at > from && one.at < Math.min(to, END)),
  );
  const bought = Array.from({ length: random() < 0.5 ? 0 : Math.floor(random() * 5) }, () => ({
    at: between(START - 100 * DAY, END),
    amount: 10 + Math.floor(random() * 3) * 10,
    isBack: random() < 0.15,
  }));
  return { id: `m${at}`, stays, said, bought };
}
const PEOPLE = Array.from({ length: 400 }, (_, at) => somebody(at));
const days = (person: Person, until: number) =>
  [
    ...new Set(
      person.bought
        .filter((one) => !one.isBack && one.at < until)
        .map(({ at }) => Math.floor(at / DAY) * DAY),
    ),
  ].sort((one, two) => one - two);
const spoke = (person: Person, until: number) =>
  Math.max(...person.said.filter(({ at }) => at < until).map(({ at }) => at));
const isMember = ({ stays }: Person, at: number) => stays.some(({ from, to }) => from < at && to >= at);
const firstJoin = ({ stays }: Person) => Math.min(...stays.map(({ from }) => from));

/** metrics.md 4, in its words: the first that fits. */
function segmentAt(person: Person, end: number): string {
  if (!isMember(person, end)) return "left";
  const joined = firstJoin(person);
  const lastWord = spoke(person, end);
  const purchases = days(person, end);
  const lastDay = purchases.at(-1) ?? Number.NEGATIVE_INFINITY;
  if (joined >= end - 7 * DAY) return "new";
  if (joined <= end - 30 * DAY && lastWord < end - 30 * DAY && lastDay < end - 30 * DAY) return "dormant";
  if (purchases.filter((day) => day >= end - 180 * DAY).length >= 2) return "repeat";
  return lastWord >= end - 7 * DAY || lastDay >= end - 7 * DAY ? "active" : "quiet";
}
const weekEnd = (week: number) => START + (week + 1) * 7 * DAY;
const weeks = Array.from({ length: WEEKS }, (_, week) => week);
const dateOf = (week: number) => text(START + week * 7 * DAY).slice(0, 10);
function tally(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

const community = new Community("rfm: { recency: quintiles, frequency: quintiles, monetary: quintiles }\n");
let database: Database;
beforeAll(async () => {
  await community.import(
    "members.csv",
    csv([
      ...PEOPLE.flatMap(({ id, stays }) =>
        stays.map(({ group, from, to }) => ({
          group_id: group,
          member_id: id,
          joined_at: text(from),
          left_at: to < END ? text(to) : "",
        })),
      ),
      { group_id: "a", member_id: "boss", joined_at: text(START - 99 * DAY), left_at: "", role: "staff" },
    ]),
  );
  await community.import(
    "messages.csv",
    csv([
      ...["a", "b", "c"].map((group_id) => ({
        group_id,
        sender_id: "boss",
        sent_at: text(START + 1000),
        text: "开群",
      })),
      ...PEOPLE.flatMap(({ id, said }) =>
        said.map(({ group, at }, nth) => ({
          group_id: group,
          sender_id: id,
          sent_at: text(at),
          text: `第 ${nth} 句`,
        })),
      ),
    ]),
  );
  await community.import(
    "orders.csv",
    csv(
      PEOPLE.flatMap(({ id, bought }) =>
        bought.map(({ at, amount, isBack }, nth) => ({
          order_id: `${id}-${nth}`,
          buyer_id: id,
          created_at: text(at),
          paid_at: text(at),
          status: "paid",
          amount,
          refunded: isBack ? amount : 0,
        })),
      ),
    ),
  );
  const generation = await community.build(`${text(END).replace(" ", "T")}`);
  database = await Database.open(generationPath(community.workspace.marts, generation), { readOnly: true });
}, 60_000);
afterAll(() => {
  database.close();
  community.remove();
});

describe("over a random community", () => {
  test.each(weeks)("week %i: stocks and moves", async (week) => {
    const end = weekEnd(week);
    const [now, before] = [PEOPLE, PEOPLE].map((people, at) =>
      people.map((person) => segmentAt(person, end - at * 7 * DAY)),
    );
    const stock = await database.all(
      `select segment, count(*)::integer as n from marts.person_weeks where week = '${dateOf(week)}' and segment <> 'left' group by all`,
    );
    expect(Object.fromEntries(stock.map((row) => [row["segment"], row["n"]]))).toEqual(
      tally((now ?? []).filter((one) => one !== "left")),
    );
    if (week === 0) return;
    const moves = PEOPLE.flatMap((person, at) => {
      const from = before?.[at] === "left" ? "none" : before?.[at];
      const to = now?.[at];
      const wasHere = person.stays.some((stay) => stay.from < end && stay.to >= end - 7 * DAY);
      return wasHere &&
        (from !== "none" || person.stays.some((stay) => stay.from < end && stay.to > end - 7 * DAY))
        ? [`${from} → ${to}`]
        : [];
    });
    const flows = await database.all(
      `select "from", "to", persons::integer as n from marts.segment_flows where week = '${dateOf(week)}'`,
    );
    expect(Object.fromEntries(flows.map((row) => [`${row["from"]} → ${row["to"]}`, row["n"]]))).toEqual(
      tally(moves),
    );
  });

  test("dormant: why, for how long, who bought what; frozen as it was in each week", async () => {
    for (const week of [6, 10, 13]) {
      const end = weekEnd(week);
      const rows = await runQuery(database, readCatalog(SQL_ROOT), "segment_list", { week: dateOf(week) });
      const wanted = PEOPLE.filter((person) => segmentAt(person, end) === "dormant").map((person) => {
        const purchases = days(person, end);
        const lastWord = spoke(person, end);
        const last = Math.max(lastWord, purchases.at(-1) ?? Number.NEGATIVE_INFINITY);
        const why = purchases.length > 0 ? "lapsed_buyer" : lastWord > 0 ? "went_silent" : "never_spoke";
        const valid = person.bought.filter((one) => !one.isBack && one.at < end);
        const spent = valid.reduce((sum, { amount }) => sum + amount, 0);
        const silent = Number.isFinite(last) ? Math.floor(end / DAY) - Math.floor(last / DAY) : null;
        return `${why} ${silent} ${valid.length} ${spent}`;
      });
      const found = rows.map((row) => `${row["why"]} ${row["days_silent"]} ${row["orders"]} ${row["value"]}`);
      expect(tally(found)).toEqual(tally(wanted));
      expect(wanted.length).toBeGreaterThan(20);
    }
  });

  test("RFM by quintiles: equal values have equal scores, by the middle of their ranks", async () => {
    const buyers = PEOPLE.flatMap((person) => {
      const purchases = days(person, END);
      const last = purchases.at(-1);
      const spent = person.bought.filter((one) => !one.isBack).reduce((sum, { amount }) => sum + amount, 0);
      return last === undefined ? [] : [[-(END - last) / DAY, purchases.length, spent]];
    });
    const score = (axis: number, value: number) => {
      const all = buyers.map((one) => one[axis] ?? 0);
      const less = all.filter((one) => one < value).length;
      const middle = less + 1 + (all.filter((one) => one === value).length - 1) / 2;
      return Math.min(5, Math.ceil((5 * (middle - 0.5)) / all.length));
    };
    const wanted = buyers.map((values) => values.map((value, axis) => score(axis, value)).join(""));
    const rows = await database.all(`select rfm from marts.rfm where week = '${dateOf(WEEKS - 1)}'`);
    expect(tally(rows.map(({ rfm }) => String(rfm)))).toEqual(tally(wanted));
  });
});
