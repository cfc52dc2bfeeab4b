import { expect, test } from "vitest";
import { fill, shown } from "../../src/rules/text.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { SQL_ROOT } from "../support/community.ts";

test("a chance that is small is never said to be nought", () => {
  const said = [0, 1e-9, 0.0049, 0.005, 0.69, 4.126, -0.001].map((value) => shown(value, "number"));
  expect(said).toEqual(["0", "<0.01", "<0.01", "0.01", "0.69", "4.13", "0"]);
  expect([shown(0.4, "people"), shown(1e-9, "ratio"), shown(null, "number")]).toEqual(["0", "0%", "—"]);
});

test("no suggestion says a word of the other language", () => {
  for (const { id, header } of readCatalog(SQL_ROOT).rules) {
    const values = Object.fromEntries(Object.keys(header.evidence).map((name) => [name, 1]));
    const { en } = fill(header.suggestion, header, values);
    expect([id, /\p{Script=Han}/u.test(en)]).toEqual([id, false]);
  }
  // What SQL writes into a text stands in both languages, so it is a number or the community's own word.
  const made = readCatalog(SQL_ROOT).rules.filter(({ sql }) =>
    /'[^']*\p{Script=Han}[^']* [a-z]+'/u.test(sql),
  );
  expect(made.map(({ id }) => id)).toEqual([]);
});
