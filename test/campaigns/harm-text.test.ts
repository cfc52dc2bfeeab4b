import { expect, test } from "vitest";
import type { Outcome } from "../../src/campaigns/outcome.ts";
import { outcomeText } from "../../src/server/page/campaigns.ts";

const arm = (people: number, returned: number) => ({
  people,
  returned,
  spoke: returned,
  bought: 0,
  value: 0,
});
const harm: Outcome = {
  ...{ treated: arm(40, 2), held: arm(40, 16), until: "2026-11-08", over: true },
  ...{ lift: -0.35, interval: [-0.5, -0.17], extra: -14, spent: null },
};

test("a loss is told once: what is less is not less by a minus", () => {
  expect(outcomeText(harm, "zh")).toBe(
    "联系过的人反而回来得更少：−35.0pp（95% 区间 −50.0pp 到 −17.0pp），这样的打扰先停一停",
  );
  expect(outcomeText(harm, "en")).toMatch(/^Fewer of those written to returned: −35\.0pp/);
});
