// `npm run torture [-- MINUTES]`: kills the real commands at random moments, longer than a test may take.
import { strict as assert } from "node:assert";
import { rmSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { figures, Moments, problems, shapeOf } from "./inspect.ts";
import { CANARY, Scene } from "./scene.ts";

const scene = new Scene();
scene.addWeek();
const COMMANDS = [["run"], ["build"], ["import", `${scene.root}/inbox`], ["forget", CANARY.id, "--yes"]];

/** What the command leaves when nothing disturbs it, and how long it takes. */
async function undisturbed(args: readonly string[]) {
  const root = scene.copy("undisturbed");
  const began = performance.now();
  scene.must(...args, "--workspace", root);
  return { args, took: performance.now() - began, wanted: await figures(root), shape: shapeOf(root) };
}

const commands: Awaited<ReturnType<typeof undisturbed>>[] = [];
for (const args of COMMANDS) commands.push(await undisturbed(args));
const before = await new Moments(scene.root, scene.folder).now();
const until = Date.now() + Number(process.argv[2] ?? 10) * 60_000;
let kills = 0;
let ended = 0;
while (Date.now() < until) {
  for (const { args, took, wanted, shape } of commands) {
    const root = scene.copy("killed");
    const work = scene.start(...args, "--workspace", root);
    const after = Math.random() * took;
    await Promise.race([wait(after), work.ended]);
    if (work.child.exitCode === null) kills++;
    else ended++;
    work.child.kill("SIGKILL");
    const { code } = await work.ended;
    const moment = await new Moments(root, scene.folder).now();
    const what = `${args[0]} killed after ${Math.round(after)} ms`;
    assert.deepEqual(moment.missing, [], what);
    assert.deepEqual(
      (await problems(root)).filter((one) => !one.startsWith("erasure ")),
      [],
      what,
    );
    assert.deepEqual(moment.imports.slice(0, before.imports.length), before.imports, what);
    // An erasure that is complete finds nobody the second time.
    const again = scene.run(...args, "--workspace", root);
    if (args[0] !== "forget" || again.status !== 1) assert.equal(again.status, 0, `${what}: ${again.stderr}`);
    assert.deepEqual(await figures(root), wanted, what);
    assert.deepEqual(shapeOf(root), shape, what);
    rmSync(root, { recursive: true });
    console.log(`${what}${code === null ? "" : ", it had ended"}: whole, and completed`);
  }
}
scene.remove();
console.log(`${kills} kills, ${ended} too late: nothing lost, nothing by half`);
