import type { IdentityDecision } from "../state/identity.ts";
import { createTable } from "./create-table.ts";
import type { Database } from "./database.ts";

/** `config.identity_decisions`: what the operator said of pairs of keys, at most one row a pair. */
export async function createDecisions(
  database: Database,
  decisions: readonly IdentityDecision[],
): Promise<void> {
  await createTable(
    database,
    "config.identity_decisions",
    {
      decision: "varchar",
      kind: "varchar",
      left_key: "varchar",
      right_key: "varchar",
      group_id: "varchar",
    },
    decisions.map(({ decision, kind, leftKey, rightKey, groupId }) => ({
      decision,
      kind,
      left_key: leftKey,
      right_key: rightKey,
      group_id: groupId,
    })),
  );
}
