import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { fixtures } from "../support/golden.ts";

const script = new URL("../support/import-samples.ts", import.meta.url).pathname;

async function importedIn(zone: string) {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script], {
    env: { ...process.env, TZ: zone },
    maxBuffer: 64 << 20,
  });
  const said = JSON.parse(stdout) as { zone: string; told: Record<string, unknown>; rows: string[] };
  expect(said.zone).toBe(zone);
  return { told: said.told, rows: said.rows };
}

it("every sample gives the same rows in every time zone of the process", async () => {
  const [utc, shanghai, newYork] = await Promise.all(
    ["UTC", "Asia/Shanghai", "America/New_York"].map((zone) => importedIn(zone)),
  );
  expect(Object.keys(utc?.told ?? {})).toHaveLength(fixtures().length);
  expect(utc?.rows.length).toBeGreaterThan(fixtures().length);
  expect(shanghai).toEqual(utc);
  expect(newYork).toEqual(utc);
}, 900_000);
