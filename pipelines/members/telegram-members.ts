import { columns } from "../../src/kit/columns.ts";

/** Telegram member lists of the common scripts; two names of the header begin with a blank. There is no join date. */
export default columns({
  id: "telegram-members",
  title: { zh: "Telegram 成员列表", en: "Telegram member list" },
  kind: "member",
  columns: {
    id: "user id",
    shown: "name",
    handle: "username",
    group_id: "group id",
    group_name: "group",
  },
  required: ["id", "group_id"],
  marks: ["access hash"],
  // The chat export calls the same person user123.
  derive: { member_id: "'user' || id", name: "coalesce(shown, handle)" },
  idPrefix: "telegram:",
});
