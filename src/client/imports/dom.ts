type Child = Node | string | null | false | undefined;
type Props = Record<string, string | boolean | ((event: Event) => void)>;

/** An element with attributes, listeners (functions) and children; texts are never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(
    ...children.filter(
      (child): child is Node | string => child !== null && child !== undefined && child !== false,
    ),
  );
  return element;
}

export const root = document.querySelector<HTMLElement>("#import");
const texts = read<Record<string, string>>("texts", {});

/** As `t` of the server. */
export function say(key: string, values: Record<string, string | number> = {}): string {
  return (texts[key] ?? key)
    .replace(/\{(\w+)\?([^:}]*):([^}]*)\}/g, (_, name: string, one: string, more: string) =>
      String(values[name]) === "1" ? one : more,
    )
    .replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** JSON that the server wrote into an attribute of the page. */
export function read<T>(name: string, otherwise: T): T {
  const text = root?.dataset[name];
  return text ? (JSON.parse(text) as T) : otherwise;
}

export interface Said {
  zh: string;
  en: string;
}

const lang = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
export function text(said: Said | string | null | undefined): string {
  return typeof said === "string" ? said : (said?.[lang] ?? "");
}

/** Names one behind the other, and what follows a word, with the marks of the language. */
export const listed = (names: readonly string[]): string => names.join(lang === "zh" ? "、" : ", ");
export const told = (word: string, rest: string): string => `${word}${lang === "zh" ? "：" : ": "}${rest}`;

/** Brought into view, and read out: what had the focus is no more. */
export function goTo(place: HTMLElement): void {
  place.tabIndex = -1;
  place.focus();
}

export const number = (value: number): string => value.toLocaleString("en-US");

export function size(bytes: number): string {
  if (bytes >= 2 ** 20) return `${(bytes / 2 ** 20).toFixed(1)} MB`;
  return `${Math.max(1, Math.ceil(bytes / 1024))} KB`;
}

/** The session is over: where to sign in is shown, and what was asked for is done when somebody comes back from there. */
export function signedOut(again?: () => void): void {
  const over = document.querySelector("#signed-out");
  over?.removeAttribute("hidden");
  addEventListener(
    "focus",
    () => {
      over?.setAttribute("hidden", "");
      again?.();
    },
    { once: true },
  );
}

export const why = (error: unknown): string => (error as Error | undefined)?.message ?? say("error");

/** What a refusal says: of a failure of ours its number alone, which says nothing to anybody without a word. */
export const fault = (status: number, error: Said | string | undefined): string =>
  status === 500 ? told(say("error"), text(error)) : text(error);

export async function post<T>(path: string, body: unknown = {}, again?: () => void): Promise<T> {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const json = (await answer.json().catch(() => ({}))) as T & { error?: Said | string };
  if (answer.status === 401) signedOut(again);
  if (!answer.ok) throw new Error(fault(answer.status, json.error) || String(answer.status));
  return json;
}
