import { chmodSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { everyFile } from "../../src/admin/files.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath, readPointer } from "../../src/warehouse/publish.ts";
import { openWorkspace } from "../../src/workspace.ts";
import { figures, Moments, problems } from "./inspect.ts";
import type { Kind, Tortured } from "./points.ts";
import { Scene } from "./scene.ts";
import { expectSteps } from "./torturer.ts";

/* What the kill tests look at would tell of damage, of a mixture of states and of a figure that is another. */
const TIMEOUT = 300_000;
let scene: Scene;
beforeAll(() => {
  scene = new Scene();
}, TIMEOUT);
afterAll(() => scene.remove());

test("damage would be seen", async () => {
  const copy = scene.copy("damaged");
  const [part] = everyFile(join(copy, "lake"));
  chmodSync(String(part), 0o600);
  truncateSync(String(part), 100);
  expect((await new Moments(copy, scene.folder).now()).missing).toHaveLength(1);
  expect(await problems(copy)).toEqual([expect.stringMatching(/^changed lake/)]);
  const mixed = ["old", "new", "old"].map((state) => ({ moment: { state } }) as Kind);
  expect(() => expectSteps({ kinds: mixed } as Tortured, ({ moment }) => moment.state, 3)).toThrow(
    "went back",
  );
});

test("so would a figure that is another by one, in whatever table", async () => {
  const other = scene.copy("other");

  const { marts } = openWorkspace(other);
  const published = generationPath(marts, readPointer(marts)?.generation ?? "");
  for (const change of [
    "update marts.people set display_name = 'x' where person_id = (select min(person_id) from marts.people)",
    "update report.kpi_weekly set numerator = numerator + 1 where rowid = 0",
  ]) {
    const before = await figures(other);
    const database = await Database.open(published);
    await database.run(change);
    database.close();
    expect([change, Object.keys((await figures(other)).marts ?? {}).length]).toEqual([
      change,
      Object.keys(before.marts ?? {}).length,
    ]);
    expect(await figures(other)).not.toEqual(before);
  }
  expect(Object.keys((await figures(other)).marts ?? {}).length).toBeGreaterThan(60);
});
