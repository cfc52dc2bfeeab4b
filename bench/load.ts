// `npm run bench:load WORKSPACE [SECONDS]`: 50 readers of a served workspace at once while five imports and a build run;
// how long answers take and how many fail. The program is the built one (dist), as it is installed. The workspace is
// changed by the imports: give it a copy.
import { spawn } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const READERS = 50;
const IMPORTS = 5;
const PATHS = ["/", "/segments", "/api/v1/review", "/api/v1/kpis?kpi=activity_rate", "/sop", "/campaigns"];
const CLI = new URL("../dist/cli.mjs", import.meta.url).pathname;
const [workspace = "", seconds = "60"] = process.argv.slice(2);
const fupan = (...args: string[]) =>
  spawn(process.execPath, [CLI, ...args, "--workspace", workspace], {
    stdio: ["ignore", "ignore", "pipe"],
  });

const server = fupan("serve", "--port", "0");
const url = await new Promise<string>((found) => {
  server.stderr?.on("data", (data: Buffer) => {
    const address = /http:\/\/[\d.:]+/.exec(data.toString())?.[0];
    if (address) found(address);
  });
});
/** Bytes as they travel: unpacking half a megabyte fifty times in one process is the clients' work, not the server's. */
const agent = new Agent({ keepAlive: true });
const answer = (path: string) =>
  new Promise<number | string>((told) => {
    const asked = get(url + path, { agent, headers: { "accept-encoding": "gzip" } }, (response) => {
      response.resume().once("end", () => told(response.statusCode ?? 0));
    });
    asked.once("error", (error) => told(String(error)));
  });
for (const path of PATHS) await answer(path);

const took: number[] = [];
const failed = new Map<string, number>();
const until = Date.now() + Number(seconds) * 1000;
const readers = Array.from({ length: READERS }, async (_, reader) => {
  for (let at = reader; Date.now() < until; at++) {
    const path = PATHS[at % PATHS.length] ?? "/";
    const began = performance.now();
    const status = await answer(path);
    took.push(performance.now() - began);
    if (status !== 200) failed.set(`${path} ${status}`, (failed.get(`${path} ${status}`) ?? 0) + 1);
    // A person reads for a moment before the next click.
    await new Promise((next) => setTimeout(next, 200));
  }
});
const folder = mkdtempSync(join(tmpdir(), "fupan-load-"));
let imported = 0;
for (let at = 0; at < IMPORTS; at++) {
  const file = join(folder, `load-${at}.csv`);
  writeFileSync(file, `group_id,sender_id,sent_at,text\nload,u${at},2026-11-20 10:00:0${at},早上好\n`);
  const code = await new Promise((ended) => fupan("import", file).once("exit", ended));
  if (code === 0) imported++;
}
await new Promise((ended) => fupan("build").once("exit", ended));
await Promise.all(readers);
server.kill("SIGTERM");
took.sort((a, b) => a - b);
const at = (share: number) => Math.round(took[Math.floor(took.length * share)] ?? Number.NaN);
console.log(
  JSON.stringify({
    answers: took.length,
    imports: imported,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    failed: Object.fromEntries(failed),
  }),
);
