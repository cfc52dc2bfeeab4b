import express, { type Express } from "express";
import { z } from "zod";
import { listColumnMaps } from "../../state/batches.ts";
import { listUsers } from "../../state/users.ts";
import { configBeside } from "../../workspace.ts";
import { changedAt } from "../decisions.ts";
import { t } from "../i18n.ts";
import { definitionsPage } from "../page/definitions-page.ts";
import { settingsPage } from "../page/settings.ts";
import { withReview } from "../scene.ts";
import type { Site } from "../site.ts";

const YEAR = 31_536_000;
const look = z.strictObject({
  back: z
    .string()
    .regex(/^\/(?!\/)[^\\\r\n]*$/, "a path of this site")
    .max(500)
    .catch("/"),
  delta: z.enum(["", "cn", "intl"]).optional(),
  theme: z.enum(["", "light", "dark"]).optional(),
});

/** What the numbers mean, what is set, and how the pages look. */
export function aboutRoutes(app: Express, site: Site): void {
  app.get(
    "/definitions",
    site.page(async (query, { lang, ...rest }) => {
      const made = await withReview(site, query, (review) =>
        site.framed(
          { lang, ...rest },
          { title: t(lang, "definitions_title"), path: "/definitions" },
          definitionsPage({ lang, review }),
        ),
      );
      return made ?? site.empty({ lang, ...rest }, "/definitions");
    }),
  );
  app.get(
    "/settings",
    site.page(async (query, here) => {
      const { state } = site;
      const review = await withReview(site, query, (made) => made);
      const maps = state ? await listColumnMaps(state) : [];
      return site.framed(
        here,
        { title: t(here.lang, "settings_title"), path: "/settings" },
        settingsPage({
          look: here,
          review,
          isChanged:
            state !== undefined &&
            changedAt(configBeside(state.path)) > Date.parse(review?.generatedAt ?? ""),
          users: state ? await listUsers(state) : [],
          maps: maps.map((map) => String((map as { id?: unknown }).id ?? "")),
        }),
      );
    }),
  );
  app.post("/look", express.urlencoded({ extended: false, limit: "5kb" }), (request, response) => {
    const { back, ...chosen } = look.parse(request.body);
    for (const [name, value] of Object.entries(chosen)) {
      if (value === undefined) continue;
      // An empty choice is the default: the cookie goes.
      response.append(
        "Set-Cookie",
        `${name}=${value}; Path=/; Max-Age=${value === "" ? 0 : YEAR}; SameSite=Lax`,
      );
    }
    response.redirect(303, back);
  });
}
