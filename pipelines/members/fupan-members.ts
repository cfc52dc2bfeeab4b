import { columns } from "../../src/kit/columns.ts";

// With left_at it is the full history; with snapshot_at (or --as-of) and no left_at, who was there at that moment.
export default columns({
  id: "fupan-members",
  title: { zh: "复盘成员表", en: "Fupan members table" },
  kind: "member",
  columns: {
    group_id: "group_id",
    group_name: "group_name",
    member_id: "member_id",
    name: "name",
    role: "role",
    level: "level",
    level_at: "level_at",
    joined_at: "joined_at",
    left_at: "left_at",
    leave_kind: "leave_kind",
    inviter_id: "inviter_id",
    source: "source",
    phone: "phone",
    unionid: "unionid",
    snapshot_at: "snapshot_at",
  },
  // A table of groups has group_id and name, too.
  required: ["group_id", "member_id"],
  keepExtra: true,
});
