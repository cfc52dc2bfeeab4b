import { hasColumns } from "../../src/kit/evidence.ts";
import { documentImporter } from "../../src/kit/importer.ts";
import { SOP_COLUMNS, sopTable } from "../../src/kit/sop-table.ts";

/*
 * A timetable of messages as operators keep it: a day, a time (in a column of its own or behind the day), what to send. A
 * guess, which gives way to every format that is known, and no list of messages or events: those have no 话术.
 */
export default documentImporter({
  id: "sop-table",
  title: {
    zh: "其他 SOP 时间表（天数、时间、话术，按列名识别）",
    en: "Other SOP timetables (by column names)",
  },
  kind: "plan",
  matches: (head) => {
    const { day, time, text } = SOP_COLUMNS;
    const nodes = ["时间节点", "节点", "时间点"];
    const apart = hasColumns(head, [day, time, text]);
    const joined = hasColumns(head, [nodes, text]);
    return {
      ...(apart.missing.length > 0 && joined.missing.length === 0 ? joined : apart),
      isFallback: true,
    };
  },
  read: sopTable,
});
