import { once } from "node:events";
import { cpSync, existsSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { everyFile, holds } from "../../src/admin/files.ts";
import { readBackup } from "../../src/admin/manifest.ts";
import { restore } from "../../src/admin/restore.ts";
import { listIdentityDecisions } from "../../src/state/identity.ts";
import { listCorrections } from "../../src/state/labels.ts";
import { State } from "../../src/state/state.ts";
import { listActions } from "../../src/state/suggestions.ts";
import { listUsers } from "../../src/state/users.ts";
import { openWorkspace } from "../../src/workspace.ts";
import { figures, type Moment, Moments, problems, shapeOf } from "./inspect.ts";
import { brokenOrder } from "./order.ts";
import { removeKinds } from "./points.ts";
import { CANARY, Scene } from "./scene.ts";
import { ensureStrace, trace } from "./strace.ts";
import { expectSteps, Torturer } from "./torturer.ts";

/*
 * The real command is stopped after every system call that changes a file of the workspace. The disk is then as a
 * SIGKILL at that call leaves it; each kind of state that differs from the one before is copied, verified, and the
 * command is run again in the copy.
 */
const TIMEOUT = 900_000;
/** All of this file together; checked at the end. */
const WANTED_POINTS = 200;

let scene: Scene;
let torturer: Torturer;

beforeAll(() => {
  ensureStrace();
  scene = new Scene();
  torturer = new Torturer(scene);
}, TIMEOUT);
afterAll(() => scene.remove());

const stateOf = (root: string) => new State(openWorkspace(root).state);
const json = <T>(...args: string[]) =>
  JSON.parse(scene.must(...args, "--json", "--workspace", scene.root)) as T;

describe("a kill after any system call leaves the old or the new state, and running again completes", () => {
  test("a correction of a label", { timeout: TIMEOUT }, async () => {
    const args = ["label", await messageKey(), "complaint", "--off"];
    const done = await torturer.kill(args);
    expectSteps(done, ({ moment }) => moment.state, 2);
    await torturer.expectCompletes(done, args);
    for (const { copy } of done.kinds.slice(0, -1))
      expect(await listCorrections(stateOf(copy))).toHaveLength(1);
    removeKinds(scene, done.kinds);
  });

  test("a decision on who is who", { timeout: TIMEOUT }, async () => {
    const [pair] = json<{ suggestion_id: string }[]>("identity", "suggest");
    const args = ["identity", "reject", String(pair?.suggestion_id)];
    const done = await torturer.kill(args);
    expectSteps(done, ({ moment }) => moment.state, 2);
    await torturer.expectCompletes(done, args);
    for (const { copy } of done.kinds.slice(0, -1))
      expect(await listIdentityDecisions(stateOf(copy))).toHaveLength(1);
    removeKinds(scene, done.kinds);
  });

  test("decisions on a suggestion, on the command line", { timeout: TIMEOUT }, async () => {
    const id = await suggestionId();
    const steps = [
      [["reject", id, "--reason", "忙"], "rejected"],
      [["accept", id, "--owner", "小李"], "accepted"],
      [["done", id], "done"],
    ] as const;
    for (const [args, status] of steps) {
      const command = ["suggestions", ...args];
      const done = await torturer.kill(command);
      expectSteps(done, ({ moment }) => moment.state, 2);
      await torturer.expectCompletes(done, command);
      for (const { copy } of done.kinds.slice(0, -1))
        expect(await listActions(stateOf(copy))).toMatchObject([{ id, status }]);
      removeKinds(scene, done.kinds);
    }
  });

  test("a decision on a suggestion, through the API", { timeout: TIMEOUT }, async () => {
    const root = scene.copy("served");
    const moments = new Moments(root, scene.folder);
    const seen: Moment[] = [await moments.now()];
    const [id, port] = [await suggestionId(), await freePort()];
    const ask = async (path: string, body?: object) =>
      fetch(`http://127.0.0.1:${port}/api/v1/suggestions${path}`, {
        ...(body ? { method: "POST", headers: { "content-type": "application/json" } } : {}),
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    const command = [...scene.program.command, "serve", "--port", String(port), "--workspace", root];
    await stateOf(root).write((database) => database.run("delete from suggestions"));
    const end = new AbortController();
    let isAsked: boolean = false;
    const serving = trace(command, {
      root,
      killOn: end.signal,
      stopAfter: "write,pwrite64,fsync,rename,unlink",
      onStop: async () => {
        if (!isAsked) return "go";
        torturer.points++;
        seen.push(await moments.now());
        return "go";
      },
    });
    await vi.waitUntil(async () => (await ask("").catch(() => null))?.ok, { timeout: 120_000 });
    isAsked = true;
    const answer = await ask(`/${id}/accept`, { owner: "小李" });
    expect(answer.status).toBe(200);
    end.abort();
    expect((await serving).signal).toBe("SIGKILL");
    expect(seen.flatMap(({ missing }) => missing)).toEqual([]);
    expect(new Set(seen.map(({ state }) => state)).size).toBeLessThanOrEqual(3);
    expect(await problems(root)).toEqual([]);
    expect(await listActions(stateOf(root))).toMatchObject([{ id, status: "accepted", owner: "小李" }]);
  });

  test("a new user", { timeout: TIMEOUT }, async () => {
    const args = ["user", "add", "小李", "--role", "leader", "--group", "g1"];
    const done = await torturer.kill(args);
    expectSteps(done, ({ moment }) => moment.state, 2);
    await torturer.expectCompletes(done, args);
    for (const { copy } of done.kinds.slice(0, -1)) {
      expect(await listUsers(stateOf(copy))).toHaveLength(1);
      expect(await stateOf(copy).read((database) => database.all("select action from audit"))).toHaveLength(
        1,
      );
    }
    removeKinds(scene, done.kinds);
  });

  test("a backup, and its way back", { timeout: TIMEOUT }, async () => {
    const folder = join(scene.root, "backups", "kept");
    const args = ["backup", folder];
    const done = await torturer.kill(args, { everyWrite: false });
    expectSteps(done, ({ moment }) => moment.state, 1);
    expect(brokenOrder(done.calls, scene.root)).toEqual([]);
    removeKinds(scene, done.kinds);
    const again = ["backup", join(scene.root, "backups", "again"), "--workspace", scene.root];
    let stops = 0;
    const { signal: killed } = await trace([...scene.program.command, ...again], {
      root: scene.root,
      stopAfter: "fsync",
      onStop: async () => (++stops === 4 ? "kill" : "go"),
    });
    expect([killed, await problems(scene.root)]).toEqual(["SIGKILL", []]);
    scene.must(...again);
    expect(shapeOf(scene.root).filter((file) => file.includes("tmp"))).toEqual([]);

    const to = join(scene.folder, "restored");
    const copies: string[] = [];
    const whole = await readBackup(folder);
    const { signal, calls } = await trace([...scene.program.command, "restore", folder, "--workspace", to], {
      root: to,
      stopAfter: "pwrite64,fsync,rename,link,unlink,mkdir",
      onStop: async () => {
        torturer.points++;
        const copy = join(scene.folder, `restored-${copies.length}`);
        cpSync(to, copy, { recursive: true });
        copies.push(copy);
        // From here on it is a build, which has its own test.
        return existsSync(join(to, "state.duckdb")) && existsSync(join(to, "fupan.yaml")) ? "kill" : "go";
      },
    });
    expect(signal).toBe("SIGKILL");
    expect(calls.filter(({ name }) => name === "rename").length).toBe(whole.files.length);
    for (const copy of copies) {
      await restore(folder, copy);
      expect(await problems(copy)).toEqual([]);
      expect(shapeOf(copy).filter((file) => /tmp|restoring/.test(file))).toEqual([]);
      rmSync(copy, { recursive: true });
    }
    scene.must("restore", folder, "--workspace", to);
    // A restored workspace is built from all that was decided; decisions since the last build are not in this one yet.
    scene.must("build", "--workspace", scene.root);
    expect(await figures(to)).toEqual(await figures(scene.root));
    rmSync(to, { recursive: true });
  });

  test("an import, a build, its publication and the week's report", { timeout: TIMEOUT }, async () => {
    scene.addWeek();
    const done = await torturer.kill(["run"], { everyWrite: false });
    expectSteps(done, ({ moment }) => moment.generation, 2);
    expectSteps(done, ({ moment }) => moment.reports, 2);
    expectSteps(done, ({ moment }) => moment.state, 2);
    expect(brokenOrder(done.calls, scene.root)).toEqual([]);
    await torturer.expectCompletes(done, ["run"]);
    removeKinds(scene, done.kinds);
  });

  test("forgetting a person", { timeout: TIMEOUT }, async () => {
    const args = ["forget", CANARY.id, "--yes"];
    const done = await torturer.kill(args, { everyWrite: false });
    expectSteps(done, ({ moment }) => moment.generation, 2);
    expectSteps(done, ({ moment }) => moment.state, 3);
    expect(done.kinds.some(({ problems: found }) => found.some((one) => one.startsWith("erasure ")))).toBe(
      true,
    );
    expect(brokenOrder(done.calls, scene.root)).toEqual([]);
    await torturer.expectCompletes(done, args);
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
        torturer.points++;
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

test("at least as many kill points as promised", () => {
  expect(torturer.points).toBeGreaterThanOrEqual(WANTED_POINTS);
});

async function messageKey(): Promise<string> {
  const [message] = json<{ message_key: string }[]>("sql", "select message_key from marts.messages limit 1");
  return String(message?.message_key);
}

async function suggestionId(): Promise<string> {
  const { suggestions } = json<{ suggestions: { id: string }[] }>("suggestions", "list");
  return String(suggestions[0]?.id);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
