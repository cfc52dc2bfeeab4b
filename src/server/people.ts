import { maskName } from "../review/mask.ts";
import type { Generation } from "../review/source.ts";
import { type IdentityDecision, listIdentityDecisions } from "../state/identity.ts";
import type { State } from "../state/state.ts";
import type { Row } from "../warehouse/rows.ts";
import { type Account, accountsBySuggestion, day, text } from "./accounts.ts";
import { currentUser } from "./auth/access.ts";

/** Two keys that may be one person, as a page may show them: no key, and no more of the name than the role allows. */
export interface Pair {
  id: string;
  kind: string;
  status: "pending" | "accepted" | "rejected";
  name: string | null;
  group: string | null;
  orders: number;
  /** In the workspace's currency. */
  amount: number;
  firstOrder: string | null;
  lastOrder: string | null;
  /** What differs between two ids on one phone. */
  differs: ("name" | "membership" | "platform")[];
  decidedBy: string | null;
  /** Whether the generation has what was decided. */
  isCounted: boolean;
  /** The accounts it is about, the one asked about first. */
  accounts: Account[];
}

/** What is behind a pair, for deciding on it. */
export type Keys = Pick<IdentityDecision, "kind" | "leftKey" | "rightKey" | "groupId">;

/** Suggestions of the generation with the decisions that hold now, which the generation may not know yet. */
export async function pairsOf(
  generation: Generation,
  state: State | undefined,
): Promise<{ pair: Pair; keys: Keys }[]> {
  const rows = await generation.query("identity_suggestions", { status: "*" });
  const accounts = await accountsBySuggestion(generation);
  const decisions = state ? await listIdentityDecisions(state) : [];
  const byPair = new Map(decisions.map((one) => [`${one.leftKey} ${one.rightKey}`, one]));
  return rows.flatMap((row) => {
    const keys = {
      kind: String(row["kind"]),
      leftKey: String(row["left_key"]),
      rightKey: String(row["right_key"]),
      groupId: text(row["group_id"]),
    };
    const decision = byPair.get(`${keys.leftKey} ${keys.rightKey}`);
    // A decision that was taken back since then is open again.
    const isAsked = row["is_asked"] === true || row["status"] !== "pending";
    return isAsked || decision ? [{ keys, pair: pairOf(row, decision, accounts) }] : [];
  });
}

function pairOf(
  row: Row,
  decision: IdentityDecision | undefined,
  accounts: ReadonlyMap<string, Account[]>,
): Pair {
  const name = text(row["name"]);
  const status =
    decision === undefined ? "pending" : decision.decision === "accept" ? "accepted" : "rejected";
  return {
    id: String(row["suggestion_id"]),
    kind: String(row["kind"]),
    status,
    name: name === null || maySeeNames() ? name : maskName(name),
    group: text(row["group_name"]),
    orders: Number(row["orders"]),
    amount: Number(row["net_amount"]),
    firstOrder: day(row["first_order_on"]),
    lastOrder: day(row["last_order_on"]),
    differs: (["name", "membership", "platform"] as const).filter((one) => row[`differs_${one}`] === true),
    decidedBy: decision?.decidedBy ?? null,
    isCounted: row["status"] === status,
    accounts: accounts.get(String(row["suggestion_id"])) ?? [],
  };
}

/** Whoever decides must know whom: admins and operators who signed in. On a page without users names stay masked. */
function maySeeNames(): boolean {
  const role = currentUser()?.role;
  return role === "admin" || role === "operator";
}
