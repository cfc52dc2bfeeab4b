import { type ChildProcess, spawn } from "node:child_process";
import { Agent, get } from "node:http";
import { gzipSync } from "node:zlib";
import { closeChromium } from "../src/report/chromium.ts";
import { writeWorkbook } from "../src/report/workbook.ts";
import { makeDemo } from "../test/support/demo.ts";
import type { Size } from "./data.ts";
import { type Figure, median } from "./report.ts";

async function timed(url: string): Promise<{ ms: number; body: Buffer }> {
  const start = performance.now();
  const response = await fetch(url);
  const body = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
  return { ms: performance.now() - start, body };
}

/** Weeks of the list that a server makes ahead at most, and the one that is not over. */
const MADE_AHEAD = 14;
const CLI = new URL("../src/cli.ts", import.meta.url).pathname;

/** The workspace served as people do, by a process of its own: readers and server do not share a loop. */
async function served(workspace: string): Promise<{ url: string; server: ChildProcess }> {
  const server = spawn(
    process.execPath,
    ["--import", "tsx", CLI, "serve", "--port", "0", "--workspace", workspace],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const url = await new Promise<string>((found) => {
    server.stderr.on("data", (data: Buffer) => {
      const address = /http:\/\/[\d.:]+\//.exec(data.toString())?.[0];
      if (address) found(address);
    });
  });
  // A new server makes the week's page in both languages first; readers of a kept page come after that.
  for (const lang of ["zh", "en"]) await timed(`${url}?lang=${lang}`);
  await crowded(url, 1000);
  return { url, server };
}

/** 99th percentile of visits by 50 readers who ask again as soon as they are answered, in milliseconds. */
async function crowded(url: string, visits = 5000): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const times: number[] = [];
  let left = visits;
  const visit = () =>
    new Promise<void>((done, fail) => {
      const start = performance.now();
      const request = get(url, { agent, headers: { "accept-encoding": "gzip" } }, (answer) => {
        answer.resume().on("end", () => {
          times.push(performance.now() - start);
          done();
        });
      });
      request.on("error", fail);
    });
  const reader = async () => {
    while (left-- > 0) await visit();
  };
  await Promise.all(Array.from({ length: 50 }, reader));
  agent.destroy();
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN;
}

/** A PDF from a browser that runs already, and a workbook of 50 thousand rows. */
async function reports(url: string): Promise<Figure[]> {
  const pdf = async (week: string) => (await timed(new URL(`/report.pdf?${week}`, url).href)).ms;
  await pdf("");
  const again = await pdf("kpi=churn_rate");
  await closeChromium();
  const heads = Array.from({ length: 8 }, (_, at) => ({ title: `c${at}`, kind: "number" as const }));
  const rows = Array.from({ length: 50_000 }, (_, at) => [
    `m${at}`,
    at,
    at / 7,
    "=1+1",
    null,
    "组",
    at * 3,
    at % 2,
  ]);
  const start = performance.now();
  await writeWorkbook([{ name: "list", heads, rows }]);
  const took = performance.now() - start;
  return [
    { what: "PDF of the week, the browser running", value: `${(again / 1000).toFixed(1)} s`, goal: "4 s" },
    {
      what: "Workbook of 50,000 rows of 8 cells",
      value: `${(took / 1000).toFixed(1)} s`,
      goal: "4 s",
    },
  ];
}

/** The weekly page of the demo community over loopback: first sight of a view, the same again, and what it weighs. */
export async function pageBench(_size: Size, runs: number): Promise<Figure[]> {
  const demo = await makeDemo();
  try {
    const url = await demo.serve();
    const { body } = await timed(url);
    const html = body.toString("utf8");
    const assets = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path);
    const bodies = await Promise.all(
      assets.map(async (path) => (await timed(`${url}${path}`.replace(/([^:])\/\//, "$1/"))).body),
    );
    const weight = [body, ...bodies].reduce((sum, one) => sum + gzipSync(one).length, 0);
    const weeks = [...html.matchAll(/<option value="(\d{4}-W\d{2})"/g)].map(([, week]) => week);
    const fresh: number[] = [];
    const again: number[] = [];
    const own = await served(demo.root);
    let crowd = Number.NaN;
    try {
      // The newest of these weeks a server makes of its own accord; asked for first, it is done with them.
      for (const week of weeks.slice(0, MADE_AHEAD)) await timed(`${own.url}?week=${week}`);
      for (const week of weeks.slice(MADE_AHEAD, MADE_AHEAD + Math.max(runs, 5))) {
        const view = `${own.url}?week=${week}`;
        fresh.push((await timed(view)).ms);
        again.push((await timed(view)).ms);
      }
      crowd = await crowded(own.url);
    } finally {
      own.server.kill("SIGTERM");
    }
    return [
      {
        what: "50 readers at once of a page from the cache: the slowest of 100",
        value: `${crowd.toFixed(0)} ms`,
        goal: "60 ms",
      },
      ...(await reports(url)),
      {
        what: "Weekly page, never seen before (server and loopback)",
        value: `${median(fresh).toFixed(0)} ms`,
        goal: "400 ms",
      },
      { what: "Weekly page from the cache", value: `${median(again).toFixed(0)} ms`, goal: "20 ms" },
      {
        what: "Weight of the page with style and script, gzipped",
        value: `${(weight / 1024).toFixed(0)} KiB`,
        goal: "100 KiB",
      },
    ];
  } finally {
    await demo.remove();
  }
}
