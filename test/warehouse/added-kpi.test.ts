import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

const KPI = `/*
title: {zh: 话多的人, en: Talkers}
description: {zh: 本周说过两句以上的人。, en: Members who said more than two things.}
unit: ratio
good: up
minDenominator: 1
people: {from: marts.participation, numerator: messages > 2, denominator: "true"}
*/
select
    group_id,
    week,
    '*' as segment,
    count(*) filter(messages > 2) as numerator,
    count(*) as denominator
from
    marts.participation
group by
    group_id,
    week
`;

let community: Community;
let root: string;
beforeAll(() => {
  community = new Community();
  root = mkdtempSync(join(tmpdir(), "fupan-sql-"));
  cpSync(SQL_ROOT, root, { recursive: true });
  writeFileSync(join(root, "kpis", "talkers.sql"), KPI);
});
afterAll(() => {
  community.remove();
  rmSync(root, { recursive: true, force: true });
});

test("one SQL file is a KPI: in the table, the review and its verdict, for groups and for all", async () => {
  const said = ["a", "a", "a", "b", "c", "c", "c", "c"];
  await community.import(
    "messages.csv",
    csv(
      said.map((sender_id, at) => ({
        group_id: at < 4 ? "g1" : "g2",
        sender_id,
        sent_at: `2026-11-02 09:0${at}:00`,
        text: `${at}`,
      })),
    ),
  );
  const catalog = readCatalog(root);
  await community.build("2026-11-09T00:00:00", catalog);
  const { source, close } = createSource(community.workspace.marts, catalog);
  try {
    const rows = await source.read((generation) => generation.kpis({ kpi: "talkers" }));
    expect(rows?.map(({ group_id, numerator, denominator }) => [group_id, numerator, denominator])).toEqual([
      ["*", 2, 3],
      ["g1", 1, 2],
      ["g2", 1, 1],
    ]);
    const review = await source.read((generation) => generation.review({}));
    expect(review?.kpis.find(({ id }) => id === "talkers")).toMatchObject({
      title: { zh: "话多的人" },
      value: 2 / 3,
      verdict: "insufficient",
    });
  } finally {
    close();
  }
});
