import { shownValue } from "../../review/format.ts";
import { type Kept, type RetentionLine, retentionOf } from "../../review/retention.ts";
import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { foldedCard } from "./layout.ts";

/** The day whose share is the headline. */
const HEADLINE = 30;
const ON_PHONE: ReadonlySet<number> = new Set([7, HEADLINE, 90]);

/** How long members stay, whoever is still there counting as still there; by the way they came. */
export function retentionCard({ lang, extras, isPaper, valueName }: PageContext): Html | null {
  const made = isPaper ? null : retentionOf(extras.stays);
  const told = made?.kept.filter(({ share }) => share !== null) ?? [];
  const head = told.find(({ day }) => day === HEADLINE) ?? told.at(-1);
  if (!made || !head) return null;
  const days = made.kept.map(({ day }) => day);
  // On a phone the first month is what fits.
  const wide = (day: number) => (ON_PHONE.has(day) ? "" : " wide");
  const line = (name: string, one: Omit<RetentionLine, "source">, differs: string) =>
    html`<tr><th scope="row">${name}</th><td class="num wide">${one.stays}</td>${one.kept.map((kept) => html`<td class="num${wide(kept.day)}"${kept.interval ? html` title="${range(kept)}"` : null}>${shownValue(kept.share, "ratio")}</td>`)}<td class="num wide">${one.medianDays ?? "—"}</td><td class="wide">${differs}</td></tr>`;
  // Where nobody left, or all did, nothing tells how far chance reaches.
  const title = t(lang, head.interval ? "retention_title" : "retention_title_bare", {
    day: head.day,
    share: shownValue(head.share, "ratio"),
    range: range(head),
  });
  const body = html`<p class="sub">${t(lang, "retention_sub", { n: made.stays, left: made.left })}</p><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "retention_source")}</th><th scope="col" class="num wide">${t(lang, "retention_stays")}</th>${days.map((day) => html`<th scope="col" class="num${wide(day)}">${t(lang, "retention_day", { day })}</th>`)}<th scope="col" class="num wide">${t(lang, "retention_median")}</th><th scope="col" class="wide">${t(lang, "verdict")}</th></tr></thead><tbody>${line(t(lang, "retention_all"), made, "")}${made.sources.map((one) => line(one.source === "" ? t(lang, "retention_unsaid") : valueName("source", one.source), one, one.differs ? t(lang, `retention_${one.differs}`) : t(lang, "retention_same")))}</tbody></table></div>`;
  return foldedCard(title, body, { isPaper, id: "retention" });
}

function range({ interval }: Kept): string {
  return (interval ?? []).map((end) => shownValue(end, "ratio")).join("–");
}
