import { expect, test } from "vitest";
import type { Extras } from "../../src/server/extras.ts";
import { reasonTable } from "../../src/server/shapes/reasons.ts";
import type { Row } from "../../src/warehouse/rows.ts";

const line = (reason: string, weight: number): Row => ({
  reason,
  title_zh: reason,
  source: "inferred",
  weight,
  leavers: 40,
  respondents: 0,
});

test("what no reason was found for stands last, however large, and is never cut off", () => {
  const reasons = [
    line("unknown", 20),
    ...["a", "b", "c", "d", "e", "f", "g"].map((one, at) => line(one, 1 + at)),
  ];
  const { lines } = reasonTable({ reasons } as unknown as Extras, "zh");
  expect(lines.map(({ reason }) => reason)).toEqual(["g", "f", "e", "d", "c", "unknown"]);
  const known = reasonTable({ reasons: reasons.slice(1) } as unknown as Extras, "zh");
  expect(known.lines.map(({ reason }) => reason)).toEqual(["g", "f", "e", "d", "c", "b"]);
});
