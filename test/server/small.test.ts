import { expect, test } from "vitest";
import { isFew } from "../../src/server/auth/few.ts";
import { hiddenMoves } from "../../src/server/auth/lonely.ts";
import { rowsWithoutFew, withoutFew } from "../../src/server/auth/small.ts";
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

test("a single hidden move is not the total less the others: another one goes with it", () => {
  const moves = [
    { from: "new", to: "active", persons: 30 },
    { from: "new", to: "quiet", persons: 2 },
    { from: "active", to: "active", persons: 50 },
    { from: "active", to: "quiet", persons: 20 },
    { from: "quiet", to: "quiet", persons: 40 },
    { from: "quiet", to: "dormant", persons: 9 },
    { from: "dormant", to: "dormant", persons: 70 },
  ];
  const shown = rowsWithoutFew(moves, ["persons"]);
  for (const side of ["from", "to"] as const)
    for (const segment of ["new", "active", "quiet", "dormant"]) {
      const line = shown.filter((row) => row[side] === segment);
      const hidden = line.filter(({ persons }) => persons === null).length;
      expect([side, segment, hidden === 1 && line.length > 1]).toEqual([side, segment, false]);
    }
  // What no small number can be told from stays.
  expect(shown.filter(({ persons }) => persons !== null).map(({ persons }) => persons)).toEqual([40, 9, 70]);
  expect(
    hiddenMoves(
      moves.filter(({ persons }) => persons > 4),
      isFew,
    ).size,
  ).toBe(0);
  expect(rowsWithoutFew([{ persons: 2 }, { persons: 8 }], ["persons"])).toEqual([
    { persons: null },
    { persons: 8 },
  ]);
});
