import { hasColumns } from "../../src/kit/evidence.ts";
import { type ImportRecord, rowsImporter } from "../../src/kit/importer.ts";

/** OpenSCRM groups: what each group counted on the day of the export, which stands in the title or the file's name. */
const FIGURES: Readonly<Record<string, string>> = {
  群人数: "scrm_members",
  当日群人数: "scrm_members_of_day",
  当日入群: "scrm_joins",
  当日退群: "scrm_leaves",
};

export default rowsImporter({
  id: "openscrm-groups",
  title: { zh: "OpenSCRM 客户群导出", en: "OpenSCRM groups" },
  kind: "group_stats",
  matches: (head) => hasColumns(head, ["客户群名称", "群ID", ...Object.keys(FIGURES)]),
  *read(header, rows, { asOf }): Iterable<ImportRecord> {
    for (const { line, cells } of rows) {
      const group = cells[header.indexOf("群ID")] ?? null;
      for (const [column, name] of Object.entries(FIGURES)) {
        const value = cells[header.indexOf(column)] ?? null;
        if (value !== null)
          yield {
            kind: "row",
            line,
            values: { group_id: group, day: asOf?.slice(0, 10) ?? null, name, value },
          };
      }
    }
  },
});
