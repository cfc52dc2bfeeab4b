import { expect, test } from "vitest";
import { QueryError, stackOf, withoutValues } from "../../src/kit/errors.ts";
import { NAMES, RAW } from "./planted.ts";

const holding = (text: string) => [...RAW, ...NAMES].filter((value) => text.includes(value));

test("what the program says of an error in the data or of a bug quotes no value", () => {
  const quoted = [
    `Conversion Error: Could not convert string '${NAMES[0]}' to INT32\n\nLINE 1: select a::int\n  ^`,
    `Conversion Error: Could not convert string '${NAMES[0]}'s "${RAW[0]}" shop' to INT32`,
    `Constraint Error: Duplicate key "phone: ${RAW[1]}" violates primary key constraint.`,
    `Invalid Input Error: CSV Error on Line: 2\nOriginal Line: ${RAW[1]},${NAMES[0]}`,
    `Out of Range Error: ${RAW[1]} is too large, ${RAW[2]}`,
    `Unexpected token '金', "${NAMES[0]}" is not valid JSON`,
  ];
  for (const message of quoted) {
    const bug = new Error(message);
    bug.stack = `Error: ${message}\n    at place (file.ts:1:1)`;
    const query = new QueryError("sql/x.sql", "select 1", bug, 1);
    for (const said of [stackOf(bug), query.message, withoutValues(message)])
      expect([said, holding(said)]).toEqual([said, []]);
    expect(stackOf(bug)).toContain("at place (file.ts:1:1)");
  }
  expect(withoutValues('Binder Error: Referenced column "message_id" not found')).toContain("message_id");
  expect(withoutValues('the header lacks "unit" of 123456')).toBe('the header lacks "unit" of 123456');
});
