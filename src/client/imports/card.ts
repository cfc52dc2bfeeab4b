import { h, listed, number, read, root, say, size, text, told } from "./dom.ts";
import { mappingEditor } from "./mapping.ts";
import { questions } from "./questions.ts";
import { byReason, isDoubt } from "./reasons.ts";
import type { Item, Recognised, Result, Table } from "./types.ts";

/** Where a card shows what the check of all rows found. */
export interface Parts {
  status: HTMLElement;
  preview: HTMLElement;
}

const GROUPS = read<{ id: string; name: string }[]>("groups", []);
/** What a field says by which one of very many groups is found; of fewer the page says nothing. */
const FIND = root?.dataset["find"];
let selects = 0;

/** A file that was recognised, or not: what it is, its columns, its group, and what a check of all rows found. */
export function drawCard(item: Item, parts: Parts, changed: () => void, remove: () => void): void {
  const { answer, card } = item;
  if (!answer) return;
  card.replaceChildren(
    h(
      "div",
      { class: "head" },
      h("div", {}, h("h2", {}, answer.name), facts(answer)),
      h("button", { type: "button", class: "control", click: remove }, say("remove")),
    ),
    ...recognition(item, answer, changed),
    parts.status,
    parts.preview,
  );
}

function facts({ bytes, encoding, sheet, table }: Recognised): HTMLElement {
  const pairs: [string, string][] = [
    [say("size"), size(bytes)],
    sheet === undefined ? [say("encoding"), encoding.toUpperCase()] : [say("sheet"), sheet],
  ];
  if (table) {
    if (sheet === undefined)
      pairs.push([say("delimiter"), table.delimiter === "\t" ? say("tab") : table.delimiter]);
    pairs.push([say("columns"), String(table.header.length)]);
  }
  return h(
    "p",
    { class: "sub facts" },
    ...pairs.map(([name, value]) => h("span", {}, `${name} `, h("b", {}, value))),
  );
}

function recognition(item: Item, answer: Recognised, changed: () => void): HTMLElement[] {
  const { importer, matches, nearest, refusal, table } = answer;
  if (refusal) {
    item.blocked = told(say("refused"), text(refusal));
    return [];
  }
  const parts: HTMLElement[] = [];
  if (importer)
    parts.push(
      h(
        "p",
        {},
        `${say("is")} `,
        h("b", {}, text(importer.title)),
        h(
          "span",
          { class: "sub" },
          `\u2003${told(say("because"), listed(importer.found.slice(0, 6).map(text)))}`,
        ),
      ),
    );
  else if (matches.length > 1) {
    item.blocked = say("choose");
    parts.push(
      h(
        "p",
        {},
        h(
          "label",
          {},
          `${say("choose")} `,
          chooser(matches, (id) => {
            item.choice.as = id;
            item.blocked = null;
            changed();
          }),
        ),
      ),
    );
  } else {
    item.blocked = say("unknown");
    parts.push(h("p", {}, table ? h("b", {}, say("unknown_table")) : say("unknown_do")));
    if (!table)
      for (const one of nearest)
        parts.push(
          h(
            "p",
            { class: "sub" },
            told(
              say("near"),
              say("nearest", {
                format: text(one.title),
                columns: listed(one.missing.slice(0, 4).map(text)),
              }),
            ),
          ),
        );
  }
  if (table && matches.length < 2) parts.push(columnsPart(item, table, importer !== null, changed));
  // What can't be imported goes nowhere.
  if (table || importer || matches.length > 1) parts.push(groupPart(item, changed));
  return parts;
}

function columnsPart(item: Item, table: Table, known: boolean, changed: () => void): HTMLElement {
  if (!known) return mappingEditor(item, table, changed);
  const box = h("details", { class: "data" }, h("summary", {}, say("edit_columns")));
  box.addEventListener(
    "toggle",
    () => box.children.length === 1 && box.append(mappingEditor(item, table, changed)),
    {
      once: true,
    },
  );
  return box;
}

function chooser(
  options: readonly Recognised["matches"][number][],
  choose: (id: string) => void,
): HTMLElement {
  return h(
    "select",
    { class: "control", change: (event) => choose((event.target as HTMLSelectElement).value) },
    h("option", { value: "" }, "—"),
    ...options.map(({ id, title }) => h("option", { value: id }, text(title))),
  );
}

function groupPart(item: Item, changed: () => void): HTMLElement {
  const name = h("input", {
    class: "control",
    placeholder: say("group_name"),
    "aria-label": say("group_name"),
    hidden: true,
    change: () => {
      const value = name.value.trim();
      if (value === "") delete item.choice.group;
      else item.choice.group = value;
      changed();
    },
  });
  const select = h(
    "select",
    {
      class: "control",
      change: () => {
        name.hidden = select.value !== "\n";
        if (select.value === "" || select.value === "\n") delete item.choice.group;
        else item.choice.group = select.value;
        if (select.value === "\n") name.focus();
        else changed();
      },
    },
    h("option", { value: "" }, say("group_auto")),
    h("option", { value: "\n" }, say("group_new")),
    ...GROUPS.map((group) => h("option", { value: group.id }, group.name)),
  );
  const part = h("p", { class: "row" }, h("label", {}, `${say("group")} `, select), name);
  if (FIND !== undefined) {
    select.id = `group-${++selects}`;
    select.dataset["find"] = FIND;
    select.dataset["none"] = root?.dataset["none"] ?? "";
    document.dispatchEvent(new CustomEvent("find", { detail: select }));
  }
  return part;
}

/** What the check of all rows found, beside the table with the bad cells tinted. */
export function drawCheck(item: Item, parts: Parts, changed: () => void): void {
  const { result, blocked, answer } = item;
  // Which column is which is told by what stands in them.
  if (blocked && answer?.table) parts.preview.replaceChildren(previewTable(answer.table, item));
  if (blocked || !result) {
    item.asked ??= parts.status.contains(document.activeElement)
      ? document.activeElement?.getAttribute("name")
      : null;
    parts.status.replaceChildren(
      blocked ? h("p", { class: "tag worse" }, blocked) : h("p", { class: "sub" }, say("checking")),
    );
    return;
  }
  const { read: rows, accepted, duplicate, rejected, issues, notes, status } = result;
  const failed = status === "failed";
  const why = failed ? text(issues[0]?.message) : "";
  const asked = questions(item, why, changed);
  const summary = failed
    ? // Its way out is an option of the command line, and here a choice below.
      asked.length > 0
      ? (why.split("\n")[0] ?? why)
      : why
    : status === "unchanged"
      ? say("unchanged")
      : say("will", {
          read: number(rows),
          accepted: number(accepted),
          duplicate: number(duplicate),
          rejected: number(rejected),
        });
  parts.status.replaceChildren(
    h("p", {}, h("span", { class: `tag ${failed ? "worse" : rejected > 0 ? "warn" : "better"}` }, summary)),
    ...asked,
    ...whyRejected(result),
    ...doubts(result),
    ...notes.map((note) => h("p", { class: "sub" }, text(note))),
    ...otherGroups(item, result),
  );
  if (answer?.table) parts.preview.replaceChildren(previewTable(answer.table, item));
  // Whoever answered a question by the keyboard is still at it.
  if (item.asked) parts.status.querySelector<HTMLElement>(`[name="${item.asked}"]`)?.focus();
  item.asked = null;
}

/** Rows that name their group stay in it: a group that was chosen for them is not theirs, and that is said. */
function otherGroups({ choice }: Item, { groups = [], status, accepted, duplicate }: Result): HTMLElement[] {
  if (choice.group === undefined || status === "failed" || accepted + duplicate === 0) return [];
  const own = groups.filter((id) => id !== choice.group);
  if (own.length === 0 && groups.length > 0) return [];
  const names = own.slice(0, 4).map((id) => GROUPS.find((group) => group.id === id)?.name ?? id);
  if (own.length > names.length) names.push("…");
  const said = own.length > 0 ? say("group_own", { groups: listed(names) }) : say("group_none");
  return [h("p", { class: "notice" }, said)];
}

/** Of rows that the preview has not, too: what is wrong is seen before it is imported. */
function whyRejected({ status, rejected, issues }: Result): HTMLElement[] {
  const refused = issues.filter((one) => !isDoubt(one));
  if (status === "failed" || rejected === 0 || refused.length === 0) return [];
  return [
    h(
      "details",
      { class: "data", open: true },
      h("summary", {}, say("why_rejected")),
      byReason(refused),
      refused.length < rejected &&
        h("p", { class: "sub" }, say("counted_first", { n: number(refused.length) })),
    ),
  ];
}

/** What would go in with a reservation. */
function doubts({ status, issues }: Result): HTMLElement[] {
  const doubtful = issues.filter(isDoubt);
  if (status === "failed" || doubtful.length === 0) return [];
  const reasons = byReason(doubtful, ({ code }) => code);
  return [h("details", { class: "data", open: true }, h("summary", {}, say("doubts_ahead")), reasons)];
}

function previewTable(table: Table, item: Item): HTMLElement {
  const refused = (item.result?.issues ?? []).filter((one) => !isDoubt(one));
  const bad = new Set(refused.map(({ line, column }) => `${line} ${column}`));
  const row = (cells: string[], at: number) =>
    h(
      "tr",
      {},
      ...table.header.map((name, column) =>
        h("td", bad.has(`${table.lines[at]} ${name}`) ? { class: "bad" } : {}, cells[column] ?? ""),
      ),
    );
  const rows = table.rows.map(row);
  const tinted = rows.some((one) => one.querySelector(".bad") !== null);
  return h(
    "details",
    { class: "data", open: tinted || item.blocked !== null },
    h("summary", {}, say("preview", { n: table.rows.length })),
    tinted && h("p", { class: "sub" }, say("preview_sub")),
    h(
      "div",
      {
        class: "scroll",
        tabindex: "0",
        role: "region",
        "aria-label": `${item.name} ${say("preview", { n: table.rows.length })}`,
      },
      h(
        "table",
        { class: "tbl grid" },
        h("thead", {}, h("tr", {}, ...table.header.map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, ...rows),
      ),
    ),
  );
}
