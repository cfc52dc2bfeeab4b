import { columns } from "../../src/kit/columns.ts";

// Who is who: names, phones and unionids of ids that the other files only mention.
export default columns({
  id: "fupan-contacts",
  title: { zh: "复盘通讯录", en: "Fupan contacts table" },
  kind: "contact",
  columns: {
    person_id: "person_key",
    name: "name",
    phone: "phone",
    unionid: "unionid",
    platform: "platform",
    alias_of: "alias_of",
    opted_out: "opted_out",
  },
  keepExtra: true,
});
