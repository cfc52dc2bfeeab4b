import type { IdentityDecision } from "../state/identity.ts";
import type { Database } from "./database.ts";

/** `config.identity_decisions`: what the operator said of pairs of keys, at most one row a pair. */
export async function createDecisions(
  database: Database,
  decisions: readonly IdentityDecision[],
): Promise<void> {
  await database.run(
    "create or replace table config.identity_decisions (decision varchar, kind varchar, left_key varchar, right_key varchar, group_id varchar)",
  );
  for (const { decision, kind, leftKey, rightKey, groupId } of decisions) {
    await database.run(
      "insert into config.identity_decisions values ($decision, $kind, $leftKey, $rightKey, $groupId)",
      { decision, kind, leftKey, rightKey, groupId },
    );
  }
}
