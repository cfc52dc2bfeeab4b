import { gzipSync } from "node:zlib";
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
    for (const week of weeks.slice(0, Math.max(runs, 5))) {
      const view = `${url.replace(/\/$/, "")}/?week=${week}`;
      fresh.push((await timed(view)).ms);
      again.push((await timed(view)).ms);
    }
    return [
      {
        what: "Weekly page, never seen before (server and loopback)",
        value: `${median(fresh).toFixed(0)} ms`,
        goal: "400 ms",
      },
      { what: "Weekly page from the cache", value: `${median(again).toFixed(0)} ms`, goal: "20 ms" },
      {
        what: "Weight of the page with style and script, gzipped",
        value: `${(weight / 1024).toFixed(0)} KiB`,
        goal: "150 KiB",
      },
    ];
  } finally {
    await demo.remove();
  }
}
