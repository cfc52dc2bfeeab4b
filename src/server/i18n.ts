import { beside } from "../kit/beside.ts";
import { FIELDS } from "../kit/fields.ts";
import type { Lang } from "../kit/say.ts";
import { ACCESS } from "./texts/access.ts";
import { ACTIONS } from "./texts/actions.ts";
import { CAMPAIGNS } from "./texts/campaigns.ts";
import { EXPLORE } from "./texts/explore.ts";
import { IMPORTS } from "./texts/imports.ts";
import { LISTS } from "./texts/lists.ts";
import { PEOPLE } from "./texts/people.ts";
import { RECONCILIATION } from "./texts/reconciliation.ts";
import { SECTION_TEXTS } from "./texts/sections.ts";
import { SOP } from "./texts/sop.ts";
import { WEEKLY } from "./texts/weekly.ts";

/** Every string of the pages; one flat dictionary in files by area, rendered on the server. */
const STRINGS = {
  ...ACCESS,
  ...WEEKLY,
  ...SECTION_TEXTS,
  ...LISTS,
  ...CAMPAIGNS,
  ...EXPLORE,
  ...ACTIONS,
  ...SOP,
  ...IMPORTS,
  ...PEOPLE,
  ...RECONCILIATION,
  ...FIELDS,
};

export type Key = keyof typeof STRINGS;

/**
 * `{n}` stands for a value; `{n?group:groups}` for the first word where it is one, else for the second. A number has its thousands
 * apart, as in every table, and a name written from the right stays where it stands.
 */
export function t(lang: Lang, key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return STRINGS[key][lang === "zh" ? 0 : 1]
    .replace(/\{(\w+)\?([^:}]*):([^}]*)\}/g, (_, name: string, one: string, more: string) =>
      String(values[name]) === "1" ? one : more,
    )
    .replace(/\{(\w+)\}/g, (whole, name: string) => said(values[name] ?? whole));
}

/** Names one behind the other with the comma of the language, each as it is written. */
export const joined = (names: readonly string[], lang: Lang): string =>
  names.join(lang === "zh" ? "、" : ", ");

function said(value: string | number): string {
  return Number.isInteger(value) ? value.toLocaleString("en-US") : beside(String(value));
}

/** All strings whose key begins so, without that beginning: what a script of the browser says. */
export function textsOf(lang: Lang, prefix: string): Record<string, string> {
  const keys = (Object.keys(STRINGS) as Key[]).filter((key) => key.startsWith(prefix));
  return Object.fromEntries(
    keys.map((key) => [key.slice(prefix.length), STRINGS[key][lang === "zh" ? 0 : 1]]),
  );
}
