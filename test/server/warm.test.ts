import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test, vi } from "vitest";
import type { ReviewSource } from "../../src/review/source.ts";
import { keepWarm } from "../../src/server/warm.ts";

/** A machine that builds beside this may be late. */
const LONG = { timeout: 20_000 };

test("each generation is made once, in both languages, and trouble ends nothing", async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${id} ${request.headers.cookie}`);
    response.end("page");
  }).listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  let id: string | null = null;
  let reads = 0;
  const source = {
    currentId: () => id,
    read: async () => {
      reads++;
      if (id === "g2") throw new Error("busy");
      return null;
    },
  } satisfies ReviewSource;
  const stop = keepWarm(source, `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, 10);
  await new Promise((later) => setTimeout(later, 50));
  expect([reads, asked]).toEqual([0, []]);
  id = "g1";
  await vi.waitFor(() => expect(asked).toEqual(["g1 lang=zh", "g1 lang=en"]), LONG);
  id = "g2";
  await vi.waitFor(() => expect(reads).toBe(2), LONG);
  id = "g3";
  await vi.waitFor(() => expect(asked.slice(2)).toEqual(["g3 lang=zh", "g3 lang=en"]), LONG);
  await new Promise((later) => setTimeout(later, 50));
  expect([reads, asked.length]).toEqual([3, 4]);
  stop();
  server.close();
});
