import { Community, csv } from "../support/community.ts";

/** What a test camp's log holds: when (local), in which group, by whom, what. */
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

export const GROUPS = ["g1", "g2"];
const STAFF = ["boss", "helper", "lecturer"];

/** A workspace with two groups, three members and three employees, who said what is given. */
export async function camp(
  plan: string,
  sent: readonly Sent[],
  config = "jobs: { assistant: [helper], lecturer: [lecturer] }\n",
): Promise<Community> {
  const community = new Community(config);
  await community.import("members.csv", members());
  await community.import("messages.csv", messages(sent));
  await community.import("plan.yaml", plan);
  return community;
}

export function members(): string {
  const rows = GROUPS.flatMap((group_id) => [
    ...STAFF.map((id) => ({
      group_id,
      member_id: id,
      name: id,
      role: "staff",
      joined_at: "2026-10-01T00:00:00",
      left_at: "",
    })),
    ...["m1", "m2", "m3"].map((id) => ({
      group_id,
      member_id: id,
      name: `member ${id}`,
      role: "member",
      joined_at: "2026-10-05T09:00:00",
      left_at: "",
    })),
  ]);
  return csv(rows);
}

export function messages(sent: readonly Sent[]): string {
  // Both groups' logs reach from the first to the last day of the tests.
  const frame = GROUPS.flatMap((group) => [
    { at: "2026-11-01T00:00:10", group, by: "m1", text: "早" },
    { at: "2026-11-08T23:59:00", group, by: "m1", text: "晚安" },
  ]);
  return csv(
    [...frame, ...sent].map(({ at, text, group = "g1", by = "helper", ...rest }) => ({
      group_id: group,
      sender_id: by,
      sent_at: at,
      text,
      kind: "kind" in rest ? rest.kind : "text",
      reply_to: "reply_to" in rest ? rest.reply_to : "",
      mentions: "mentions" in rest ? rest.mentions : "",
      message_id: "id" in rest ? rest.id : "",
    })),
  );
}

/** step, due (local), status, minutes late, what it was known by, evidence's time. */
export async function adherence(community: Community, asOf?: string) {
  return community.query(
    `select group_id, step_id, strftime(due_local_at, '%d %H:%M') as due, status, is_due, minutes_late, matched_by, is_right_role, other_group_id
     from marts.sop_adherence order by coalesce(due_at, sent_at), group_id, step_id`,
    asOf,
  );
}
