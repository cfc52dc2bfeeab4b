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
  const choose = (one: HTMLOptionElement) => {
    select.value = one.value;
    field.value = "";
    field.placeholder = one.text;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  /** The whole name, else the first that begins so, else the first that holds it; `only` where no other would do. */
  const find = () => {
    const typed = field.value.trim().toLowerCase();
    const all = [...byName].map(([name, one]) => ({ name: name.toLowerCase(), one }));
    const whole = all.filter(({ name }) => name === typed);
    const begun = all.filter(({ name }) => name.startsWith(typed));
    const held = all.filter(({ name }) => name.includes(typed));
    const [first, only] = [whole[0] ?? begun[0] ?? held[0], whole[0] ?? (held.length === 1 ? held[0] : null)];
    return typed === "" ? {} : { first: first?.one, only: only?.one };
  };
  field.addEventListener("input", (event) => {
    // What was said of an earlier name holds no longer.
    field.setCustomValidity("");
    // What is picked of the list is a whole name at once; what is typed may be the beginning of a longer one.
    const isTyped = event instanceof InputEvent && event.inputType !== "insertReplacementText";
    const one = isTyped ? undefined : byName.get(field.value);
    if (one) choose(one);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    const { first } = find();
    if (first) return choose(first);
    field.setCustomValidity(field.value.trim() === "" ? "" : (select.dataset["none"] ?? ""));
    field.reportValidity();
  });
  // Whoever goes on without Enter takes the one group that it can be; else what was chosen before stands there again.
  field.addEventListener("blur", () => {
    const { only } = find();
    field.setCustomValidity("");
    field.value = "";
    if (only) choose(only);
  });
  select.hidden = true;
  select.before(field, names);
}
