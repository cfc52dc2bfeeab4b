import { h, say } from "./dom.ts";
import type { Item } from "./types.ts";

/**
 * What a file leaves open, as something to choose. The refusal names the option of the command line that settles it; a
 * choice once made stays, so that it can be changed.
 */
export function questions(item: Item, refusal: string, changed: () => void): HTMLElement[] {
  const { choice } = item;
  const asked: HTMLElement[] = [];
  if (choice.dateOrder !== undefined || refusal.includes("--date-order"))
    asked.push(h("p", { class: "row" }, h("label", {}, `${say("date_order")} `, dateOrder(item, changed))));
  if (choice.date !== undefined || /--date(?!-)/.test(refusal))
    asked.push(h("p", { class: "row" }, h("label", {}, `${say("date")} `, day(item, changed))));
  return asked;
}

function dateOrder({ choice }: Item, changed: () => void): HTMLElement {
  const select = h(
    "select",
    {
      class: "control",
      name: "date-order",
      change: () => {
        if (select.value === "") delete choice.dateOrder;
        else choice.dateOrder = select.value;
        changed();
      },
    },
    ...(["", "dmy", "mdy"] as const).map((value) =>
      h(
        "option",
        { value, selected: value === (choice.dateOrder ?? "") },
        value === "" ? "—" : say(`date_${value}`),
      ),
    ),
  );
  return select;
}

function day({ choice }: Item, changed: () => void): HTMLElement {
  const input = h("input", {
    class: "control",
    name: "date",
    type: "date",
    value: choice.date ?? "",
    change: () => {
      if (input.value === "") delete choice.date;
      else choice.date = input.value;
      changed();
    },
  });
  return input;
}
