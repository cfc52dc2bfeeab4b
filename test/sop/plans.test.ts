import { readdirSync, readFileSync } from "node:fs";
import ICAL from "ical.js";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { lintWords } from "../../pipelines/plans/shared/lint-words.ts";
import { parseConfig } from "../../src/config.ts";
import type { Plan } from "../../src/kit/plan.ts";
import { readPlanTable } from "../../src/kit/plan-table.ts";
import { readPlanYaml } from "../../src/kit/plan-yaml.ts";
import { diffPlans } from "../../src/sop/diff.ts";
import type { DueStep } from "../../src/sop/due.ts";
import { calendarFeed } from "../../src/sop/ics.ts";
import { limitsOf } from "../../src/sop/limits.ts";
import { lint } from "../../src/sop/lint/lint.ts";
import { planMarkdown, planPage } from "../../src/sop/print.ts";
import { planSheet } from "../../src/sop/sheet.ts";

const FOLDER = new URL("../../pipelines/plans/templates/", import.meta.url);
const templates = readdirSync(FOLDER);
const config = parseConfig("", "fupan.yaml");
const planOf = (name: string) => readPlanYaml(readFileSync(new URL(name, FOLDER), "utf8"));

describe("templates", () => {
  it("there is one for a course camp, a retail group, a fan group and a product community", () => {
    expect(templates).toEqual(["camp.yaml", "fan.yaml", "product.yaml", "retail.yaml"]);
  });

  it.each(templates)("%s passes its own checks", (name) => {
    const read = planOf(name);
    expect(read.problems).toEqual([]);
    const limits = limitsOf(config, read.plan?.group_kind);
    expect(lint(name, read, { words: lintWords, limits, groupNames: [] })).toEqual([]);
  });

  it.each(templates)("%s comes back from its table as it was", (name) => {
    const { plan } = planOf(name);
    const back = readPlanTable(Papa.unparse(planSheet(plan as Plan)));
    expect(back.problems).toEqual([]);
    expect(clean(back.plan)).toEqual(clean(plan));
  });

  it.each(templates)("%s prints every step and every field, safely", (name) => {
    const plan = planOf(name).plan as Plan;
    const hostile = { ...plan, title: '<script>alert("x")</script>' };
    const page = planPage(hostile);
    expect(page).not.toContain("<script>");
    const markdown = planMarkdown(plan);
    for (const { id, text } of plan.steps) {
      expect(markdown).toContain(id);
      if (text !== undefined) expect(page.replaceAll("&amp;", "&")).toContain(text.split("\n")[0]);
    }
    for (const field of Object.values(plan.planning ?? {})) expect(markdown).toContain(field);
  });
});

/** A table does not tell an empty list or a bare number from nothing and its period. */
function clean(plan: Plan | undefined): unknown {
  const roles = Object.entries(plan?.roles ?? {}).map(([id, role]) => [
    id,
    typeof role === "object" && role.people?.length === 0 ? { title: role.title } : role,
  ]);
  return { ...plan, roles: Object.fromEntries(roles) };
}

describe("diff", () => {
  const before = planOf("retail.yaml").plan as Plan;

  it("names what was added, removed and changed, by id", () => {
    const after: Plan = {
      ...before,
      version: "V2",
      steps: before.steps
        .filter(({ id }) => id !== "wed-story")
        .map((step) => (step.id === "mon-tip" ? { ...step, time: "11:00" } : step))
        .concat([{ id: "tue-new", weekday: "tue", role: "owner" }]),
    };
    expect(diffPlans(before, after).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "changed steps.mon-tip.time",
      "added steps.tue-new",
      "removed steps.wed-story",
      "changed version",
    ]);
  });

  it("a step that only moved in the file is no change", () => {
    expect(diffPlans(before, { ...before, steps: [...before.steps].reverse() })).toEqual([]);
  });
});

describe("calendar feed", () => {
  const step: DueStep = {
    dueLocalAt: "2026-11-23 10:00:00",
    dueAt: "2026-11-23 02:00:00",
    groupId: "g1",
    groupName: "城西厨房群；一组",
    planId: "retail",
    planTitle: "卖货群的一周",
    planVersion: "V1",
    stepId: "mon-tip",
    phase: "日常",
    task: "publish",
    role: "assistant",
    roleTitle: "助理",
    owner: null,
    contentType: "tip",
    text: "【周一干货】先存下，\n再转给需要的人；别忘了, 今晚答疑。",
    link: null,
    target: null,
    status: null,
    minutesLate: null,
    times: 1,
    isPersonal: false,
  };

  it("is read back by a calendar library: instants, one event for several groups, text with marks and line ends", () => {
    const feed = calendarFeed(
      [
        step,
        { ...step, groupId: "g2", groupName: "城东早餐群" },
        { ...step, stepId: "welcome", times: 3, isPersonal: true },
      ],
      "青禾生活",
      "2026-11-23 01:05:01",
    );
    expect(feed.split("\r\n").every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const events = new ICAL.Component(ICAL.parse(feed)).getAllSubcomponents("vevent");
    expect(events.length).toBe(1);
    const event = new ICAL.Event(events[0]);
    expect(event.startDate.toJSDate().toISOString()).toBe("2026-11-23T02:00:00.000Z");
    expect(event.summary).toBe("卖货群的一周 · mon-tip · 城西厨房群；一组、城东早餐群");
    expect(event.description).toBe(`助理\n${step.text}`);
  });

  it("a step that falls due twice in a day, each time in another group, is two events", () => {
    const other = { ...step, groupId: "g2", dueLocalAt: "2026-11-23 15:00:00", dueAt: "2026-11-23 07:00:00" };
    const uids = [...calendarFeed([step, other], "x", "2026-11-23 01:05:01").matchAll(/^UID:(.*)$/gm)].map(
      ([, uid]) => uid,
    );
    expect(new Set(uids).size).toBe(2);
  });

  it("a step moved within its day keeps its id", () => {
    const uid = (one: DueStep) => /^UID:(.*)$/m.exec(calendarFeed([one], "x", "2026-11-23 01:05:01"))?.[1];
    const moved = { ...step, dueLocalAt: "2026-11-23 11:00:00", dueAt: "2026-11-23 03:00:00" };
    expect(uid(moved)).toBe(uid(step));
    expect(uid({ ...step, dueLocalAt: "2026-11-24 10:00:00" })).not.toBe(uid(step));
  });
});
