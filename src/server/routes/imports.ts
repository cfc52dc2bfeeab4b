import type { Express } from "express";
import { t } from "../i18n.ts";
import { importsPage } from "../page/plain.ts";
import type { Site } from "../site.ts";

/** What was imported, and (with a desk) the way to import more. */
export function importRoutes(app: Express, site: Site): void {
  app.get(
    "/imports",
    site.page(async (_query, look) => {
      const rows = await site.source.read((generation) => generation.imports());
      return rows === null
        ? site.empty(look)
        : site.framed(
            look,
            { title: t(look.lang, "imports_title"), path: "/imports" },
            importsPage(look.lang, rows),
          );
    }),
  );
}
