import { createHash } from "node:crypto";
import ICAL from "ical.js";
import { type DueStep, together } from "./due.ts";

/**
 * Due steps as an iCalendar feed (RFC 5545): one event per step and moment, its groups in the title, the script in
 * the description, an alarm ten minutes ahead. Steps for single members are left out.
 * @param made when the data was computed, UTC: a reader takes the later one of two events of one id.
 */
export function calendarFeed(steps: readonly DueStep[], name: string, made: string): string {
  const calendar = new ICAL.Component("vcalendar");
  calendar.updatePropertyWithValue("version", "2.0");
  calendar.updatePropertyWithValue("prodid", "-//fupan//sop//ZH");
  calendar.updatePropertyWithValue("method", "PUBLISH");
  calendar.updatePropertyWithValue("x-wr-calname", name);
  const used = new Set<string>();
  for (const { step, groups } of together(steps.filter(({ isPersonal }) => !isPersonal))) {
    // So long after a group was made is another time in each: the later ones of a day are known by their group.
    const uid = used.has(uidOf(step)) ? uidOf(step, step.groupId) : uidOf(step);
    used.add(uid);
    const event = new ICAL.Component("vevent");
    const start = instant(step.dueAt);
    const end = start.clone();
    end.adjust(0, 0, 15, 0);
    event.updatePropertyWithValue("uid", uid);
    event.updatePropertyWithValue("dtstamp", instant(made));
    event.updatePropertyWithValue("dtstart", start);
    event.updatePropertyWithValue("dtend", end);
    event.updatePropertyWithValue(
      "summary",
      `${step.planTitle ?? step.planId} · ${step.stepId} · ${groups.join("、")}`,
    );
    const lines = [step.roleTitle ?? step.role, step.text, step.link, step.target].filter(
      (one) => one !== null,
    );
    if (lines.length > 0) event.updatePropertyWithValue("description", lines.join("\n"));
    if (step.phase !== null) event.updatePropertyWithValue("categories", step.phase);
    const alarm = new ICAL.Component("valarm");
    alarm.updatePropertyWithValue("action", "DISPLAY");
    alarm.updatePropertyWithValue("description", step.stepId);
    alarm.updatePropertyWithValue("trigger", ICAL.Duration.fromSeconds(-600));
    event.addSubcomponent(alarm);
    calendar.addSubcomponent(event);
  }
  return `${calendar.toString()}\r\n`;
}

function instant(utc: string) {
  return ICAL.Time.fromJSDate(new Date(`${utc.replace(" ", "T")}Z`), true);
}

/** The same step keeps its id when it is moved within its day, so that calendars move it too. */
function uidOf({ planId, stepId, dueLocalAt }: DueStep, groupId?: string): string {
  const key = [planId, stepId, dueLocalAt.slice(0, 10), ...(groupId === undefined ? [] : [groupId])].join(
    "/",
  );
  return `${createHash("sha256").update(key).digest("hex").slice(0, 24)}@fupan`;
}
