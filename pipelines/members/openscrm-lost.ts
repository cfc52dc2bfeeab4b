import { hasColumns } from "../../src/kit/evidence.ts";
import { type ImportRecord, type Issue, issue, rowsImporter } from "../../src/kit/importer.ts";

/*
 * OpenSCRM lists of ended contacts: 流失客户 (the customer deleted the staff) and 删除客户 (the staff deleted the
 * customer), two different things. They name no group: kept as events outside any group, so nobody's leave from a group
 * is counted. Times may be Go's text `2022-01-05 10:00:00 +0800 CST`. A customer without a phone is the one of the customer list.
 */
const LISTS = [
  { event: "customer_lost", name: "流失客户", at: "流失时间", added: "添加时间", others: ["所属客服"] },
  {
    event: "customer_deleted",
    name: "删除客户",
    at: "删除时间",
    added: "添加好友时间",
    others: ["操作人"],
    actor: "操作人",
  },
];

export default rowsImporter({
  id: "openscrm-lost",
  title: { zh: "OpenSCRM 流失客户、删除客户", en: "OpenSCRM lost and deleted customers" },
  kind: "chat",
  matches: (head) => {
    const [lost, deleted] = LISTS.map(({ name, at, added, others }) =>
      hasColumns(head, [name, at, added, ...others]),
    ) as [ReturnType<typeof hasColumns>, ReturnType<typeof hasColumns>];
    return deleted.missing.length === 0 ? deleted : lost;
  },
  *read(header, rows): Iterable<ImportRecord | Issue> {
    const list = LISTS.find(({ name }) => header.includes(name));
    if (!list) return;
    const place = (column: string | undefined) => (column === undefined ? -1 : header.indexOf(column));
    const [name, at, added, actor] = [list.name, list.at, list.added, list.actor].map(place) as [
      number,
      number,
      number,
      number,
    ];
    for (const { line, cells } of rows) {
      const customer = cells[name] ?? null;
      const time = cells[at] ?? null;
      if (customer === null) yield issue(line, "missing_value", cells.join(","), list.name);
      else if (time === null) yield issue(line, "bad_time", cells.join(","), list.at);
      else
        yield {
          kind: "event",
          line,
          group_id: null,
          sent_at: withoutZoneName(time),
          event: list.event,
          subjects: [`openscrm-customer:${customer}:${cells[added] ?? ""}`],
          subject_names: [customer],
          actor_name: cells[actor] ?? null,
        };
    }
  },
});

function withoutZoneName(time: string): string {
  return time.replace(/( [+-]\d{4}) [A-Z]{2,5}$/, "$1");
}
