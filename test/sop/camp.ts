import { csv } from "../support/community.ts";

/** What a log holds: when (local), in which group, by whom, what. */
export interface Sent {
  at: string;
  text: string;
  group?: string;
  by?: string;
  kind?: string;
  reply_to?: string;
  mentions?: string;
  id?: string;
}

/** Who works in the test groups, as fupan.yaml says it; everyone else who speaks is a member. */
export const CONFIG = "staff: [boss]\njobs: { assistant: [helper], lecturer: [lecturer] }\n";

/** Messages as a file that can be imported. Every group's log reaches from the first to the last day of the tests. */
export function messages(sent: readonly Sent[]): string {
  const groups = [...new Set(sent.map(({ group = "g1" }) => group))];
  const frame = groups.flatMap((group): Sent[] => [
    { at: "2026-10-19T00:00:10", group, by: "m1", text: "早" },
    { at: "2026-11-08T23:59:00", group, by: "m1", text: "晚安" },
  ]);
  return csv(
    [...frame, ...sent].map(
      ({ at, text, group = "g1", by = "helper", kind = "text", reply_to = "", mentions = "", id = "" }) => ({
        group_id: group,
        sender_id: by,
        sent_at: at,
        text,
        kind,
        reply_to,
        mentions,
        message_id: id,
      }),
    ),
  );
}
