// `npm run torture [-- MINUTES]`: kills the real commands at random moments, longer than a test may take.
import { strict as assert } from "node:assert";
import { rmSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { figures, Moments, problems, shapeOf } from "./inspect.ts";
import { CANARY, Scene } from "./scene.ts";

/** Kills of one workspace, one after the other, before the command may complete. */
const IN_A_ROW = 4;

const scene = new Scene();
const { suggestions } = JSON.parse(
  scene.must("suggestions", "list", "--json", "--workspace", scene.root),
) as { suggestions: { id: string }[] };
scene.addWeek();
const COMMANDS: readonly ((root: string) => string[])[] = [
  () => ["run"],
  () => ["forget", CANARY.id, "--yes"],
  () => ["import", `${scene.root}/inbox`],
  () => ["suggestions", "accept", suggestions[0]?.id ?? ""],
  () => ["user", "add", "小李", "--role", "viewer"],
  (root) => ["backup", `${root}/backups/kept`],
  () => ["build"],
];
/** What a command says the second time, when the first had done its work: nobody is known, the name is taken. */
const DONE = new Set(["forget", "user", "backup"]);

/** What the command leaves when nothing disturbs it, and how long it takes. */
async function undisturbed(args: (root: string) => string[]) {
  const root = scene.copy("undisturbed");
  const began = performance.now();
  scene.must(...args(root), "--workspace", root);
  return { args, took: performance.now() - began, wanted: await figures(root), shape: shapeOf(root) };
}

const commands: Awaited<ReturnType<typeof undisturbed>>[] = [];
for (const args of COMMANDS) commands.push(await undisturbed(args));
const before = await new Moments(scene.root, scene.folder).now();
const until = Date.now() + Number(process.argv[2] ?? 10) * 60_000;
let kills = 0;
let ended = 0;
let completed = 0;
while (Date.now() < until) {
  for (const known of commands) {
    const { args, wanted, shape } = known;
    const root = scene.copy("killed");
    const command = args(root);
    const name = command[0] ?? "";
    const after: number[] = [];
    for (let time = 0; time < IN_A_ROW; time++) {
      const work = scene.start(...command, "--workspace", root);
      const began = performance.now();
      const at = Math.random() * known.took;
      after.push(Math.round(at));
      await Promise.race([wait(at), work.ended]);
      if (work.child.exitCode === null) kills++;
      else {
        ended++;
        // The machine has become faster: kills behind the end show nothing.
        known.took = Math.min(known.took, performance.now() - began);
      }
      work.child.kill("SIGKILL");
      await work.ended;
      const moment = await new Moments(root, scene.folder).now();
      const what = `${name} killed after ${after.join(", ")} ms`;
      assert.deepEqual(moment.missing, [], what);
      const found = (await problems(root)).filter((one) => !one.startsWith("erasure "));
      assert.deepEqual(found, [], what);
      assert.deepEqual(moment.imports.slice(0, before.imports.length), before.imports, what);
    }
    const what = `${name} killed after ${after.join(", ")} ms`;
    const again = scene.run(...command, "--workspace", root);
    if (!DONE.has(name) || again.status !== 1) assert.equal(again.status, 0, `${what}: ${again.stderr}`);
    assert.deepEqual(await figures(root), wanted, what);
    assert.deepEqual(shapeOf(root), shape, what);
    rmSync(root, { recursive: true });
    completed++;
    console.log(`${what}: whole, and completed`);
    if (Date.now() > until) break;
  }
}
scene.remove();
console.log(`${kills} kills, ${ended} too late, ${completed} completed: nothing lost, nothing by half`);
