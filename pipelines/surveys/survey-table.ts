import { fact } from "../../src/kit/evidence.ts";
import type { Evidence, Head, ImportRecord } from "../../src/kit/importer.ts";
import { rowsImporter } from "../../src/kit/importer.ts";
import { answersIn, asksWhyLeft, isAsked, NUMBERED, questionsOf } from "./shared/asked.ts";
import { withoutPhones } from "./shared/wenjuanxing.ts";

/*
 * Any survey with a row per answer sheet and a column per question, as 腾讯文档, 飞书 and Google Forms export their forms and
 * people type them. A guess, which gives way to every format that is known: a time of submitting beside a question, or any
 * day beside the question why somebody left. Who answered is known by id, phone or name, and none of these is an answer.
 */
const SUBMITTED = [
  ...[
    "提交时间",
    "提交日期",
    "完成时间",
    "完成日期",
    "填写时间",
    "答题时间",
    "结束答题时间",
    "回答时间",
    "时间戳记",
    "时间戳",
  ],
  ...["timestamp", "submitted at", "submission time", "completion time"],
];
const ANY_DAY = ["时间", "日期", "date", "time"];
const ID = ["微信号", "wxid", "成员ID", "会员ID", "用户ID", "user id", "member id"];
const GROUP = ["群", "群名", "群名称", "群聊", "所在群", "所属群", "您所在的群", "group", "group name"];
const NUMBER = ["编号", "序号", "答卷编号", "答题序号", "答卷序号", "id", "no", "#"];
const NAME =
  /^(?:请(?:问|填写|输入))?(?:您|你)?的?(?:微信|群内|群里|群|真实)?(?:昵称|姓名|称呼|微信名|名字)(?:是|是什么|叫什么)?$|^(?:提交|填写|答题|回答)[人者]$|^(?:your )?(?:nick)?name$/i;
const PHONE = /(?:手机|电话|联系方式|phone|mobile)[^？?]{0,7}$/i;
/** What a form says of the sheet is no answer to any question, and what is private is not kept. */
const ABOUT =
  /时长|用时|耗时|^来源|IP|浏览器|设备|地区|开始(?:答题)?时间|openid|unionid|username|start time/i;
/** Of 腾讯问卷, 金数据 and Microsoft Forms, as they are called there alone: 您用的语言 is a question. */
const OF_FORM =
  /^(?:语言|清洗数据结果|智能清洗数据无效概率|地理位置.{1,6}|用户类型|用户标识|自定义字段|UA|Referrer|(?:最后)?(?:修改|更新)时间|操作系统|扩展属性|last modified time|language)$/i;
const PRIVATE = /^.{0,8}(?:邮箱|电子邮件|身份证|住址|地址|QQ).{0,3}$|^(?:your )?e-?mail(?: address)?$/i;
/** Lists of members and of orders may hold a reason of leaving, too. */
const OTHER_LISTS = /入群|进群|加入时间|退群时间|离群时间|订单|金额|价格|^内容$|joined|order|amount/i;

/** A title without its number, what stands behind it in brackets (自动, 必填) and its question mark. */
const bare = (name: string) =>
  name
    .replace(NUMBERED, "")
    .replace(/\s*[（(][^（()）]*[)）]\s*$/, "")
    .replace(/[？?]$/, "")
    .replace(/[\s_]+/g, " ")
    .trim();
const among = (names: readonly string[], name: string) =>
  names.some((one) => one.toLowerCase() === bare(name).toLowerCase());
const isKnown = (name: string) =>
  among([...SUBMITTED, ...ANY_DAY, ...ID, ...GROUP, ...NUMBER], name) ||
  NAME.test(bare(name)) ||
  PHONE.test(bare(name));
const isLeftOut = (name: string) =>
  (!isAsked(name) && ABOUT.test(name)) || OF_FORM.test(bare(name)) || PRIVATE.test(bare(name));
const isQuestion = (name: string) => name !== "" && !isKnown(name) && !isLeftOut(name);

function matches({ rows }: Head): Evidence {
  const none = {
    time: fact("提交时间一列", "a column of the time of submitting"),
    question: fact("一列问题（为什么退群？）", "a column that is a question (why did you leave?)"),
    other: fact("没有入群时间、订单等列", "no columns of joining or of orders"),
  };
  let best: Evidence = { found: [], missing: [none.time, none.question] };
  for (const [headerRow, row] of rows.slice(0, 10).entries()) {
    const asked = row.filter((name) => isQuestion(name) && isAsked(name));
    const isLeaving = asked.some(asksWhyLeft);
    const isTimed = row.some((name) => among(isLeaving ? [...SUBMITTED, ...ANY_DAY] : SUBMITTED, name));
    const isOther = row.some((name) => !isAsked(name) && OTHER_LISTS.test(name));
    const facts = [
      { is: isTimed, said: none.time },
      { is: asked.length > 0, said: none.question },
      ...(isOther ? [{ is: false, said: none.other }] : []),
    ];
    const found = facts.filter(({ is }) => is).map(({ said }) => said);
    if (found.length <= best.found.length) continue;
    best = { found, missing: facts.filter(({ is }) => !is).map(({ said }) => said), headerRow };
  }
  return { ...best, isFallback: true };
}

export default rowsImporter({
  id: "survey-table",
  title: { zh: "其他问卷（一行一份答卷，按列名识别）", en: "Other surveys (a row per answer sheet)" },
  kind: "survey",
  matches,
  *read(header, rows, { group, stem }): Iterable<ImportRecord> {
    const sheets = [...rows];
    const place = (is: (name: string) => boolean) => header.findIndex(is);
    const at = {
      time: [SUBMITTED, ANY_DAY].map((names) => place((name) => among(names, name))).find((one) => one >= 0),
      id: place((name) => among(ID, name)),
      no: place((name) => among(NUMBER, name)),
      group: place((name) => among(GROUP, name)),
      phone: place((name) => PHONE.test(bare(name))),
      name: place((name) => NAME.test(bare(name))),
    };
    const asked = questionsOf(
      header,
      header.flatMap((name, one) => (isQuestion(name) ? [one] : [])),
      sheets,
    );
    const left = header.filter((name) => !isKnown(name) && isLeftOut(name));
    if (left.length > 0)
      yield {
        kind: "note",
        text: { zh: `没有用到的列：${left.join("、")}`, en: `columns not used: ${left.join(", ")}` },
      };
    for (const { line, cells } of sheets) {
      const cell = (one: number | undefined) => cells[one ?? -1] ?? null;
      const common = {
        // The same form exported again is the same survey: not the day of the export, nor the (1) of a second copy.
        survey_id: stem
          .replace(/ ?[（(]\d{1,2}[)）]$/, "")
          .replace(/[_ -]*20\d\d-?\d\d-?\d\d(?:[T_ -]?\d{4,6})?$/, ""),
        response_id: cell(at.no),
        respondent_id: cell(at.id),
        submitted_at: cell(at.time),
        phone: cell(at.phone),
        name: cell(at.name),
        group_id: cell(at.group) ?? group ?? null,
      };
      for (const { no, title, answer } of asked.flatMap((one) => answersIn(one, cell(one.at))))
        yield {
          kind: "row",
          line,
          values: { ...common, question_no: no, question: title, answer: withoutPhones(answer) },
        };
    }
  },
});
