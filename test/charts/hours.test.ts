import { expect, test } from "vitest";
import { busiest } from "../../src/server/shapes/hours.ts";

const cell = (hour: number, messages: number) => ({ weekday: 3, hour, messages, posts: 0 });

test("an hour without a message is never among the busiest", () => {
  expect(busiest([cell(0, 0), cell(10, 3), cell(11, 0)])).toEqual([cell(10, 3)]);
  expect(busiest([cell(0, 1), cell(10, 3), cell(11, 2)])).toEqual([cell(10, 3), cell(11, 2)]);
  expect(busiest([cell(0, 0)])).toEqual([]);
});
