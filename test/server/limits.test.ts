import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { streamEvents } from "../../src/server/imports/events.ts";
import { Job } from "../../src/server/imports/jobs.ts";
import { Uploads } from "../../src/server/imports/uploads.ts";
import { listen } from "../../src/server/listen.ts";

// A real server with little patience, spoken to byte by byte. What it serves does not matter here.
const folder = mkdtempSync(join(tmpdir(), "fupan-limits-"));
const uploads = new Uploads(join(folder, "uploads"), 1000);
const job = new Job({ task: "import", batch: "b1", files: [] });
let server: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  const app = express();
  app.get("/quick", (_request, response) => void response.send("here"));
  app.get("/slow", (_request, response) => void setTimeout(() => response.send("late"), 900));
  app.post("/form", express.urlencoded({ extended: false, limit: "4kb" }), (_request, response) => {
    response.send("taken");
  });
  app.post("/long", (_request, response) => void setTimeout(() => response.send("late"), 900));
  app.put("/file", async (request, response) => {
    await uploads.take("a.csv", request);
    response.send("taken");
  });
  app.get("/events", (request, response) => streamEvents(job, request, response));
  const patience = { headers: 300, silence: 300, request: 1500 };
  server = await listen(app, { host: "127.0.0.1", port: 0, patience });
});
afterAll(async () => {
  job.cancel();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Sends the pieces, each after `pause`, until the other side closes. @returns what came back, and after how long. */
function drip(pieces: readonly string[], pause: number): Promise<{ answer: string; ms: number }> {
  const began = performance.now();
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  let answer = "";
  let at = 0;
  const timer = setInterval(() => {
    const piece = pieces[Math.min(at++, pieces.length - 1)];
    if (socket.writable && piece !== undefined) socket.write(piece);
  }, pause);
  socket.on("data", (data) => {
    answer += data.toString("latin1");
  });
  socket.on("error", () => undefined);
  return new Promise((done) =>
    socket.on("close", () => {
      clearInterval(timer);
      done({ answer, ms: performance.now() - began });
    }),
  );
}

const get = async (path: string) => (await fetch(new URL(path, server.url))).text();

test("headers that drip are cut off, and nobody else waits for them", async () => {
  const slow = Array.from({ length: 30 }, () =>
    drip(["GET /quick HTTP/1.1\r\nHost: 127.0.0.1\r\n", "X-Drip: 1\r\n"], 50),
  );
  const began = performance.now();
  expect(await get("/quick")).toBe("here");
  expect(performance.now() - began).toBeLessThan(2000);
  for (const { answer, ms } of await Promise.all(slow)) {
    expect(answer).toMatch(/^HTTP\/1\.1 408|^$/);
    expect(ms).toBeLessThan(5000);
  }
});

test("a body that drips is cut off", async () => {
  const head =
    "POST /form HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n";
  const { answer, ms } = await drip([`${head}Content-Length: 4000\r\n\r\na=`, "x"], 50);
  expect(answer).not.toContain("taken");
  expect(ms).toBeLessThan(3000);
  const chunked = await drip([`${head}Transfer-Encoding: chunked\r\n\r\n`, "1\r\nx\r\n"], 50);
  expect(chunked.answer).not.toContain("taken");
  expect(chunked.ms).toBeLessThan(3000);
});

test("a file that falls silent is dropped whole; one that goes on slowly is taken", async () => {
  const head = "PUT /file HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: 8\r\n\r\n";
  const silent = await drip([`${head}ab`, ""], 100);
  expect(silent.answer).not.toContain("taken");
  await expect
    .poll(() => (existsSync(join(folder, "uploads")) ? readdirSync(join(folder, "uploads")) : []))
    .toEqual([]);
  const steady = await drip([`${head}ab`, "cd", "ef", "gh", ""], 120);
  expect(steady.answer).toContain("taken");
});

test("a form that is too large is refused, a file above its limit too", async () => {
  const form = (size: number) =>
    fetch(new URL("/form", server.url), {
      method: "POST",
      body: new URLSearchParams({ a: "x".repeat(size) }),
    });
  expect((await form(3000)).status).toBe(200);
  expect((await form(5000)).status).toBe(413);
  const kept = () => readdirSync(join(folder, "uploads")).length;
  const put = (size: number) =>
    fetch(new URL("/file", server.url), { method: "PUT", body: "x".repeat(size) });
  expect((await put(1000)).status).toBe(200);
  const before = kept();
  expect((await put(2000)).status).toBeGreaterThanOrEqual(400);
  expect(kept()).toBe(before);
});

test("an answer that takes its time is waited for, with and without a body", async () => {
  expect(await get("/slow")).toBe("late");
  const long = await fetch(new URL("/long", server.url), { method: "POST", body: "{}" });
  expect(await long.text()).toBe("late");
});

test("a few listeners follow a job, the next one is turned away", async () => {
  const aborts = Array.from({ length: 20 }, () => new AbortController());
  for (const { signal } of aborts)
    expect((await fetch(new URL("/events", server.url), { signal })).status).toBe(200);
  expect((await fetch(new URL("/events", server.url))).status).toBe(503);
  for (const one of aborts) one.abort();
  await expect.poll(() => job.followers).toBe(0);
});
