import { columns } from "../../src/kit/columns.ts";

/*
 * Member lists of Discord bots, in two forms: `username,display_name,id,bot,joined_at,roles` and
 * `id,name,nickname,…,roles,top_role`. Roles are joined by `;` or `|`; ids exceed 2^53. The list names no server:
 * --group does, else the file's name.
 */
export default columns({
  id: "discord-members",
  title: { zh: "Discord 成员列表", en: "Discord member list" },
  kind: "member",
  columns: {
    member_id: "id",
    shown: ["display_name", "nickname"],
    handle: ["username", "name"],
    role: "bot",
    joined_at: "joined_at",
    level: "roles",
  },
  required: ["member_id", "joined_at", "level"],
  values: { role: { true: "bot", false: "member", "1": "bot", "0": "member" } },
  derive: { name: "coalesce(shown, handle)", group_id: "option('file_group')" },
  idPrefix: "discord:",
});
