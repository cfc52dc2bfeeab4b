import { createHash } from "node:crypto";
import { userInfo } from "node:os";
import { type AuditEntry, audit } from "../state/audit.ts";
import type { State } from "../state/state.ts";
import type { Context } from "./context.ts";

/** Who sits at the shell. A container may run as a number that no name belongs to. */
export function callerName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? "?"}`;
  }
}

/** A line of the audit about what a command does with people. @param detail never a value of a person. */
export function auditLineOf({ effects }: Context, action: string, detail: object): AuditEntry {
  return {
    at: effects.now().toISOString(),
    who: callerName(),
    action,
    detail: JSON.stringify(detail),
  };
}

/**
 * Before a list of people or what is held about one leaves through the command line, as on the pages: which, how many
 * rows, and the hash by which the file can be known again. What can't be written down does not leave.
 */
export async function auditExport(
  context: Context,
  state: State,
  what: object,
  content: string | Buffer | { sha256: string },
): Promise<void> {
  const sha256 =
    typeof content === "string" || Buffer.isBuffer(content)
      ? createHash("sha256").update(content).digest("hex")
      : content.sha256;
  await audit(state, auditLineOf(context, "export", { ...what, sha256 }));
}
