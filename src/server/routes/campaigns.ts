import express, { type Express } from "express";
import { z } from "zod";
import type { Campaign } from "../../campaigns/campaign.ts";
import { launch, standingOf, treatedRows } from "../../campaigns/launch.ts";
import type { Campaigns } from "../../campaigns/store.ts";
import { UserError } from "../../kit/errors.ts";
import { nothingBuilt } from "../../review/nothing-built.ts";
import type { Generation } from "../../review/source.ts";
import { download } from "../answer.ts";
import { currentUser, maySeeGroup } from "../auth/access.ts";
import { toCsv } from "../csv.ts";
import { t } from "../i18n.ts";
import { campaignPage, campaignsPage } from "../page/campaigns.ts";
import { mayFollow } from "../page/layout.ts";
import { peopleFile, TO_WRITE } from "../page/people-file.ts";
import { weekLabel } from "../request.ts";
import type { Site } from "../site.ts";

const body = z.strictObject({
  title: z.string().trim().min(1).max(80),
  from: z.iso.date(),
  days: z.coerce.number().int().min(1).max(90),
  message: z.string().trim().max(1000).default(""),
  week: weekLabel,
  group: z.string().max(200),
  segment: z.string().regex(/^[a-z_]{1,30}$/),
  why: z
    .string()
    .regex(/^[a-z_]{1,30}$/)
    .optional(),
  q: z.string().max(200).default(""),
});

/** Wake-up campaigns: a list is fixed with its holdout, and what it brought is measured by those left alone. */
export function campaignRoutes(app: Express, site: Site, campaigns: Campaigns): void {
  const line = async (generation: Generation, campaign: Campaign) => ({
    campaign,
    outcome: await standingOf(generation, campaign),
  });
  app.get(
    "/campaigns",
    site.page(async (_query, look) => {
      const mine = campaigns.list().filter(({ list }) => maySeeGroup(list.group));
      const lines = await site.source.read((generation) =>
        Promise.all(mine.map((one) => line(generation, one))),
      );
      const frame = { title: t(look.lang, "campaigns_title"), path: "/campaigns" };
      return lines
        ? site.framed(look, frame, campaignsPage(lines, look.lang))
        : site.empty(look, "/campaigns");
    }),
  );
  app.post(
    "/campaigns",
    express.urlencoded({ extended: false, limit: "20kb" }),
    async (request, response) => {
      const { title, from, days, message, week, group, segment, why, q } = body.parse(request.body);
      const wanted = { title, from, days, message, week, group, segment, why: why ?? null, q };
      const by = { name: currentUser()?.name ?? "local", at: new Date() };
      const made = await site.source.read((generation) => launch(generation, campaigns, wanted, by));
      if (!made) throw nothingBuilt();
      response.redirect(303, `/campaigns/${made.id}`);
    },
  );
  app.get(
    "/campaigns/:id.csv",
    site.page(async (_query, look, request) => {
      const campaign = found(campaigns, String(request.params["id"]));
      const made = await site.source.read(async (generation) => {
        const rows = await treatedRows(generation, campaign);
        const { names, lines } = peopleFile(rows, look.lang, await generation.timezone(), TO_WRITE);
        return download(`${campaign.title}.csv`, "text/csv; charset=utf-8", toCsv(names, lines));
      });
      if (!made) throw nothingBuilt();
      return made;
    }),
  );
  app.get(
    "/campaigns/:id",
    site.page(async (_query, look, request) => {
      const campaign = found(campaigns, String(request.params["id"]));
      const file = `/campaigns/${campaign.id}.csv`;
      const made = await site.source.read(async (generation) => ({
        ...(await line(generation, campaign)),
        // Whoever opted out since is not in the file, and is not counted on its button.
        listed: mayFollow(file) ? (await treatedRows(generation, campaign)).length : null,
      }));
      const frame = { title: campaign.title, path: `/campaigns/${campaign.id}` };
      return made ? site.framed(look, frame, campaignPage(made, look.lang)) : site.empty(look, "/campaigns");
    }),
  );
}

function found(campaigns: Campaigns, id: string): Campaign {
  const campaign = campaigns.find(id);
  if (campaign && maySeeGroup(campaign.list.group)) return campaign;
  throw new UserError({ zh: "没有这个活动", en: "There is no such campaign" });
}
