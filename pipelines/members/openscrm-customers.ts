import { columns } from "../../src/kit/columns.ts";

/** OpenSCRM customers: a title with the time of the export, then the header. The phone is the key, where there is one. */
export default columns({
  id: "openscrm-customers",
  title: { zh: "OpenSCRM 客户导出", en: "OpenSCRM customers" },
  kind: "contact",
  columns: { name: "客户名称", phone: "电话", added_at: "添加时间", follower: "添加人" },
  required: ["name", "added_at", "follower"],
  marks: ["流失状态", "添加渠道"],
  derive: {
    person_id:
      "coalesce('phone:' || phone_number(phone), 'openscrm-customer:' || name || ':' || coalesce(added_at, ''))",
  },
  defaults: { platform: "wecom" },
});
