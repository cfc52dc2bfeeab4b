import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Shell } from "../commands/cli.ts";
import { csv } from "../support/community.ts";

/** MB that a served small workspace may take at its most, whatever is asked of it. Pages alone take 320, all of this 360. */
const CAP = 600;
const shell = new Shell();
const started: ChildProcess[] = [];

beforeAll(() => {
  shell.fupan("init", "ws");
  mkdirSync(join(shell.root, "ws", "inbox"), { recursive: true });
  const messages = Array.from({ length: 4000 }, (_, at) => ({
    group_id: `g${at % 3}`,
    sender_id: `m${at % 60}`,
    sent_at: new Date(Date.UTC(2026, 9, 5) + at * 900_000).toISOString(),
    text: `第 ${at} 条`,
  }));
  writeFileSync(join(shell.root, "ws", "inbox", "messages.csv"), csv(messages));
  expect(shell.fupan("run", "--workspace", "ws").code).toBe(0);
});
afterAll(() => {
  for (const child of started) child.kill("SIGKILL");
  shell.remove();
});

/** Waits for the address that a server prints. */
function address(child: ChildProcess): Promise<URL> {
  started.push(child);
  return new Promise((found) => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (said: Buffer) => {
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said.toString())?.[0];
        if (url) found(new URL(url));
      });
  });
}

/** The most memory that the process ever had, in MB. */
function peak(child: ChildProcess): number {
  const [, kB] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
  return Number(kB) / 1024;
}

/** Sends a head and then piece after piece until it is all sent or the other side has enough. Ends with the connection. */
function pour({ port }: URL, head: string, piece: Buffer, pieces: number): Promise<void> {
  const socket = connect(Number(port), "127.0.0.1");
  return new Promise((done) => {
    let sent = 0;
    const next = () => {
      while (sent < pieces && !socket.destroyed) {
        sent++;
        if (!socket.write(piece)) return void socket.once("drain", next);
      }
      socket.end();
    };
    socket.on("data", () => undefined);
    socket.on("error", () => undefined);
    socket.on("close", () => done());
    socket.write(head, next);
  });
}

const chunk = Buffer.from(`10000\r\n${"x".repeat(65_536)}\r\n`);
const body = (method: string, path: string, type: string) =>
  `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: ${type}\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`;

/** Bodies of 32 MB without a stated length, twenty at once. */
async function largeBodies(url: URL): Promise<void> {
  const kinds = [
    ["POST", "/api/v1/imports", "application/json"],
    ["POST", "/login", "application/x-www-form-urlencoded"],
    ["POST", "/api/v1/suggestions/0123456789/accept", "application/json"],
    ["POST", "/nowhere", "text/plain"],
    ["GET", "/", "application/json"],
  ] as const;
  await Promise.all(
    Array.from({ length: 20 }, (_, at) => {
      const [method, path, type] = kinds[at % kinds.length] ?? kinds[0];
      return pour(url, body(method, path, type), chunk, 512);
    }),
  );
}

test("planted: a server that keeps what it is sent is found", async () => {
  const script = `const kept = [];
    const server = require("node:http").createServer((asked) => asked.on("data", (data) => kept.push(data)));
    server.listen(0, "127.0.0.1", () => console.log("http://127.0.0.1:" + server.address().port));`;
  const child = spawn(process.execPath, ["-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await address(child);
  const sockets = Promise.all(
    Array.from({ length: 30 }, () => pour(url, body("POST", "/", "text/plain"), chunk, 512)),
  );
  await expect.poll(() => peak(child), { timeout: 60_000 }).toBeGreaterThan(CAP);
  child.kill("SIGKILL");
  await sockets;
});

test("many questions, large bodies and slow clients do not fill the server's memory", async () => {
  const child = shell.start("serve", "--workspace", "ws", "--port", "0");
  const url = await address(child);
  const statuses = new Map<number, number>();
  const ask = async (path: string) => {
    const { status } = await fetch(new URL(path, url)).then(async (answer) => {
      await answer.arrayBuffer();
      return answer;
    });
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  };
  for (const path of ["/", "/segments", "/api/v1/review"]) await ask(path);

  // Whoever never ends a head, and whoever asks for pages and never reads them.
  const idle: Socket[] = Array.from({ length: 250 }, (_, at) => {
    const socket = connect(Number(url.port), "127.0.0.1");
    socket.on("error", () => undefined).pause();
    const head = `GET /?lang=${at % 2 ? "zh" : "en"} HTTP/1.1\r\nHost: 127.0.0.1\r\n`;
    socket.write(at % 2 ? `${head}X-Slow: ` : `${head}\r\n`.repeat(4));
    return socket;
  });
  await largeBodies(url);
  await Promise.all(
    Array.from({ length: 4 }, (_, at) =>
      pour(url, body("PUT", `/api/v1/imports?name=big-${at}.csv`, "text/csv"), chunk, 1024),
    ),
  );
  const questions = Array.from(
    { length: 600 },
    (_, at) =>
      [
        `/?width=${300 + at}`,
        `/?group=none-${at}`,
        `/api/v1/kpis?from=2026-${String(1 + (at % 12)).padStart(2, "0")}-02&kpi=activity_rate`,
        `/api/v1/queries/weekly_kpis?x${at}=${"y".repeat(2000)}`,
        `/lists/kpis.csv?lang=${at % 2 ? "zh" : "en"}`,
      ][at % 5] ?? "/",
  );
  await Promise.all(
    Array.from({ length: 30 }, async () => {
      for (let next = questions.pop(); next !== undefined; next = questions.pop()) await ask(next);
    }),
  );
  for (const socket of idle) socket.destroy();
  // A slower machine tells some that they waited too long.
  expect([...statuses.keys()].filter((status) => status >= 500 && status !== 503)).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(200);
  expect(peak(child)).toBeLessThan(CAP);
  await ask("/");
});
