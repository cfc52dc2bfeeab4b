import { expect, test } from "vitest";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { SQL_ROOT } from "../support/community.ts";

const TRUST = "match_rate";
/** What stands on every paid order, matched or not; and what the match rate itself is. */
const OF_ALL_ORDERS = [TRUST, "refund_rate"];

test("every KPI of matched buyers stands beside the share of orders that match; what a week read then is on that card", () => {
  const { kpis } = readCatalog(SQL_ROOT);
  const ofBuyers = kpis.filter(
    ({ id, header }) => header.needs.includes("orders") && !header.asReported && !OF_ALL_ORDERS.includes(id),
  );
  expect(ofBuyers.length).toBeGreaterThan(12);
  for (const { id, header } of ofBuyers) expect([id, header.shownWith]).toEqual([id, TRUST]);
  const then = kpis.filter(({ header }) => header.needs.includes("orders") && header.asReported);
  for (const { id, header } of then)
    expect([id, kpis.some((one) => one.id === header.variantOf && one.header.shownWith === TRUST)]).toEqual([
      id,
      true,
    ]);
});
