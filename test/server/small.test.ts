import { expect, test } from "vitest";
import { withoutFew } from "../../src/server/auth/small.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { SQL_ROOT } from "../support/community.ts";

const { queries } = readCatalog(SQL_ROOT);

test.each(queries.map(({ id, header, sql }) => ({ id, header, sql })))(
  "$id says which of its columns count people, and has them",
  ({ header, sql }) => {
    expect(header.people).toBeDefined();
    for (const column of header.people ?? []) expect(sql).toMatch(new RegExp(`\\b${column}\\b|\\*,?$`, "m"));
  },
);

test("a count of few people is hidden by its header's word, whatever it is called", () => {
  const people = (id: string) => queries.find((query) => query.id === id)?.header.people;
  expect(withoutFew({ segment: "new", persons: 9, previous: 2 }, people("segment_stock"))).toEqual({
    segment: "new",
    persons: 9,
    previous: null,
  });
  expect(withoutFew({ people: 7, people_bought: 1 }, people("solitaires"))).toEqual({
    people: 7,
    people_bought: null,
  });
});

test("what does not count people stays, and a query that says nothing may count them anywhere", () => {
  const row = { day: 3, speakers: 2, spoke_rate: 0.4 };
  expect(withoutFew(row, ["speakers"])).toEqual({ day: 3, speakers: null, spoke_rate: null });
  expect(withoutFew(row, [])).toEqual(row);
  expect(withoutFew(row)).toEqual({ day: null, speakers: null, spoke_rate: null });
});
