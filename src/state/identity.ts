import type { Database } from "../warehouse/database.ts";
import type { State } from "./state.ts";

/** Two keys that are one person or are not, as the operator said. Keys are hashes: no name or number is stored. */
export interface IdentityDecision {
  id: number;
  decision: "accept" | "reject";
  kind: string;
  leftKey: string;
  rightKey: string;
  groupId: string | null;
  decidedBy: string;
  /** UTC. */
  decidedAt: string;
}

/** Decisions that hold now, oldest first: of several on one pair the last one. */
export async function listIdentityDecisions(state: State): Promise<IdentityDecision[]> {
  return state.read(standing);
}

/** A later decision on the same pair replaces the earlier one. */
export async function decideIdentity(
  state: State,
  pairs: readonly Pick<IdentityDecision, "kind" | "leftKey" | "rightKey" | "groupId">[],
  decision: IdentityDecision["decision"],
  by: { who: string; at: Date },
): Promise<void> {
  await state.write(async (database) => {
    for (const pair of pairs) {
      await takeBack(database, pair.leftKey, pair.rightKey, by);
      await database.run(
        `insert into identity_decisions (decision, kind, left_key, right_key, group_id, decided_by, decided_at)
         values ($decision, $kind, $leftKey, $rightKey, $groupId, $who, $at::timestamp)`,
        { ...pair, decision, who: by.who, at: utc(by.at) },
      );
    }
  });
}

/** Takes the decision on a pair back, or the last one taken. @returns the pair, null when there is none. */
export async function undoIdentity(
  state: State,
  pair: { leftKey: string; rightKey: string } | null,
  by: { who: string; at: Date },
): Promise<IdentityDecision | null> {
  return state.write(async (database) => {
    const list = await standing(database);
    const found = pair
      ? list.find(({ leftKey, rightKey }) => leftKey === pair.leftKey && rightKey === pair.rightKey)
      : list.at(-1);
    if (!found) return null;
    await takeBack(database, found.leftKey, found.rightKey, by);
    return found;
  });
}

async function standing(database: Database): Promise<IdentityDecision[]> {
  const rows = await database.all(
    "select * from identity_decisions where undone_at is null order by decision_id",
  );
  return rows.map((row) => ({
    id: Number(row["decision_id"]),
    decision: row["decision"] === "accept" ? "accept" : "reject",
    kind: String(row["kind"]),
    leftKey: String(row["left_key"]),
    rightKey: String(row["right_key"]),
    groupId: row["group_id"] === null ? null : String(row["group_id"]),
    decidedBy: String(row["decided_by"]),
    decidedAt: String(row["decided_at"]),
  }));
}

async function takeBack(
  database: Database,
  left: string,
  right: string,
  { who, at }: { who: string; at: Date },
) {
  await database.run(
    `update identity_decisions set undone_by = $who, undone_at = $at::timestamp
     where left_key = $left and right_key = $right and undone_at is null`,
    { left, right, who, at: utc(at) },
  );
}

function utc(date: Date): string {
  return date.toISOString().replace("Z", "");
}
