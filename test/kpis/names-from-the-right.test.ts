import { expect, test } from "vitest";
import { beside } from "../../src/kit/beside.ts";
import { createSource } from "../../src/review/source.ts";
import { t } from "../../src/server/i18n.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, SQL_ROOT } from "../support/community.ts";

const HEBREW = "\u05d0\u05d1";
const ARABIC = "\u0639\u0645";
const MARK = "\u200e";

test("names written from the right keep their places beside others, and no other name is touched", async () => {
  expect([HEBREW, `VIP ${ARABIC} ${HEBREW} 3`, "城西", "Café 1"].map(beside)).toEqual([
    `${MARK}${HEBREW}${MARK}`,
    `VIP ${MARK}${ARABIC} ${HEBREW}${MARK} 3`,
    "城西",
    "Café 1",
  ]);
  // Before a bracket, or inside a title, the name would turn what follows around.
  expect(t("zh", "groups_title_clear", { kpi: "活跃率", group: HEBREW, delta: "+1.0pp" })).toContain(
    beside(HEBREW),
  );
  const community = new Community(JSON.stringify({ groups: { g1: { name: HEBREW }, g2: { name: ARABIC } } }));
  const days = ["2026-11-04", "2026-11-11"].flatMap((day) =>
    ["g1", "g2"].map((group) => `${group},m,${day} 10:00:00,ok\n`),
  );
  await community.import("messages.csv", `group_id,sender_id,sent_at,text\n${days.join("")}`);
  await community.build("2026-11-16T00:00:00+08:00");
  const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  const told = await source.read((generation) => generation.review({}));
  expect(told?.quality.map(({ text }) => text.zh).join("")).toContain(
    [HEBREW, ARABIC].map(beside).join("、"),
  );
  expect(told?.quality.map(({ text }) => text.en).join("")).toContain(
    [HEBREW, ARABIC].map(beside).join(", "),
  );
  await expect(source.read((generation) => generation.review({ group: "nobody" }))).rejects.toMatchObject({
    hint: { en: expect.stringContaining([HEBREW, ARABIC].map(beside).join(", ")) },
  });
  close();
  community.remove();
});
