import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const SCRIPT = new URL("../support/close-under-questions.ts", import.meta.url).pathname;

test("a database that is closed under questions: each is answered or refused, and the process lives on", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", SCRIPT], {
    timeout: 100_000,
  });
  const told = JSON.parse(stdout) as { answered: number; refused: number; other: string[]; asked: number };
  expect(told.other).toEqual([]);
  expect(told.answered + told.refused).toBe(told.asked);
  expect(told.refused).toBeGreaterThan(20);
});
