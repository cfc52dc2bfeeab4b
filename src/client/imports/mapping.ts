import { h, listed, read, say } from "./dom.ts";
import type { Field, Item, Table } from "./types.ts";

const KINDS = read<{ kind: string; title: string; fields: Field[] }[]>("fields", []);

/** The fields of a kind, each with the column of the file that fills it. `changed` is called after every choice. */
export function mappingEditor(item: Item, table: Table, changed: () => void): HTMLElement {
  const known = item.answer?.importer !== null;
  let kind = table.kind;
  let columns: Record<string, string> = { ...table.columns };
  const body = h("tbody");
  const rest = h("tbody");
  const settle = () => {
    item.choice.mapping = { kind, columns };
    delete item.choice.as;
    item.choice.remember = remember.checked;
    const wanted = fieldsOf(kind).filter(({ id, required }) => required && !(id in columns));
    item.blocked =
      wanted.length > 0 ? say("needed", { columns: listed(wanted.map(({ title }) => title)) }) : null;
  };
  const apply = () => {
    settle();
    changed();
  };
  const remember = h("input", { type: "checkbox", checked: true, change: apply });
  const draw = () => {
    const [first, more] = split(fieldsOf(kind), columns);
    const row = (field: Field) =>
      fieldRow(field, table, columns[field.id] ?? "", (name) => {
        columns = { ...columns };
        if (name === "") delete columns[field.id];
        else columns[field.id] = name;
        draw();
        apply();
        // The choice stands in a row made anew, perhaps in the other table.
        for (const table of [body, rest])
          table.querySelector<HTMLElement>(`[data-field="${field.id}"]`)?.focus();
      });
    body.replaceChildren(...first.map(row));
    rest.replaceChildren(...more.map(row));
  };
  const select = h(
    "select",
    {
      class: "control",
      "aria-label": say("kind"),
      change: (event) => {
        kind = (event.target as HTMLSelectElement).value;
        columns = { ...table.guesses[kind] };
        draw();
        apply();
      },
    },
    ...KINDS.map((one) => h("option", { value: one.kind, selected: one.kind === kind }, one.title)),
  );
  draw();
  if (!known) settle();
  const head = h(
    "thead",
    {},
    h("tr", {}, ...["field", "column", "sample"].map((key) => h("th", { scope: "col" }, say(key)))),
  );
  return h(
    "div",
    { class: "mapping" },
    h(
      "p",
      { class: "row" },
      h("label", {}, `${say("kind")} `, select),
      h("label", {}, remember, ` ${say("remember")}`),
    ),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": `${item.name} ${say("columns")}` },
      h("table", { class: "tbl" }, head, body),
    ),
    h("details", { class: "data" }, h("summary", {}, say("more_fields")), h("table", { class: "tbl" }, rest)),
  );
}

function fieldsOf(kind: string): Field[] {
  return KINDS.find((one) => one.kind === kind)?.fields ?? [];
}

/** Required fields and those that were found; the others wait behind a fold. */
function split(fields: Field[], columns: Record<string, string>): [Field[], Field[]] {
  const shown = (field: Field) => field.required || field.id in columns;
  return [fields.filter(shown), fields.filter((field) => !shown(field))];
}

function fieldRow(field: Field, table: Table, chosen: string, choose: (name: string) => void): HTMLElement {
  const at = table.header.indexOf(chosen);
  const samples = table.rows.flatMap((row) => row[at] || []).slice(0, 2);
  const select = h(
    "select",
    {
      class: "control",
      "data-field": field.id,
      "aria-label": field.title,
      change: (event) => choose((event.target as HTMLSelectElement).value),
    },
    h("option", { value: "" }, say("not_used")),
    ...table.header
      .filter((name) => name !== "")
      .map((name) => h("option", { value: name, selected: name === chosen }, name)),
  );
  return h(
    "tr",
    {},
    h(
      "th",
      { scope: "row" },
      field.title,
      field.required && h("span", { class: "need" }, ` ${say("required")}`),
    ),
    h("td", {}, select),
    h("td", { class: "sub" }, listed(samples)),
  );
}
