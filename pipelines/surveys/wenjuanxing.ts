import { hasColumns } from "../../src/kit/evidence.ts";
import { type ImportRecord, rowsImporter } from "../../src/kit/importer.ts";
import { cellOf, type QuestionColumn, questionColumns, withoutPhones } from "./shared/wenjuanxing.ts";

/*
 * 问卷星, both layouts: option texts (several joined by ┋, a ranking by →, 其他〖what was written〗) or option numbers
 * (a column per option with 0 and 1, -2 not answered, -3 skipped). A row per chosen option comes out. Who answered is
 * known by the question for the phone, else for the nickname; neither is kept among the answers.
 */
const TIME = ["提交答卷时间", "提交时间"];
const NO = ["序号", "答卷编号"];

export default rowsImporter({
  id: "wenjuanxing",
  title: { zh: "问卷星", en: "Wenjuanxing survey" },
  kind: "survey",
  matches: (head) =>
    hasColumns(head, [NO, TIME, ["所用时间", "作答时长", "答题时长", "填写时长", "用时"], "来源"]),
  *read(header, rows, { group, stem }): Iterable<ImportRecord> {
    const questions = questionColumns(header);
    const phone = questions.find(({ title }) => /手机|电话|联系方式/.test(title));
    const name = questions.find(
      ({ title }) => /昵称|姓名|称呼|微信名/.test(title) && !/手机|电话/.test(title),
    );
    const at = (names: readonly string[]) => header.findIndex((column) => names.includes(column));
    for (const { line, cells } of rows) {
      const said = (question: QuestionColumn | undefined) => {
        const cell = question ? cellOf(cells[question.at] ?? null) : "empty";
        return cell === "empty" || cell === "skipped" ? null : cell;
      };
      const common = {
        // File names begin with the survey's number, which both layouts share.
        survey_id: /^\d{6,}(?=_)/.exec(stem)?.[0] ?? stem,
        response_id: cells[at(NO)] ?? null,
        submitted_at: cells[at(TIME)] ?? null,
        phone: said(phone),
        name: said(name),
        group_id: group ?? null,
      };
      for (const question of questions) {
        const cell = cellOf(cells[question.at] ?? null);
        const isPrivate = question === phone || question === name;
        if (cell === "empty" || (isPrivate && cell !== "skipped")) continue;
        for (const answer of answersOf(question, cell))
          yield {
            kind: "row",
            line,
            values: { ...common, question_no: question.no, question: question.title, ...answer },
          };
      }
    }
  },
});

function answersOf(question: QuestionColumn, cell: string): Record<string, string | null>[] {
  const { option, optionNo } = question;
  if (cell === "skipped")
    // Skipping a question of several columns is said once.
    return optionNo === null || optionNo === 1 ? [{ answer: null, is_skipped: "true" }] : [];
  if (option !== null) {
    if (cell === "0") return [];
    // Beside 1 a number is a rank, and a text what was written behind 其他.
    const rest = cell === "1" ? "" : `：${withoutPhones(cell)}`;
    return [{ answer: `${option}${rest}`, option_no: String(optionNo) }];
  }
  return cell.split(/[┋→]/).map((part) => ({
    answer: withoutPhones(part.trim().replace(/〖([^〗]*)〗/, "：$1")),
    option_no: null,
  }));
}
