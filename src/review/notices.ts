import type { Row } from "../warehouse/rows.ts";

/** What may be doubtful in the data, from different marts: each tells code, severity, zh, en and href. */
const NOTICES = [
  "quality",
  "other_currency",
  "silent_logs",
  "unknown_people",
  "unknown_groups",
  "twin_groups",
  "orders_twice",
  "refunds_astray",
] as const;

/** @param query asks one of the catalogue by its name. */
export async function notices(query: (name: string) => Promise<Row[]>): Promise<Row[]> {
  return (await Promise.all(NOTICES.map(query))).flat();
}
