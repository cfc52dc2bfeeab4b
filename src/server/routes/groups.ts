import type { Express } from "express";
import { groupPath } from "../context.ts";
import { groupPage } from "../page/group.ts";
import { withScene } from "../scene.ts";
import type { Site } from "../site.ts";
import { drawSections } from "./sections.ts";

/** A group's own page: the blocks of the weekly page for one group, and how it stands among the others. */
export function groupRoutes(app: Express, site: Site): void {
  // The bar's form keeps week and comparison on this page; another scope chosen in it has a page of its own.
  app.get("/groups/:id", (request, response, next) => {
    const { group, ...rest } = request.query as Record<string, string>;
    if (typeof group !== "string" || group === request.params.id) return next();
    response.redirect(
      303,
      `${group === "*" ? "/" : groupPath(group)}?${new URLSearchParams(rest).toString()}`,
    );
  });
  app.get(
    "/groups/:id",
    site.page(async (query, look, request) => {
      const id = String(request.params["id"]);
      const all = await site.source.read((generation) =>
        generation.review({ week: query.week, focus: null }),
      );
      const made = await withScene(
        site,
        { ...query, group: id },
        look,
        groupPath(id),
        async (scene, here) => {
          const drawn = await drawSections(site.charts, scene, look.narrow);
          return { status: 200, type: "html", body: groupPage(here, all, drawn).text };
        },
      );
      return made ?? site.empty(look);
    }),
  );
}
