import { UserError } from "../kit/errors.ts";
import type { Row } from "../warehouse/rows.ts";
import { maskName } from "./mask.ts";
import type { DormantRow, Review, SegmentStock } from "./types.ts";

const SEGMENTS = ["new", "dormant", "repeat", "active", "quiet"];

/** Every segment with its members, also where nobody is in one. @param rows of sql/queries/segment_stock. */
export function stocks(rows: readonly Row[]): Review["segments"]["stock"] {
  return SEGMENTS.map((segment) => {
    const row = rows.find((one) => one["segment"] === segment);
    const persons = (side: string) => (row?.[side] === null ? null : Number(row?.[side] ?? 0));
    return { segment, persons: persons("persons"), previous: persons("previous") };
  });
}

/** Names of the lists that there are: a list for each segment, and one of those who left. */
export function listNames(stock: readonly Pick<SegmentStock, "segment">[]): string[] {
  return [...stock.map(({ segment }) => segment), "left"];
}

/** @throws UserError for a list that there is not. */
export function assertList(stock: readonly Pick<SegmentStock, "segment">[], segment: string): void {
  const known = listNames(stock);
  if (known.includes(segment)) return;
  throw new UserError(
    { zh: `没有这个分层：${segment}`, en: `There is no segment ${segment}` },
    { hint: { zh: `可用：${known.join("、")}`, en: `Available: ${known.join(", ")}` } },
  );
}

/** Rows of a list that a review carries; the rest is asked for where it is shown. */
export const LISTED = 200;
/** Rows for a page of the week, which shows the first of them and what ten are worth. */
export const LISTED_ON_PAGE = 20;

/** The wake-up list of a review: how many by why they are silent, and the most valuable of them. */
export function dormantOf(counts: readonly Row[], rows: readonly Row[]): Review["dormant"] {
  const why = Object.fromEntries(counts.map((row) => [String(row["why"]), Number(row["persons"])]));
  const total = Object.values(why).reduce((sum, persons) => sum + persons, 0);
  return { total, why, rows: rows.map((row) => masked(toListed(row))) };
}

/** The same with no more of the names than their ends: what a review, its JSON and its reports may say of people. */
export function masked<T extends Pick<DormantRow, "name" | "owner">>(row: T): T {
  return { ...row, name: maskName(row.name), owner: row.owner === "" ? "" : maskName(row.owner) };
}

/** A row of sql/queries/segment_list. */
export function toListed(row: Row): DormantRow {
  const text = (name: string) => (row[name] === null || row[name] === undefined ? null : String(row[name]));
  const number = (name: string) => (row[name] === null || row[name] === undefined ? null : Number(row[name]));
  return {
    personId: text("person_id") ?? "",
    name: text("name") ?? "",
    groups: Array.isArray(row["groups"]) ? row["groups"].map(String) : [],
    why: text("why") ?? "",
    daysSilent: number("days_silent"),
    lastSpoke: text("last_message_at"),
    lastOrder: text("last_order_day"),
    orders: number("orders"),
    value: number("value"),
    alive: number("p_alive"),
    daysSinceOrder: number("days_since_order"),
    overdueAfter: number("overdue_after"),
    rfm: text("rfm"),
    level: text("level"),
    scene: text("suggested_scene") ?? "",
    owner: text("owner") ?? "",
    addressed: Number(row["addressed_30d"]),
    lastAddressed: text("last_addressed_at"),
    holdout: typeof row["is_holdout"] === "boolean" ? row["is_holdout"] : null,
  };
}

/** The same for a table whose cells hold one value each: groups one behind the other. */
export function inCells(row: DormantRow): Omit<DormantRow, "groups"> & { groups: string } {
  return { ...row, groups: row.groups.join("、") };
}

/** Those with one reason, and in a group whose name holds some words. @param q part of a group's name. */
export function filtered(
  rows: readonly DormantRow[],
  { why, q }: { why: string | null; q: string },
): DormantRow[] {
  const wanted = q.trim().toLowerCase();
  const isIn = ({ groups }: DormantRow) => groups.some((name) => name.toLowerCase().includes(wanted));
  return rows.filter((row) => (why === null || row.why === why) && (wanted === "" || isIn(row)));
}
