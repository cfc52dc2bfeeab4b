import { columns } from "../../src/kit/columns.ts";

/*
 * 企业微信客户导出 (admin console), a row per customer and the colleague who added them: a customer known to two
 * colleagues stands twice and is one. There is no id; a phone that a colleague noted is the key.
 */
export default columns({
  id: "wecom-customers",
  title: { zh: "企业微信客户导出（管理后台）", en: "WeCom customers (admin export)" },
  kind: "contact",
  columns: { name: "客户名称", phone: "手机", email: "邮箱", added_at: "添加时间", follower: "添加人账号" },
  required: ["name", "added_at", "follower"],
  derive: {
    person_id:
      "coalesce('phone:' || phone_number(phone), 'wecom-customer:' || name || ':' || coalesce(added_at, ''))",
  },
  defaults: { platform: "wecom" },
});
