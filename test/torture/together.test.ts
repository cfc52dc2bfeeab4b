import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { everyFile } from "../../src/admin/files.ts";
import { listImports } from "../../src/state/ledger.ts";
import { State } from "../../src/state/state.ts";
import { csv } from "../support/community.ts";
import { problems } from "./inspect.ts";
import { Scene } from "./scene.ts";

const TIMEOUT = 600_000;
let scene: Scene;
beforeAll(() => {
  scene = new Scene();
}, TIMEOUT);
afterAll(() => scene.remove());

/** Enough for two processes to meet. */
const many = (from: number) =>
  csv(
    Array.from({ length: 20_000 }, (_, at) => ({
      group_id: "g2",
      sender_id: `m${at % 50}`,
      sent_at: new Date(Date.UTC(2025, 3, 1) + (from + at) * 60_000).toISOString(),
      text: `${from + at}`,
    })),
  );

test("two imports at once: one works, the other names its process, nothing is lost", {
  timeout: TIMEOUT,
}, async () => {
  const files = [0, 1].map((at) => {
    const file = join(scene.folder, `many-${at}.csv`);
    writeFileSync(file, many(at * 20_000));
    return file;
  });
  const [one, two] = files.map((file) => scene.start("import", file, "--workspace", scene.root));
  if (!one || !two) throw new Error("not started");
  const [first, second] = await Promise.all([one.ended, two.ended]);
  expect(new Set([first.code, second.code])).toEqual(new Set([0, 1]));
  const [winner, loser] = first.code === 0 ? [one, second] : [two, first];
  expect(loser.log).toContain(`PID ${winner.child.pid}`);
  expect(loser.log).toContain("等它结束后再试");
  for (const file of files) scene.must("import", file, "--workspace", scene.root);
  const [count] = JSON.parse(
    scene.must(
      "sql",
      "select count(*) as n from lake.messages where group_id = 'g2'",
      "--json",
      "--workspace",
      scene.root,
    ),
  ) as { n: number }[];
  expect(count).toEqual({ n: 40_000 });
});

test("four commands that find no state yet make one", { timeout: TIMEOUT }, async () => {
  const root = join(scene.folder, "fresh");
  mkdirSync(root);
  writeFileSync(join(root, "fupan.yaml"), "community: x\n");
  const all = Array.from({ length: 4 }, () => scene.start("label", "--workspace", root));
  expect((await Promise.all(all.map(({ ended }) => ended))).map(({ code, log }) => [code, log])).toEqual(
    Array(4).fill([0, ""]),
  );
  expect(readdirSync(root).filter((file) => file.startsWith("state"))).toEqual(["state.duckdb"]);
  expect(await new State(join(root, "state.duckdb")).secret()).toMatch(/^[0-9a-f]{64}$/);
});

test("an import, a build and decisions while the pages are read", { timeout: TIMEOUT }, async () => {
  const imports = async () => (await listImports(new State(join(scene.root, "state.duckdb")))).length;
  const before = await imports();
  scene.addWeek();
  const server = scene.start("serve", "--port", "0", "--workspace", scene.root);
  const address = () => /http:\/\/127\.0\.0\.1:\d+/.exec(server.said.log)?.[0];
  while (!address()) await new Promise((done) => setTimeout(done, 50));
  const work = scene.start("run", "--workspace", scene.root);
  const key = JSON.parse(
    scene.must("sql", "select message_key from marts.messages limit 1", "--json", "--workspace", scene.root),
  ) as { message_key: string }[];
  const decisions = ["question", "complaint"].map((label) =>
    scene.start("label", String(key[0]?.message_key), label, "--workspace", scene.root),
  );
  const generations = new Set<string | null>();
  const failed: string[] = [];
  const read = async () => {
    for (const path of ["/", "/api/v1/review", "/sop"]) {
      const answer = await fetch(`${address()}${path}`);
      await answer.text();
      if (answer.status !== 200) failed.push(`${path} ${answer.status}`);
      if (path !== "/sop") generations.add(answer.headers.get("x-fupan-generation"));
    }
  };
  const over = new AbortController();
  const watched = work.ended.finally(() => over.abort());
  while (!over.signal.aborted) {
    await read();
    await new Promise((done) => setTimeout(done, 100));
  }
  await read();
  expect(failed).toEqual([]);
  expect((await watched).code).toBe(0);
  for (const { ended } of decisions) expect((await ended).code).toBe(0);
  expect(generations.size).toBe(2);
  expect(JSON.parse(scene.must("label", "--json", "--workspace", scene.root))).toHaveLength(2);
  server.child.kill("SIGTERM");
  expect((await server.ended).code).toBe(0);
  expect(await problems(scene.root)).toEqual([]);
  expect(await imports()).toBe(before + 1);
});

test("whatever was written is for its owner alone", { timeout: TIMEOUT }, async () => {
  const { root } = scene;
  scene.must("backup", "--workspace", root);
  for (const out of ["review.html", "review.xlsx", "review.json"])
    scene.must(
      "review",
      "--format",
      String(out.split(".")[1]),
      "--out",
      join(root, "reports", out),
      "--workspace",
      root,
    );
  const open = () =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !relative(root, path).startsWith("inbox/") && (statSync(path).mode & 0o077) !== 0)
      .map((path) => relative(root, path));
  expect(open()).toEqual([]);
  expect(everyFile(join(root, "backups")).length).toBeGreaterThan(5);
  chmodSync(join(root, "state.duckdb"), 0o640);
  expect(open()).toEqual(["state.duckdb"]);
});
