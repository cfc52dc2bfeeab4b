import { columns } from "../../src/kit/columns.ts";

/** Slack's list of members (manage members). There is no join date; a deactivated account is no member. */
export default columns({
  id: "slack-members",
  title: { zh: "Slack 成员列表", en: "Slack member list" },
  kind: "member",
  columns: {
    member_id: "userid",
    email: "email",
    role: "status",
    shown: "displayname",
    full_name: "fullname",
    handle: "username",
  },
  required: ["member_id", "role"],
  marks: ["billing-active"],
  values: {
    role: {
      member: "member",
      admin: "staff",
      owner: "staff",
      "primary owner": "staff",
      bot: "bot",
      deactivated: "deactivated",
    },
  },
  otherwise: { role: "member" },
  derive: {
    name: "coalesce(shown, full_name, handle)",
    group_id: "option('file_group')",
  },
  idPrefix: "slack:",
});
