import type { State } from "../state/state.ts";

/** Who may sign in and who did what: an account's name is no customer's, and the lines of the audit hang together. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  users: ["name", "array_to_string(groups, ' ')"],
  audit: ["made_by", "detail"],
  suggestion_steps: ["made_by"],
  label_corrections: ["corrected_by"],
  identity_decisions: ["decided_by", "undone_by"],
};

/** Whether a text like this stands in one of them. */
export async function isInAccounts(state: State, pattern: string): Promise<boolean> {
  return state.read(async (database) => {
    for (const [table, columns] of Object.entries(KEPT)) {
      const any = columns
        .map((column) => `coalesce(regexp_matches(${column}, $pattern), false)`)
        .join(" or ");
      const { named } = await database.one(`select coalesce(bool_or(${any}), false) as named from ${table}`, {
        pattern,
      });
      if (named === true) return true;
    }
    return false;
  });
}
