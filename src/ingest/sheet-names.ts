import type { Text } from "../kit/say.ts";
import type { Workbook } from "./xlsx.ts";

/** What programs call a sheet that nobody named. */
const UNNAMED =
  /^(sheet|table|page|part|data|tab|list|untitled|工作表|新建工作表|表格?|页|部分|数据|副本)(\s*[-_#])?(\s*\d+)?(\s*[(（]\d+[)）])?$/;
/** A time, or a number: nothing of a name is left without them. */
const TIME =
  /\d+|[一二三四五六七八九十]+|年|月份?|日|号|周|星期|季度?|第|上|下|半|旬|初|中|末|底|至|到|q(?=\d)|w(?=\d)|week|wk|to|(jan|febr?)(uary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|octo?(ber)?|nov(ember)?|dec(ember)?|[\s.\-_/~～—–:：()（）,，'’]+/g;
/** What rows are or how they stand, and not whose. */
const STATES =
  /(全部|所有|当前|历史|原始|最新|本月|上月|本周|上周|群|旧|新|老|已|未|待|非)?(成员|会员|客户|用户|人员|名单|成员名单|群成员|订单|订单明细|明细|数据|记录|汇总|总表|总计|合计|统计|备份|模板|示例|样例|说明|版|版本|增|在群|退群|退|离开|流失|活跃|沉默|入群|付款|支付|发货|完成|退款|取消|接龙|老?师|内部)/g;
const ENGLISH_STATES =
  /^(all|old|new|current|past|raw|active|inactive|former|paid|unpaid|refunded|shipped|pending|cancelled|completed|joined|left)?\s*(members?|customers?|users?|people|orders?|list|data|summary|totals?|backup|copy|template|example|notes?|paid|unpaid|refunded|all|old|new|left|active|inactive|former|raw)?$/;

/** Whether sheets of one table are called by groups: one that is called otherwise shows that they are not. */
export function areGroups(names: readonly string[]): boolean {
  return names.every((name) => {
    const plain = name.normalize("NFKC").trim().toLowerCase();
    return (
      !UNNAMED.test(plain) &&
      !ENGLISH_STATES.test(plain) &&
      plain.replace(STATES, "") !== "" &&
      plain.replace(TIME, "") !== ""
    );
  });
}

/** @param groups ids of those that the rows of the file are of. */
export function sheetNotes(workbook: Workbook | undefined, groups: readonly string[]): Text[] {
  const taken = (workbook?.groups ?? []).filter((name) => groups.includes(name));
  if (taken.length === 0) return [];
  return [
    {
      zh: `行里没有写群的，工作表名当作群名：${taken.join("、")}。若工作表不是一群一张，请撤销这次导入，选定一个群再导入（命令行 --group）`,
      en: `where rows name no group, the name of the sheet was taken as the group: ${taken.join(", ")}. If sheets are no groups, undo this import and import again with one group chosen (--group)`,
    },
  ];
}
