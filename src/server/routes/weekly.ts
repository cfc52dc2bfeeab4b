import type { Express } from "express";
import { chartWidth } from "../charts.ts";
import { groupPath } from "../context.ts";
import { reviewPage } from "../page/index.ts";
import { whySection } from "../page/why.ts";
import { withScene } from "../scene.ts";
import type { Site } from "../site.ts";
import { drawSections } from "./sections.ts";

/** The weekly page, the section that is swapped in it, and its charts one by one. */
export function weeklyRoutes(app: Express, site: Site): void {
  const { charts, page } = site;
  app.get(
    "/",
    page(async (query, look) => {
      const made = await withScene(site, query, look, "/", async (scene, here) => {
        const drawn = await drawSections(charts, scene, look.narrow);
        return { status: 200, type: "html", body: reviewPage(here, drawn).text };
      });
      return made ?? site.empty(look);
    }),
  );
  app.get(
    "/frag/why",
    page(async (query, look) => {
      const path = query.on && query.group !== undefined ? groupPath(query.group) : "/";
      const made = await withScene(site, query, look, path, async (scene, here) => {
        const [parts, trend] = await Promise.all(
          ["why-parts", "why"].map((section) => charts.drawn(section, scene, look.narrow)),
        );
        return whySection(here, { parts: parts ?? [], trend: trend ?? [] }).text;
      });
      return { status: made === null ? 404 : 200, type: "html", body: made ?? "" };
    }),
  );
  app.get(
    "/chart/:id.svg",
    page(async (query, look, request) => {
      const id = String(request.params["id"]);
      const made = charts.has(id)
        ? await withScene(site, query, look, "/", (scene) =>
            charts.svg(id, scene, chartWidth(query.w, charts.width(id, look.narrow))),
          )
        : null;
      return { status: made === null ? 404 : 200, type: "image/svg+xml", body: made ?? "" };
    }),
  );
  app.get(
    "/spec/:id.vl.json",
    page(async (query, look, request) => {
      const id = String(request.params["id"]);
      const made = await withScene(site, query, look, "/", (scene) => charts.spec(id, scene));
      return { status: made ? 200 : 404, type: "json", body: JSON.stringify(made ?? { error: "not found" }) };
    }),
  );
}
