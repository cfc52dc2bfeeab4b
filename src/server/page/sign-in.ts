import type { Lang } from "../../kit/say.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";

export interface SignInPage {
  lang: Lang;
  /** Where the visitor wanted to go. */
  back: string;
  problem: "wrong" | "locked" | null;
  /** As it was typed before: only the password is asked for again. */
  name: string;
}

/** A form that works without scripts. */
export function signInPage({ lang, back, problem, name }: SignInPage): Html {
  return html`<div class="card blank narrow"><h1>${t(lang, "sign_in")}</h1>${problem ? html`<p class="bad" role="alert">${t(lang, problem === "wrong" ? "sign_in_wrong" : "sign_in_locked")}</p>` : null}<form class="sign-in" method="post" action="/login"><input type="hidden" name="back" value="${back}"><p><label for="name">${t(lang, "user_name")}</label><br><input class="control" id="name" name="name" autocomplete="username" required maxlength="100" value="${name}"${name === "" ? html` autofocus` : null}></p><p><label for="password">${t(lang, "password")}</label><br><input class="control" id="password" name="password" type="password" autocomplete="current-password" required maxlength="200"${name === "" ? null : html` autofocus`}></p><p><button class="control dark" type="submit">${t(lang, "sign_in")}</button></p></form></div>`;
}
