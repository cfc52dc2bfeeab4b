import { readdirSync } from "node:fs";
import { Readable } from "node:stream";
import { afterAll, expect, test, vi } from "vitest";
import { Community } from "../support/community.ts";
import { testDesk } from "../support/desk.ts";
import { workbook } from "../support/workbook.ts";

/* A browser sends what was dropped together at once, and one process reads it all. */
const community = new Community();
const desk = testDesk(community.workspace, community.state);
afterAll(() => {
  vi.restoreAllMocks();
  desk.jobs.close();
  community.remove();
});

test("workbooks that are opened in the same millisecond are each read by themselves", async () => {
  vi.spyOn(performance, "now").mockReturnValue(1);
  const names = ["甲", "乙", "丙", "丁"];
  const uploads = await Promise.all(
    names.map((name) => {
      const body = workbook([{ name, rows: { 1: [`${name}号`, `${name}列`], 2: ["1", "2"] } }]);
      return desk.uploads.take(`${name}.xlsx`, Readable.from([body]));
    }),
  );
  const seen = await Promise.all(uploads.map((upload) => desk.recognise(upload)));
  expect(seen.map((one) => "table" in one && one.table?.header)).toEqual(
    names.map((name) => [`${name}号`, `${name}列`]),
  );
  expect(readdirSync(community.workspace.scratch).filter((file) => file !== "uploads")).toEqual([]);
});
