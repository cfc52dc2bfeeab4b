import { expect, it } from "vitest";
import type { SopData } from "../../src/server/page/sop/data.ts";
import { todaySection } from "../../src/server/page/sop/today.ts";
import { type DueStep, together } from "../../src/sop/due.ts";
import { calendarFeed } from "../../src/sop/ics.ts";

const step = (groupName: string, over: Partial<DueStep> = {}): DueStep => ({
  dueLocalAt: "2026-11-23 10:00:00",
  dueAt: "2026-11-23 02:00:00",
  groupId: groupName,
  groupName,
  planId: "week",
  planTitle: null,
  planVersion: "1",
  stepId: "tip",
  phase: null,
  task: "publish",
  role: null,
  roleTitle: null,
  owner: null,
  contentType: null,
  text: "先存下",
  link: null,
  target: null,
  status: null,
  minutesLate: null,
  times: 1,
  isPersonal: false,
  ...over,
});
const page = (today: DueStep[], lang: "zh" | "en" = "en") =>
  String(todaySection({ lang, day: "2026-11-23", today } as unknown as SopData));

it("sent in one group, missed in another and open in a third: the card says each, and the step is not sent yet", () => {
  const steps = [step("a", { status: "done" }), step("b", { status: "missed" }), step("c")];
  expect(together(steps)).toMatchObject([
    {
      groups: ["a", "b", "c"],
      open: 1,
      statuses: [
        { status: "done", count: 1 },
        { status: "missed", count: 1 },
      ],
    },
  ]);
  const shown = page(steps).replaceAll(/<[^>]+>/g, " ");
  expect(shown).toMatch(/1 step, 1 not sent yet/);
  expect(shown).toMatch(/on time 1\s+missed 1/);
});

it("of one group the status stands alone, with its minutes", () => {
  expect(page([step("a", { status: "late", minutesLate: 12 })])).toMatch(/12 min[^0-9]*<\/span>/);
  expect(page([step("a", { status: "done" })])).toMatch(/0 not sent yet/);
});

it("members of several groups are added up, and are no event of the feed even if it is one", () => {
  const personal = { isPersonal: true, stepId: "welcome" };
  const [one] = together([step("a", { ...personal, times: 2 }), step("b", { ...personal, times: 3 })]);
  expect(one?.step.times).toBe(5);
  expect(calendarFeed([step("a", personal)], "SOP", "2026-11-23 00:00:00")).not.toContain("BEGIN:VEVENT");
});
