import type { Lang } from "../../kit/say.ts";
import { shownValue } from "../../review/format.ts";
import type { Row } from "../../warehouse/rows.ts";
import { type Html, html } from "../html.ts";
import { type Key, t } from "../i18n.ts";
import type { Pair } from "../people.ts";
import { accountsOf } from "./accounts.ts";

export interface PeoplePage {
  lang: Lang;
  /** The row of the query `identity_audit`. */
  audit: Row;
  pairs: readonly Pair[];
  /** Decisions need a state to be kept in. */
  canDecide: boolean;
  /** Whether the figures can be had anew from here. */
  canRecount: boolean;
}

const SHOWN = 100;
/** From here on it is worth a click for all of them. */
const MANY = 3;

/** How well buyers are matched to members, what is to be decided, and what was. Plain forms: no script is needed. */
export function peoplePage({ lang, audit, pairs, canDecide, canRecount }: PeoplePage): Html {
  const open = pairs.filter(({ status }) => status === "pending");
  const decided = pairs.filter(({ status }) => status !== "pending");
  return html`<div class="title"><h1>${t(lang, "page_people")}</h1><p class="sub">${t(lang, "people_lead")}</p></div>
${canRecount && pairs.some(({ isCounted }) => !isCounted) ? recount(lang) : null}${figures(lang, audit)}
<section id="open"><div class="head"><div><h2>${t(lang, "people_open", { n: open.length })}</h2><p class="sub">${t(lang, "people_open_sub")}</p></div></div>
${open.length === 0 ? html`<div class="card"><p class="sub">${t(lang, "people_none")}</p></div>` : html`${canDecide ? allOfThem(lang, open.slice(0, SHOWN)) : null}<div class="card"><ul class="pairs">${open.slice(0, SHOWN).map((pair) => line(lang, pair, canDecide ? ["accept", "reject"] : []))}</ul>${open.length > SHOWN ? html`<p class="sub">${t(lang, "people_more", { n: open.length - SHOWN })}</p>` : null}</div>`}</section>
${decided.length === 0 ? null : html`<section id="decided"><div class="head"><div><h2>${t(lang, "people_decided", { n: decided.length })}</h2><p class="sub">${t(lang, "people_decided_sub")}</p></div></div><div class="card"><ul class="pairs">${decided.map((pair) => line(lang, pair, canDecide ? ["undo"] : []))}</ul></div></section>`}`;
}

/** Whoever decides sees the figures follow without a file to import. */
function recount(lang: Lang): Html {
  return html`<form class="notice row" method="post" action="/api/v1/identity/recount"><span>${t(lang, "people_recount_sub")}</span> <input type="hidden" name="back" value="/people"><button class="control dark" type="submit">${t(lang, "people_recount")}</button></form>`;
}

/** Hundreds of buyers are called as one member each: whoever has looked through them says so once. Folded, as it is much for one click. */
function allOfThem(lang: Lang, shown: readonly Pair[]): Html | null {
  const ids = shown.filter(({ kind }) => kind === "nickname").map(({ id }) => id);
  const n = ids.length;
  if (n < MANY) return null;
  return html`<details class="card"><summary>${t(lang, "people_all", { n })}</summary><p class="sub">${t(lang, "people_all_sub", { n })}</p><form method="post" action="/api/v1/identity/accept"><input type="hidden" name="ids" value="${ids.join(",")}"><input type="hidden" name="back" value="/people"><button class="control dark" type="submit">${t(lang, "people_all_do", { n })}</button></form></details>`;
}

function figures(lang: Lang, audit: Row): Html {
  const number = (column: string) => Number(audit[column] ?? 0).toLocaleString("en-US");
  const rate = audit["matched_share"];
  const cards: readonly [Key, string, string][] = [
    [
      "people_match",
      typeof rate !== "number" ? "—" : shownValue(rate, "ratio"),
      `${number("orders_matched")} / ${number("orders_with_buyer")}`,
    ],
    [
      "people_persons",
      number("persons"),
      Number(audit["phone_persons"]) > 0
        ? t(lang, "people_by_phone", { n: number("ids"), phones: number("phone_persons") })
        : t(lang, "people_ids", { n: number("ids") }),
    ],
    ["people_joined", number("auto_merge"), t(lang, "people_joined_sub")],
    ["people_phones", number("shared_phones"), t(lang, "people_phones_sub", { n: number("phones") })],
  ];
  return html`<div class="kpis small">${cards.map(([key, value, sub]) => html`<article class="card kpi"><div class="lab"><h2 class="h3">${t(lang, key)}</h2></div><p class="val">${value}</p><p class="sub">${sub}</p></article>`)}</div>`;
}

function line(lang: Lang, pair: Pair, steps: readonly ("accept" | "reject" | "undo")[]): Html {
  // Of a shared phone the account asked about, not the person that the phone made of all of them.
  const asked = pair.kind === "shared_phone" ? (pair.accounts[0]?.name ?? pair.name) : pair.name;
  const who = [asked, pair.group].filter((one) => one !== null).join(" · ") || "—";
  const money =
    pair.orders > 0
      ? t(lang, "people_orders", { n: pair.orders, amount: shownValue(pair.amount, "money") })
      : "";
  const days = pair.firstOrder === null ? "" : `${pair.firstOrder} – ${pair.lastOrder}`;
  const differs =
    pair.differs.length > 0
      ? t(lang, "people_differs", {
          what: pair.differs.map((one) => t(lang, `people_differs_${one}`)).join(lang === "zh" ? "、" : ", "),
        })
      : "";
  const kind = pair.kind === "nickname" || pair.kind === "shared_phone" ? pair.kind : "operator";
  const decision =
    pair.status === "pending"
      ? null
      : html`<span class="tag ${pair.status === "accepted" ? "better" : "worse"}">${t(lang, `people_${pair.status}`)}</span> `;
  return html`<li><div>${decision}<b>${who}</b> <span class="sub">${t(lang, `people_kind_${kind}`)}</span><p class="sub">${[money, days, differs, pair.decidedBy ?? ""].filter((one) => one !== "").join(" · ")}</p>${accountsOf(lang, pair.accounts)}</div><div class="choices">${steps.map((step) => html`<form method="post" action="/api/v1/identity/${pair.id}/${step}"><input type="hidden" name="back" value="/people"><button class="control${step === "accept" ? " dark" : ""}" type="submit" aria-label="${t(lang, `people_${step}_${kind}`)}${t(lang, "colon")}${who}">${t(lang, `people_${step}_${kind}`)}</button></form>`)}</div></li>`;
}
