import { guessed } from "../../src/kit/columns.ts";
import { fact, hasColumns } from "../../src/kit/evidence.ts";
import type { Evidence, Head } from "../../src/kit/importer.ts";

/*
 * Any list of contacts, or of people who want no messages, whose columns tell by their names what they are. A guess, which
 * gives way to every format that is known: something that is one person's (account, phone, e-mail, unionid) and a name or a
 * word of opting out. With a column of groups, joining, orders, messages or questions it is another list, and so is one
 * that is called a group's members.
 */
const ID = [
  ...[
    "微信号",
    "微信ID",
    "微信账号",
    "微信帳號",
    "微信號",
    "wxid",
    "wechat id",
    "wechat",
    "账号",
    "账户",
    "account",
  ],
  ...["客户ID", "用户ID", "外部联系人ID", "external_userid", "user id", "userid", "customer id"],
];
const QQ = ["QQ号", "QQ", "QQ号码"];
const MOBILE = [
  ...[
    "手机号",
    "手机号码",
    "手机",
    "移动电话",
    "手機",
    "手機號碼",
    "mobile",
    "mobile phone",
    "mobile number",
  ],
  ...["cell", "cell phone", "cellphone", "phone", "phone number", "phone 1 - value"],
];
const TELEPHONE = ["电话", "电话号码", "联系电话", "联系手机", "電話", "聯絡電話", "tel", "telephone"];
const EMAIL = [
  ...[
    "邮箱",
    "邮箱地址",
    "电子邮箱",
    "电子邮件",
    "邮件",
    "電子郵件",
    "電子信箱",
    "email",
    "email address",
    "mail",
  ],
  "e-mail 1 - value",
];
const UNIONID = ["unionid", "微信unionid"];

const NICK = [
  ...["昵称", "微信昵称", "微信名", "微信名称", "网名", "客户昵称", "用户昵称", "暱稱", "微信暱稱"],
  ...["nickname", "nick", "nick name", "wechat name", "display name", "screen name"],
];
const FULL = [
  ...["姓名", "名字", "真实姓名", "名称", "称呼", "联系人", "联系人姓名", "客户", "客户姓名", "客户名称"],
  ...["用户姓名", "用户名", "聯絡人", "name", "full name", "customer name", "contact name"],
];
const REMARK = ["备注名", "微信备注", "备注昵称", "備註名", "remark name"];
const GIVEN = ["first name", "given name"];
const FAMILY = ["last name", "family name", "surname"];
const OPTED_OUT = [
  ...[
    "退订",
    "已退订",
    "是否退订",
    "退订时间",
    "退订日期",
    "退订状态",
    "不再联系",
    "不要联系",
    "请勿联系",
    "勿联系",
  ],
  ...[
    "别联系",
    "不想被联系",
    "不想联系",
    "不想被打扰",
    "不想收消息",
    "不想收到消息",
    "拒绝联系",
    "拒绝打扰",
    "拒绝",
  ],
  ...[
    "拒绝时间",
    "拒收",
    "拒收时间",
    "是否拒收",
    "勿扰",
    "免打扰",
    "请勿打扰",
    "黑名单",
    "拉黑",
    "退訂",
    "退訂時間",
  ],
  ...["opt out", "opted out", "opt-out date", "opted out at", "opted out on", "unsubscribe", "unsubscribed"],
  ...[
    "unsubscribed at",
    "unsubscribed on",
    "unsubscribe date",
    "unsubscribe_time",
    "do not contact",
    "do not disturb",
  ],
  ...["dnd", "dnc", "no_contact"],
];

const OF_OTHERS = new RegExp(
  [
    "群|入会|加入|^joined|^join|^group|^room",
    "订单|单号|金额|价|付款|支付|实付|应付|消费|合计|商品|货品|产品|数量|件数|份数|规格|sku|amount|price|paid|^total|order|quantity|^qty|product|^items?$",
    "^内容$|消息内容|^消息$|发送时间|^content$|^message$|^text$|^body$|sent.?at",
    "[？?]|提交时间|答题|submitted",
    "^开始|^结束|^活动|^start|^end|^event|话术|文案|步骤|动作",
  ].join("|"),
  "i",
);
const OF_MEMBERS = /群|成员|member/i;
const OF_CONTACTS = /通讯录|通訊錄|联系|聯絡|客户|顾客|好友|contact|customer|address.?book/i;
/** What a list is called in which everybody stands who wants no messages. */
const LIST_OF_OPTED_OUT =
  "(?:^|[^未非])(?:(?:退订|拒收|拒绝联系|勿扰|免打扰|不再联系|不想被联系)(?:的)?(?:名单|列表|用户|客户|人员|人)|黑名单)|opt(?:ed)?[ _-]?outs?|^unsubscribe[ds]?|do[ _-]?not[ _-]?contact";

function matches(head: Head): Evidence {
  const keys = [...ID, ...QQ, ...MOBILE, ...TELEPHONE, ...EMAIL, ...UNIONID];
  const names = [...NICK, ...FULL, ...REMARK, ...GIVEN, ...OPTED_OUT];
  const known = hasColumns(head, [keys, names]);
  const at = known.headerRow ?? 0;
  const isOther = (head.rows[at] ?? []).some((name) => OF_OTHERS.test(name));
  const titles = [head.name.replace(/\.[^.]+$/, ""), ...head.rows.slice(0, at).flat()];
  const isOptOut = titles.some((one) => new RegExp(LIST_OF_OPTED_OUT, "i").test(one));
  const isMembers =
    !isOptOut && titles.some((one) => OF_MEMBERS.test(one)) && !titles.some((one) => OF_CONTACTS.test(one));
  const missing = [
    ...known.missing,
    ...(isOther
      ? [fact("没有群、入群时间、订单、消息等列", "no columns of groups, joining, orders or messages")]
      : []),
    ...(isMembers ? [fact("名字不像群成员名单", "no name of a list of a group's members")] : []),
  ];
  return { ...known, missing, isFallback: true };
}

/** SQL: a phone that may be somebody's, however it is written; one that is masked or has lost its digits is nobody's. */
const whole = (phone: string) =>
  `case when regexp_matches(${phone}, '[*＊xX]|[eE]\\+') or length(regexp_replace(${phone}, '\\D', '', 'g')) < 7 then null else ${phone} end`;
const PHONE = `coalesce(${whole("phone")}, ${whole("telephone")}, if(phone_number(person_id) is null, null, person_id))`;

const table = guessed([], {
  id: "contact-table",
  title: {
    zh: "其他通讯录、退订名单（按列名识别）",
    en: "Other contact and opt-out lists (by column names)",
  },
  kind: "contact",
  columns: {
    person_id: ID,
    qq: QQ,
    phone: MOBILE,
    telephone: TELEPHONE,
    email: EMAIL,
    unionid: UNIONID,
    nick: NICK,
    full_name: FULL,
    remark: REMARK,
    given: GIVEN,
    family: FAMILY,
    opted_out: OPTED_OUT,
  },
  required: [],
  derive: {
    name: "coalesce(nick, full_name, nullif(concat_ws(' ', given, family), ''), remark)",
    // The macro knows the numbers that nearly all are; any other is told from its neighbours as it is written, and linked once it is read.
    person_id: `coalesce(person_id, 'qq:' || qq, 'phone:' || phone_number(${PHONE}), if(contains(email, '@'), 'email:' || lower(email), null), 'unionid:' || unionid, 'contact:' || ${PHONE})`,
    phone: `coalesce(${PHONE}, phone, telephone)`,
    email: "if(contains(email, '@'), email, null)",
    is_opt_out_list: `regexp_matches(option('stem'), '(?i)${LIST_OF_OPTED_OUT}')`,
  },
});

export default { ...table, matches };
