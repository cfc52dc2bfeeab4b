/*
 * A select of very many groups is chosen by typing: the field offers what it holds, and takes its place. Without a script the
 * select stays, which is whole.
 */
export function findIn(select: HTMLSelectElement): void {
  const byName = new Map<string, HTMLOptionElement>();
  for (const one of select.options)
    byName.set(byName.has(one.text) ? `${one.text} (${one.value})` : one.text, one);
  const names = document.createElement("datalist");
  names.id = `${select.id}-names`;
  names.append(...[...byName.keys()].map((name) => new Option(name)));
  const field = document.createElement("input");
  field.className = "control find";
  field.autocomplete = "off";
  field.setAttribute("list", names.id);
  field.setAttribute("aria-label", select.dataset["find"] ?? "");
  field.title = select.dataset["find"] ?? "";
  const nameNow = () => select.selectedOptions[0]?.text ?? "";
  field.placeholder = nameNow();
  const choose = (one: HTMLOptionElement | undefined) => {
    if (!one) return;
    select.value = one.value;
    field.value = "";
    field.placeholder = one.text;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  // What is picked of the list is a whole name at once; what is typed may be the beginning of a longer one.
  field.addEventListener("input", (event) => {
    if (!(event instanceof InputEvent) || event.inputType === "insertReplacementText")
      choose(byName.get(field.value));
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const typed = field.value.trim().toLowerCase();
    if (typed === "") return;
    const all = [...byName].map(([name, one]) => ({ name: name.toLowerCase(), one }));
    const has = (is: (name: string) => boolean) => all.find(({ name }) => is(name))?.one;
    choose(
      has((name) => name === typed) ??
        has((name) => name.startsWith(typed)) ??
        has((name) => name.includes(typed)),
    );
  });
  select.hidden = true;
  select.before(field, names);
}
