import type { Lang } from "../../kit/say.ts";
import type { User } from "../../state/users.ts";
import { type Html, html } from "../html.ts";
import { type Key, t } from "../i18n.ts";

const GOOD = ["account_changed", "account_ended"] as const satisfies readonly Key[];
const BAD = [
  "account_wrong",
  "account_locked",
  "account_differ",
  "account_short",
] as const satisfies readonly Key[];

export interface AccountPage {
  lang: Lang;
  user: User;
  /** What came of what was just asked for. */
  told: (typeof GOOD)[number] | (typeof BAD)[number] | null;
}

/** One's own password and sign-ins; the forms work without scripts. */
export function accountPage({ lang, user, told }: AccountPage): Html {
  const isBad = BAD.some((one) => one === told);
  const field = (id: string, key: Key, autocomplete: string) =>
    html`<p><label for="${id}">${t(lang, key)}</label><br><input class="control" id="${id}" name="${id}" type="password" autocomplete="${autocomplete}" required maxlength="200"${id === "old" ? null : html` minlength="10"`}></p>`;
  return html`<div class="card blank narrow"><h1>${t(lang, "account")}</h1><p>${user.name} · ${t(lang, `role_${user.role}`)}</p>${told ? html`<p class="${isBad ? "bad" : "good"}" role="${isBad ? "alert" : "status"}">${t(lang, told)}</p>` : null}
<form method="post" action="/account/password"><input type="hidden" name="username" autocomplete="username" value="${user.name}" disabled>${field("old", "account_old", "current-password")}${field("new", "account_new", "new-password")}${field("again", "account_again", "new-password")}<p><button class="control dark" type="submit">${t(lang, "account_change")}</button></p></form>
<form method="post" action="/account/sessions"><p>${t(lang, "account_elsewhere")}</p><p><button class="control" type="submit">${t(lang, "account_end")}</button></p></form></div>`;
}
