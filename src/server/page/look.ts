import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import type { Look } from "../request.ts";

/** How the pages look, as buttons of a form: it works without scripts, and the choice is kept in a cookie. */
export function lookForm({ lang, theme, delta }: Pick<Look, "lang" | "theme" | "delta">, back: string): Html {
  const button = (name: string, value: string, label: string, current: boolean) =>
    html`<button class="control small" type="submit" name="${name}" value="${value}" aria-pressed="${current ? "true" : "false"}">${label}</button>`;
  return html`<form class="look" method="post" action="/look"><input type="hidden" name="back" value="${back}">
<fieldset><legend>${t(lang, "look_delta")}</legend>${button("delta", "", t(lang, "look_delta_default"), delta === null)}${button("delta", "cn", t(lang, "look_delta_cn"), delta === "cn")}${button("delta", "intl", t(lang, "look_delta_intl"), delta === "intl")}</fieldset>
<fieldset><legend>${t(lang, "look_theme")}</legend>${button("theme", "", t(lang, "look_theme_auto"), theme === null)}${button("theme", "light", t(lang, "look_theme_light"), theme === "light")}${button("theme", "dark", t(lang, "look_theme_dark"), theme === "dark")}</fieldset></form>`;
}
