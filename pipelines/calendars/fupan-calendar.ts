import { columns } from "../../src/kit/columns.ts";

export default columns({
  id: "fupan-calendar",
  title: { zh: "复盘活动日历", en: "Fupan campaign calendar" },
  kind: "calendar",
  columns: {
    starts_at: "start",
    type: "type",
    title: "title",
    ends_at: "end",
    group_id: "group_id",
    product: "product",
    planned_quantity: "planned_quantity",
    note: "note",
  },
  keepExtra: true,
});
