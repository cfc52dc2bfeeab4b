import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { csv } from "../support/community.ts";
import { Shell } from "./cli.ts";

/** Tells of each process how it was called and whether it still has the way to the shared prototype when it ends. */
const shell = new Shell();
const told = join(shell.root, "told");
const tell = join(shell.root, "tell.mjs");
beforeAll(() => {
  mkdirSync(told);
  writeFileSync(
    tell,
    `import { writeFileSync } from "node:fs";
const made = JSON.parse('{"__proto__":{"isAdmin":true}}');
process.on("exit", () => {
  const merged = {};
  for (const key in made) merged[key] = made[key];
  const open = "__proto__" in Object.prototype || merged.isAdmin === true;
  writeFileSync(${JSON.stringify(told)} + "/" + process.pid, JSON.stringify([process.argv.slice(2), open]));
});\n`,
  );
  process.env["NODE_OPTIONS"] = `--import=${pathToFileURL(tell).href}`;
});
afterAll(() => {
  delete process.env["NODE_OPTIONS"];
  shell.remove();
});

/** How the processes that ended since were called, and whether the prototype was within reach. */
function processes(): [string[], boolean][] {
  return readdirSync(told)
    .map((file) => JSON.parse(readFileSync(join(told, file), "utf8")) as [string[], boolean])
    .filter(([args]) => args.length > 0);
}

test("planted: node alone leaves the way open", () => {
  spawnSync(process.execPath, ["-", "planted"], { input: "", stdio: ["pipe", "ignore", "ignore"] });
  expect(processes()).toEqual([[["planted"], true]]);
});

test("the tests run without it, as the program does", () => {
  expect("__proto__" in Object.prototype).toBe(false);
});

test("no command, nor a process that the server starts, can reach the prototype of all objects", async () => {
  for (const args of [["init", "ws"], ["formats"]]) expect(shell.fupan(...args).code).toBe(0);
  const child = shell.start("serve", "--workspace", "ws", "--port", "0");
  let said = "";
  child.stderr.on("data", (text: Buffer) => {
    said += text.toString();
  });
  while (!/http:\/\/127\.0\.0\.1:\d+/.test(said)) await new Promise((done) => setTimeout(done, 20));
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "";
  const text = csv([{ group_id: "g1", sender_id: "m1", sent_at: "2026-11-16 10:00:00", text: "hi" }]);
  const put = await fetch(`${url}/api/v1/imports?name=messages.csv`, { method: "PUT", body: text });
  const { upload } = (await put.json()) as { upload: string };
  const checked = await fetch(`${url}/api/v1/imports/uploads/${upload}/check`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  expect([put.status, checked.status]).toEqual([201, 200]);
  child.kill("SIGTERM");
  await new Promise((done) => child.once("exit", done));
  const seen = processes().filter(([[first]]) => first !== "planted");
  const called = seen.map(([args]) =>
    args.find((arg) => !arg.startsWith("-") && arg !== join(shell.root, "ws")),
  );
  expect(called).toHaveLength(4);
  expect(new Set(called)).toEqual(new Set(["init", "formats", "serve", "import-job"]));
  expect(seen.filter(([, open]) => open)).toEqual([]);
});
