import { columns } from "../../src/kit/columns.ts";

export default columns({
  id: "fupan-survey",
  title: { zh: "复盘问卷表", en: "Fupan survey table" },
  kind: "survey",
  columns: {
    respondent_id: "respondent_id",
    submitted_at: "submitted_at",
    question: "question",
    answer: "answer",
    survey_id: "survey_id",
    group_id: "group_id",
  },
  keepExtra: true,
});
