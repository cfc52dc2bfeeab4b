import type { Text } from "../kit/say.ts";
import type { Generation } from "../review/source.ts";
import type { Row } from "../warehouse/rows.ts";

/** One of the accounts that may be one person. Its name is masked whoever looks. */
export interface Account {
  name: string | null;
  /** Where it is from, as its list says, and as people call it. */
  platform: string | null;
  place: Text | null;
  groups: string[];
  joined: string | null;
  orders: number;
  amount: number;
  lastOrder: string | null;
}

/** The accounts of each suggestion, the one asked about first. */
export async function accountsBySuggestion(generation: Generation): Promise<Map<string, Account[]>> {
  const accounts = new Map<string, Account[]>();
  for (const row of await generation.query("identity_accounts", {})) {
    const of = String(row["suggestion_id"]);
    accounts.set(of, [...(accounts.get(of) ?? []), accountOf(row)]);
  }
  return accounts;
}

function accountOf(row: Row): Account {
  return {
    name: text(row["name"]),
    platform: text(row["platform"]),
    place:
      row["platform"] === null ? null : { zh: String(row["platform_zh"]), en: String(row["platform_en"]) },
    groups: Array.isArray(row["groups"]) ? row["groups"].map(String) : [],
    joined: day(row["joined_on"]),
    orders: Number(row["orders"]),
    amount: Number(row["net_amount"]),
    lastOrder: day(row["last_order_on"]),
  };
}

/** The day of a date or a time. */
export function day(value: unknown): string | null {
  return text(value)?.slice(0, 10) ?? null;
}

export function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
