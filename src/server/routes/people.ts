import type { Express } from "express";
import { t } from "../i18n.ts";
import { peoplePage } from "../page/people.ts";
import { pairsOf } from "../people.ts";
import type { Site } from "../site.ts";

/**
 * Who is who, and what the operator decided on it.
 * @param canRecount whether the page may have the figures follow at once.
 */
export function peopleRoutes(app: Express, site: Site, canRecount: boolean): void {
  app.get(
    "/people",
    site.page(async (_query, look) => {
      const made = await site.source.read(async (generation) => {
        const [audit] = await generation.query("identity_audit", {});
        const pairs = (await pairsOf(generation, site.state)).map(({ pair }) => pair);
        return site.framed(
          look,
          { title: t(look.lang, "page_people"), path: "/people" },
          peoplePage({
            lang: look.lang,
            audit: audit ?? {},
            pairs,
            canDecide: site.state !== undefined,
            canRecount,
          }),
        );
      });
      return made ?? site.empty(look, "/people");
    }),
  );
}
