import type { Lang } from "../../kit/say.ts";
import type { Review, UnknownSource } from "../../review/types.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { mayFollow } from "./layout.ts";

/** The way to mend what a sentence says, for whoever may go there: mostly an import, or saying who is who. */
export function onward(lang: Lang, href: string | null | undefined): Html | null {
  if (!href || !mayFollow(href)) return null;
  return html` <a class="onward" href="${href}">${t(lang, href === "/people" ? "fix_people" : "fix_import")}</a>`;
}

/** The source's own sentence and the way to mend it, for whoever may import. */
export function toImport({ text, href }: Pick<UnknownSource, "text" | "href">, lang: Lang): Html {
  return html`${text[lang]}${onward(lang, href)}`;
}

/** That nothing of a source was imported. */
export function unknownSource({ unknown }: Pick<Review, "unknown">, source: string): UnknownSource | null {
  return unknown.find((one) => one.source === source) ?? null;
}

/** Why nobody can be told to be active or silent: nobody is known to be there, or nothing they did. Null where it can. */
export function unknownSegments(review: Review, lang: Lang): Html | null {
  const nobody =
    review.members === 0 && review.segments.stock.every(({ persons, isHidden }) => !persons && !isHidden);
  if (!nobody && !isUntold(review)) return null;
  return html`${t(lang, nobody ? "segments_nobody" : "segments_unknown")}${onward(lang, "/imports")}`;
}

/** The list of the silent is the first that cannot be made: its stock is unknown. */
function isUntold({ segments }: Review): boolean {
  return segments.stock.some(
    ({ segment, persons, isHidden }) => segment === "dormant" && persons === null && !isHidden,
  );
}
