import type { Express } from "express";
import { UserError } from "../../kit/errors.ts";
import { decidedActions } from "../decisions.ts";
import { t } from "../i18n.ts";
import { suggestionPage } from "../page/suggestion.ts";
import type { Site } from "../site.ts";

/** The page of one suggestion: the rows behind it, its thresholds, what was decided and what came of it. */
export function suggestionPages(app: Express, site: Site): void {
  app.get(
    "/sop/suggestions/:id",
    site.page(async (query, look, request) => {
      const id = String(request.params["id"]);
      const actions = await decidedActions(site.state);
      const action = actions.find((one) => one.id === id) ?? null;
      const made = await site.source.read(async (generation) => {
        const suggestion = action?.suggestion ?? (await generation.suggestion(id));
        if (!suggestion)
          throw new UserError({ zh: `没有这条建议：${id}`, en: `There is no such suggestion: ${id}` });
        const review = await generation.review({ week: query.week, focus: null });
        return site.framed(
          look,
          { title: t(look.lang, "suggestion_page"), path: `/sop/suggestions/${id}` },
          suggestionPage({
            lang: look.lang,
            review,
            suggestion,
            action,
            evidence: await generation.evidence(suggestion),
          }),
        );
      });
      return made ?? site.empty(look, "/sop");
    }),
  );
}
