import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { digest } from "./digest.ts";

const run = promisify(execFile);

test("the same seed writes the same bytes, another seed does not", async () => {
  const [first, again, other] = [await digest(), await digest(), await digest(99)];
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test("the time zone of the process changes nothing", async () => {
  const script = fileURLToPath(new URL("digest.ts", import.meta.url));
  const under = async (TZ: string) =>
    (await run(process.execPath, ["--import", "tsx", script], { env: { ...process.env, TZ } })).stdout;
  const here = await digest();
  expect(await under("America/New_York")).toBe(here);
  expect(await under("Pacific/Kiritimati")).toBe(here);
}, 30_000);
