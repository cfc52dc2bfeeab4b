import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { outliveReaders } from "../../src/kit/pipes.ts";
import { csv } from "../support/community.ts";
import { Shell } from "./cli.ts";

const shell = new Shell();
afterAll(() => shell.remove());

test("whoever reads a command's output may stop early: the work is done to its end, and no stack is printed", async () => {
  expect(shell.fupan("init", "ws").code).toBe(0);
  const rows = Array.from({ length: 40 }, (_, at) => ({
    group_id: "g1",
    sender_id: `m${at % 4}`,
    sent_at: `2026-11-${String(2 + (at % 20)).padStart(2, "0")} 09:00:00`,
    text: `${at}`,
  }));
  writeFileSync(join(shell.root, "ws", "inbox", "messages.csv"), csv(rows));
  const closed = async (...args: string[]) => {
    const child = shell.start(...args, "--workspace", "ws");
    child.stdout.destroy();
    let said = "";
    child.stderr.on("data", (text: Buffer) => {
      said += text.toString();
    });
    const [code] = await once(child, "close");
    return { code, said };
  };
  expect(await closed("run", "--json")).toMatchObject({
    code: 0,
    said: expect.not.stringContaining("EPIPE"),
  });
  expect(await closed("review", "--json")).toEqual({ code: 0, said: "" });
  expect(shell.json<unknown[]>("sql", "select * from lake.messages", "--workspace", "ws")).toHaveLength(40);
});

test("what is no closed reader still is an error", () => {
  const stream = new PassThrough();
  outliveReaders([stream]);
  expect(() => stream.emit("error", Object.assign(new Error("full"), { code: "ENOSPC" }))).toThrow("full");
  expect(() => stream.emit("error", Object.assign(new Error("gone"), { code: "EPIPE" }))).not.toThrow();
});
