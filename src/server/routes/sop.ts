import type { Express } from "express";
import { UserError } from "../../kit/errors.ts";
import { localDay } from "../../kit/time.ts";
import { nothingBuilt } from "../../review/nothing-built.ts";
import { addDays } from "../../review/weeks.ts";
import { dueStep } from "../../sop/due.ts";
import { maySeeGroup } from "../auth/access.ts";
import { decidedActions } from "../decisions.ts";
import { t } from "../i18n.ts";
import { sopPage } from "../page/sop/index.ts";
import type { Site } from "../site.ts";

/** From the newest complete week on: it, the one at work and four more. */
const FEED_DAYS = 41;

/** The page of the plan at work, and the plan as a feed that calendar programs subscribe to, for all roles or one. */
export function sopRoutes(app: Express, site: Site): void {
  app.get(
    "/sop",
    site.page(async (query, look) => {
      const actions = await decidedActions(site.state);
      const made = await site.source.read(async (generation) => {
        const review = await generation.review({ week: query.week, group: query.group, focus: null });
        const { group, from, to } = review;
        const day = query.day ?? localDay(review.asOf, review.timezone);
        const ask = (name: string, params: Record<string, string>) =>
          generation.query(name, { group_id: group, ...params });
        const kpi = site.dashboard.layout.headline[0];
        return site.framed(
          look,
          {
            title: t(look.lang, "page_sop"),
            path: `/sop?week=${review.week}&group=${encodeURIComponent(group)}&day=${day}`,
          },
          sopPage({
            lang: look.lang,
            review,
            day,
            today: (await ask("sop_calendar", { from: day, to: day })).map(dueStep),
            week: (await ask("sop_calendar", { from, to })).map(dueStep),
            templates: await titles(templates),
            evidence: await ask("sop_steps_week", { week: from }),
            cases: await ask("service_cases", { week: from }),
            trend: await ask("sop_trend", kpi === undefined ? {} : { kpi }),
            withoutEffect: actions.filter(
              ({ effect, status, groupId }) =>
                status === "done" &&
                (effect?.verdict === "unchanged" || effect?.verdict === "worse") &&
                (group === "*" || groupId === group) &&
                maySeeGroup(groupId),
            ),
          }),
        );
      });
      return made ?? site.empty(look, "/sop");
    }),
  );
  const { templates } = site;
  app.get(
    "/sop/templates/:kind",
    site.page(async (_query, _look, request) => {
      const { templateKinds, templateOf, planWorkbook } = await import("../../sop/templates.ts");
      const kind = String(request.params["kind"]).replace(/\.xlsx$/, "");
      if (templates === undefined || !templateKinds(templates).includes(kind))
        throw new UserError({ zh: "没有这份模板", en: "There is no such template" });
      return {
        status: 200,
        type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        body: await planWorkbook({ ...templateOf(templates, kind).plan, ...(await groupsHere(site)) }),
        headers: { "Content-Disposition": `attachment; filename="${kind}-sop.xlsx"` },
      };
    }),
  );
  app.get(
    "/sop.ics",
    site.page(async (query) => {
      const made = await site.source.read(async (generation) => {
        const { group, from, groupName, generatedAt } = await generation.review({
          group: query.group,
          focus: null,
        });
        const rows = await generation.query("sop_calendar", {
          group_id: group,
          from,
          to: addDays(from, FEED_DAYS),
          ...(query.role === undefined ? {} : { role: query.role }),
        });
        const name = ["SOP", groupName, query.role].filter(Boolean).join(" · ");
        const { calendarFeed } = await import("../../sop/ics.ts");
        // Unlike a list this stays at its address: a calendar program asks for it again and again.
        return {
          status: 200,
          type: "text/calendar; charset=utf-8",
          body: `${calendarFeed(rows.map(dueStep), name, generatedAt.replace("Z", "")).trimEnd()}\r\n`,
        };
      });
      if (!made) throw nothingBuilt();
      return made;
    }),
  );
}

/** A plan is for the groups that it names: a blank one names those that are here, and whoever fills it in strikes some out. */
async function groupsHere(site: Site): Promise<{ groups?: { id: string }[] }> {
  const groups = (await site.source.read((generation) => generation.groups())) ?? [];
  // By its name where that is one group's alone, and no mark in it parts names.
  const called = ({ id, name }: (typeof groups)[number]) =>
    /^[\p{L}\p{N}]+$/u.test(name) && groups.filter((one) => one.name === name).length === 1 ? name : id;
  return groups.length > 0 ? { groups: groups.map((one) => ({ id: called(one) })) } : {};
}

/** The blank plans by what they are called. */
async function titles(folder: string | undefined): Promise<{ id: string; title: string }[]> {
  if (folder === undefined) return [];
  const { templateKinds, templateOf } = await import("../../sop/templates.ts");
  return templateKinds(folder).map((id) => ({ id, title: templateOf(folder, id).plan.title ?? id }));
}
