import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { section } from "./layout.ts";

const SHOWN_DAYS = 10;
const STEPS = ["spoke", "bought", "gone"] as const;

/** A camp that runs in the week, day by day beside the one before it: N-12, and the table behind it. */
export function campSection({ lang, extras, review, isPaper }: PageContext): Html | null {
  const rows = extras.camp;
  const last = rows.at(-1);
  if (!last || String(last["local_day"]) < review.from) return null;
  const title = t(lang, last["previous_name"] === null ? "camp_title_first" : "camp_title", {
    day: Number(last["day"]),
    spoke: Number(last["spoke"]),
    before: Number(last["previous_spoke"] ?? 0),
    name: String(last["previous_name"] ?? ""),
  });
  const of = (done: unknown, joined: unknown) =>
    done === null || joined === null ? "—" : `${Number(done)} / ${Number(joined)}`;
  const head = STEPS.flatMap((step) => {
    const what = t(lang, `camp_${step}`);
    return [what, t(lang, "camp_before", { what })];
  });
  const shown = (isPaper ? rows.slice(-SHOWN_DAYS) : rows).map(
    (row) =>
      html`<tr><th scope="row">${Number(row["day"])} <small>${String(row["local_day"]).slice(5)}</small></th>${STEPS.map((step) => html`<td class="num">${of(row[step], row["joined"])}</td><td class="num">${of(row[`previous_${step}`], row["previous_joined"])}</td>`)}</tr>`,
  );
  return section(
    "camp",
    t(lang, "nav_camp"),
    t(lang, "camp_sub"),
    html`<div class="card"><h3>${title}</h3><div class="scroll" tabindex="0" role="region" aria-label="${t(lang, "nav_camp")}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "camp_day")}</th>${head.map((one) => html`<th scope="col" class="num">${one}</th>`)}</tr></thead><tbody>${shown}</tbody></table></div></div>`,
  );
}
