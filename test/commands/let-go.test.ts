import { mkdirSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { csv } from "../support/community.ts";
import { Shell } from "./cli.ts";

const shell = new Shell();
afterAll(() => shell.remove());

test("whoever is forgotten while the pages are served: the server lets go of the old generation by itself", async () => {
  shell.fupan("init", "ws");
  mkdirSync(join(shell.root, "ws", "inbox"), { recursive: true });
  const messages = Array.from({ length: 40 }, (_, at) => ({
    group_id: "g1",
    sender_id: `m${at % 4}`,
    sender_name: `金丝雀${at % 4}`,
    sent_at: `2026-11-${String(2 + (at % 20)).padStart(2, "0")} 09:00:00`,
    text: `${at}`,
  }));
  writeFileSync(join(shell.root, "ws", "inbox", "messages.csv"), csv(messages));
  expect(shell.fupan("run", "--workspace", "ws").code).toBe(0);
  const child = shell.start("serve", "--workspace", "ws", "--port", "0");
  let said = "";
  child.stderr.on("data", (text: Buffer) => {
    said += text.toString();
  });
  while (!/http:\/\/127\.0\.0\.1:\d+/.test(said)) await new Promise((done) => setTimeout(done, 20));
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? "";
  /** Generations that the server has open, also those whose file is gone: its bytes are still on the disk then. */
  const open = () => {
    const folder = `/proc/${child.pid}/fd`;
    const links = readdirSync(folder).flatMap((fd) => {
      try {
        return [readlinkSync(join(folder, fd))];
      } catch {
        return [];
      }
    });
    return [...new Set(links.filter((link) => /marts-.*\.duckdb/.test(link)))];
  };
  expect((await fetch(`${url}/segments`)).status).toBe(200);
  const [before = ""] = open();
  expect(open()).toHaveLength(1);
  expect(shell.fupan("forget", "m1", "--yes", "--workspace", "ws").code).toBe(0);
  // Nobody asks for anything meanwhile.
  await expect.poll(open, { timeout: 30_000, interval: 500 }).not.toContain(`${before} (deleted)`);
  expect(open()).not.toContain(before);
  child.kill("SIGTERM");
  await new Promise((done) => child.once("exit", done));
});
