import { spawn } from "node:child_process";
import express from "express";
import { afterAll, beforeAll, expect, test } from "vitest";
import { streamEvents } from "../../src/server/imports/events.ts";
import { Job } from "../../src/server/imports/jobs.ts";
import { listen } from "../../src/server/listen.ts";

const job = new Job({ task: "import", batch: "b1", files: [] });
let server: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  const app = express();
  app.get("/events", (request, response) => streamEvents(job, request, response));
  server = await listen(app, { host: "127.0.0.1", port: 0 });
});
afterAll(() => server.close());

const events = (after?: number) =>
  fetch(new URL("/events", server.url), {
    headers: after === undefined ? {} : { "Last-Event-ID": String(after) },
  });
const ids = (text: string) => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));

test("a stream that was cut goes on after the last event that arrived, and ends with the job", async () => {
  for (const stage of ["read", "check", "write"]) job.say({ type: "stage", stage });
  const first = await events();
  const reader = first.body?.getReader();
  const seen = new TextDecoder().decode((await reader?.read())?.value);
  expect(ids(seen).length).toBeGreaterThan(0);
  await reader?.cancel();
  const resumed = events(2).then((answer) => answer.text());
  await new Promise((soon) => setTimeout(soon, 50));
  job.say({ type: "done", weeks: [] });
  expect(ids(await resumed)).toEqual([3, 4]);
  // Whoever has it all is not kept waiting.
  expect(ids(await (await events(4)).text())).toEqual([]);
});

test("to cancel kills the process, and nothing is said after it", async () => {
  const long = new Job({ task: "import", batch: "b2", files: [] });
  const ended = long.run(spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "pipe" }));
  long.cancel();
  await ended;
  expect(long.events.map(({ data }) => data["type"])).toEqual(["cancelled"]);
});
