import { beside } from "../../kit/beside.ts";
import type { Lang } from "../../kit/say.ts";
import { shownValue } from "../../review/format.ts";
import type { Account } from "../accounts.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";

/** Groups of an account that are named. */
const GROUPS = 3;

/** The accounts that may be one person, side by side; one alone says nothing. */
export function accountsOf(lang: Lang, accounts: readonly Account[]): Html | null {
  if (accounts.length < 2) return null;
  return html`<ul class="accounts" aria-label="${t(lang, "people_accounts", { n: accounts.length })}">${accounts.map((one) => html`<li>${account(lang, one)}</li>`)}</ul>`;
}

/** What tells one account from another: name, source, groups, when it joined, what it bought. */
function account(lang: Lang, one: Account): Html {
  const names = one.groups.map(beside);
  const comma = lang === "zh" ? "、" : ", ";
  const groups =
    names.length > GROUPS
      ? t(lang, "people_groups", { groups: names.slice(0, GROUPS).join(comma), n: names.length })
      : names.join(comma);
  const orders =
    one.orders === 0
      ? t(lang, "people_no_orders")
      : `${t(lang, "people_orders", { n: one.orders, amount: shownValue(one.amount, "money") })}${one.lastOrder === null ? "" : t(lang, "people_last", { day: one.lastOrder })}`;
  const joined = one.joined === null ? "" : t(lang, "people_joined_on", { day: one.joined });
  const said = [one.place?.[lang] ?? "", groups, joined, orders].filter((part) => part !== "");
  return html`<b>${one.name ?? t(lang, "people_nameless")}</b> ${said.join(" · ")}`;
}
