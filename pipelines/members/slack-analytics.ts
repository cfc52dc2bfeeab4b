import { columns } from "../../src/kit/columns.ts";

/** Slack's member analytics: known by e-mail, with the day (UTC) on which the account was made. */
export default columns({
  id: "slack-analytics",
  title: { zh: "Slack 成员分析表", en: "Slack member analytics" },
  kind: "member",
  columns: {
    mail: "Email",
    name: "Name",
    role: "Account type",
    created: "Account created (UTC)",
  },
  required: ["mail", "created", "role"],
  values: {
    role: { member: "member", admin: "staff", owner: "staff", bot: "bot", deactivated: "deactivated" },
  },
  otherwise: { role: "member" },
  derive: {
    member_id: "lower(mail)",
    email: "mail",
    joined_at: "strftime(stated(created), '%Y-%m-%dT%H:%M:%SZ')",
    group_id: "option('file_group')",
  },
  idPrefix: "email:",
});
