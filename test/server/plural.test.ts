import { expect, test } from "vitest";
import { t } from "../../src/server/i18n.ts";

test("one of something is not said in the plural", () => {
  const said = [0, 1, 2].map((n) => t("en", "sop_also_in", { n }));
  expect(said).toEqual(["0", "1", "2"].map((n) => `The same in ${n} more ${n === "1" ? "group" : "groups"}`));
  expect(t("en", "list_found", { n: "1,001" })).toBe("1,001 persons found");
  expect(t("zh", "sop_also_in", { n: 1 })).toBe("另有 1 个群也是这样");
});
