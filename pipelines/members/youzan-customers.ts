import { columns } from "../../src/kit/columns.ts";

/** 有赞客户导出: who bought, known by phone. A masked phone is none: such a customer is kept by name and links nobody. */
export default columns({
  id: "youzan-customers",
  title: { zh: "有赞客户导出", en: "Youzan customers export" },
  kind: "contact",
  columns: { phone: "客户手机号", nick: "客户昵称", given: "客户姓名" },
  required: ["phone", "nick"],
  marks: ["消费次数", "成为客户时间"],
  derive: {
    name: "coalesce(nick, given)",
    person_id:
      "coalesce('phone:' || phone_number(phone), 'youzan-customer:' || coalesce(nick, given, phone))",
  },
  defaults: { platform: "youzan" },
});
