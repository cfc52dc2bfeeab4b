import { expect, it } from "vitest";
import { dayToBegin } from "../../src/server/page/segment-list.ts";

/* Until then nobody on the list was written to: whoever comes back earlier says nothing of the campaign. */
it.each([
  ["the week is just over", "2026-11-16T01:00:00Z", "2026-11-16"],
  ["its last evening is the last that is known", "2026-11-15T12:00:00Z", "2026-11-16"],
  ["more than the week after is known", "2026-11-22T12:44:00Z", "2026-11-23"],
])("a campaign begins after the week of its list and after what is known: %s", (_when, asOf, day) => {
  expect(dayToBegin({ to: "2026-11-15", asOf, timezone: "Asia/Shanghai" })).toBe(day);
});
