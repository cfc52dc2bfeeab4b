import type { Express } from "express";
import { reconciliation } from "../../review/reconciliation.ts";
import { listImports } from "../../state/ledger.ts";
import type { State } from "../../state/state.ts";
import { t } from "../i18n.ts";
import type { ImportDesk } from "../imports/desk.ts";
import { importsPage } from "../page/imports.ts";
import type { Site } from "../site.ts";

/** What was imported, and (with a desk) the way to import more. */
export function importRoutes(app: Express, site: Site, state: State | undefined, desk?: ImportDesk): void {
  app.get(
    "/imports",
    site.page(async (_query, { lang, ...look }) => {
      const found = await site.source.read(async (generation) => ({
        groups: await generation.groups(),
        timezone: await generation.timezone(),
        reconciled: await reconciliation((query) => generation.query(query, {})),
      }));
      const script = await site.script("imports");
      return site.framed(
        { lang, ...look },
        { title: t(lang, "imports_title"), path: "/imports", scripts: script ? [script] : [] },
        importsPage({
          lang,
          imports: state ? await listImports(state) : [],
          groups: found?.groups ?? [],
          timezone: found?.timezone ?? "UTC",
          reconciled: found?.reconciled ?? null,
          formats: await desk?.formats(),
          canImport: desk !== undefined,
        }),
      );
    }),
  );
}
