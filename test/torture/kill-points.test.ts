import { chmodSync, cpSync, existsSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everyFile, holds } from "../../src/admin/files.ts";
import { listIdentityDecisions } from "../../src/state/identity.ts";
import { listCorrections } from "../../src/state/labels.ts";
import { State } from "../../src/state/state.ts";
import { openWorkspace } from "../../src/workspace.ts";
import { figures, type Moment, Moments, problems, shapeOf } from "./inspect.ts";
import { brokenOrder } from "./order.ts";
import { type Kind, killPoints, removeKinds, type Tortured } from "./points.ts";
import { CANARY, Scene } from "./scene.ts";
import { ensureStrace, trace } from "./strace.ts";

/*
 * The real command is stopped after every system call that changes a file of the workspace. The disk is then as a
 * SIGKILL at that call leaves it; each kind of state that differs from the one before is copied, verified, and the
 * command is run again in the copy.
 */
const TIMEOUT = 900_000;
/** All of this file together; checked at the end. */
const WANTED_POINTS = 200;

let scene: Scene;
let points = 0;

beforeAll(() => {
  ensureStrace();
  scene = new Scene();
}, TIMEOUT);
afterAll(() => scene.remove());

/** Each kind of state differs from all before in the way that the command works, and none is a mixture. */
function expectSteps({ kinds }: Tortured, of: (kind: Kind) => string | null, atMost: number): void {
  const steps = kinds.map(of).filter((value, at, all) => value !== all[at - 1]);
  expect(new Set(steps).size, "went back to an older state").toBe(steps.length);
  expect(steps.length).toBeLessThanOrEqual(atMost);
}

async function torture(args: readonly string[], options?: { everyWrite: boolean }): Promise<Tortured> {
  const acknowledged = (await new Moments(scene.root, scene.folder).now()).imports;
  const done = await killPoints(scene, args, options);
  expect([done.code, done.log]).toEqual([0, done.log]);
  points += done.points;
  for (const { moment, after, problems: found } of done.kinds) {
    expect([after, moment.missing]).toEqual([after, []]);
    expect([after, found.filter((problem) => !problem.startsWith("erasure "))]).toEqual([after, []]);
    expect(moment.imports.slice(0, acknowledged.length), after).toEqual(acknowledged);
  }
  return done;
}

/** Runs the command again where it was killed, and compares with the run that nothing disturbed. */
async function expectCompletes({ kinds }: Tortured, args: readonly string[]): Promise<void> {
  const undisturbed = await figures(scene.root);
  const shape = shapeOf(scene.root);
  const last = JSON.stringify(kinds.at(-1)?.moment);
  for (const { copy, after } of kinds.filter(({ moment }) => JSON.stringify(moment) !== last)) {
    scene.must(...args, "--workspace", copy);
    expect([after, await problems(copy)]).toEqual([after, []]);
    expect([after, await figures(copy)]).toEqual([after, undisturbed]);
    expect([after, shapeOf(copy)]).toEqual([after, shape]);
  }
}

const stateOf = (root: string) => new State(openWorkspace(root).state);
const json = <T>(...args: string[]) =>
  JSON.parse(scene.must(...args, "--json", "--workspace", scene.root)) as T;

describe("a kill after any system call leaves the old or the new state, and running again completes", () => {
  test("a correction of a label", { timeout: TIMEOUT }, async () => {
    const args = ["label", await messageKey(), "complaint", "--off"];
    const done = await torture(args);
    expectSteps(done, ({ moment }) => moment.state, 2);
    await expectCompletes(done, args);
    for (const { copy } of done.kinds.slice(0, -1))
      expect(await listCorrections(stateOf(copy))).toHaveLength(1);
    removeKinds(scene, done.kinds);
  });

  test("a decision on who is who", { timeout: TIMEOUT }, async () => {
    const [pair] = json<{ suggestion_id: string }[]>("identity", "suggest");
    const args = ["identity", "reject", String(pair?.suggestion_id)];
    const done = await torture(args);
    expectSteps(done, ({ moment }) => moment.state, 2);
    await expectCompletes(done, args);
    for (const { copy } of done.kinds.slice(0, -1))
      expect(await listIdentityDecisions(stateOf(copy))).toHaveLength(1);
    removeKinds(scene, done.kinds);
  });

  test("an import, a build, its publication and the week's report", { timeout: TIMEOUT }, async () => {
    scene.addWeek();
    const done = await torture(["run"], { everyWrite: false });
    expectSteps(done, ({ moment }) => moment.generation, 2);
    expectSteps(done, ({ moment }) => moment.reports, 2);
    expectSteps(done, ({ moment }) => moment.state, 2);
    expect(brokenOrder(done.calls, scene.root)).toEqual([]);
    await expectCompletes(done, ["run"]);
    removeKinds(scene, done.kinds);
  });

  test("forgetting a person", { timeout: TIMEOUT }, async () => {
    const args = ["forget", CANARY.id, "--yes"];
    const done = await torture(args, { everyWrite: false });
    expectSteps(done, ({ moment }) => moment.generation, 2);
    expectSteps(done, ({ moment }) => moment.state, 3);
    expect(done.kinds.some(({ problems: found }) => found.some((one) => one.startsWith("erasure ")))).toBe(
      true,
    );
    expect(brokenOrder(done.calls, scene.root)).toEqual([]);
    await expectCompletes(done, args);
    for (const { copy } of done.kinds.slice(0, -1)) {
      const { marts, state, reports, lists } = openWorkspace(copy);
      const files = [marts, reports, lists].flatMap(everyFile).concat(state);
      expect(files.filter((file) => holds(file, Object.values(CANARY)))).toEqual([]);
    }
    removeKinds(scene, done.kinds);
  });

  test("a new workspace", { timeout: TIMEOUT }, async () => {
    const root = join(scene.folder, "new");
    const copy = join(scene.folder, "new-copy");
    const { calls } = await trace([...scene.program.command, "init", root], {
      root,
      stopAfter: "write,pwrite64,fsync,rename,link,unlink,mkdir",
      onStop: async () => {
        points++;
        rmSync(copy, { recursive: true, force: true });
        cpSync(root, copy, { recursive: true });
        // What init left undone, the first command does.
        if (!existsSync(join(copy, "fupan.yaml"))) return "go";
        expect(await problems(copy)).toEqual([]);
        expect(await stateOf(copy).secret()).toMatch(/^[0-9a-f]{64}$/);
        return "go";
      },
    });
    expect(brokenOrder(calls, root)).toEqual([]);
  });
});

test("killed for real, a command leaves what the stop at the same call showed", {
  timeout: TIMEOUT,
}, async () => {
  const moments = new Moments(scene.root, scene.folder);
  const before = await moments.now();
  for (const at of ["write", "fsync", "pwrite64", "unlink"]) {
    const command = [
      ...scene.program.command,
      "label",
      "--workspace",
      scene.root,
      await messageKey(),
      "complaint",
    ];
    let stopped: Moment | undefined;
    const { signal } = await trace(command, {
      root: scene.root,
      stopAfter: at,
      onStop: async () => {
        stopped = await moments.now();
        return "kill";
      },
    });
    expect([at, signal]).toEqual([at, "SIGKILL"]);
    expect([at, await moments.now()]).toEqual([at, stopped]);
    expect(scene.must("verify", "--workspace", scene.root)).toContain("全部完好");
  }
  expect((await moments.now()).imports).toEqual(before.imports);
});

test("damage would be seen", { timeout: TIMEOUT }, async () => {
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

test("at least as many kill points as promised", () => {
  expect(points).toBeGreaterThanOrEqual(WANTED_POINTS);
});

async function messageKey(): Promise<string> {
  const [message] = json<{ message_key: string }[]>("sql", "select message_key from marts.messages limit 1");
  return String(message?.message_key);
}
