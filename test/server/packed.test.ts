import { mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { decidedActions } from "../../src/server/decisions.ts";
import { State } from "../../src/state/state.ts";
import { type Served, serveSmall } from "./served.ts";

let served: Served;
beforeAll(async () => {
  served = await serveSmall();
});
afterAll(() => served.close());

const ask = (path: string, encoding: string) =>
  request(served.app).get(path).set("Host", "localhost").set("Accept-Encoding", encoding);

describe.each(["/", "/api/v1/review"])("answers of %s, kept packed", (path) => {
  test("are the same packed and plain, with their length", async () => {
    const packed = await ask(path, "gzip, deflate, br");
    const plain = await ask(path, "identity");
    expect(packed.headers["content-encoding"]).toBe("gzip");
    expect(plain.headers["content-encoding"]).toBeUndefined();
    expect(plain.text).toBe(packed.text);
    expect(Number(plain.headers["content-length"])).toBe(Buffer.byteLength(plain.text));
    expect(Number(packed.headers["content-length"])).toBeLessThan(Buffer.byteLength(plain.text) / 3);
    expect(packed.headers["content-type"]).toBe(plain.headers["content-type"]);
  });

  test("are plain for whoever refuses gzip, and empty for HEAD and for what is known", async () => {
    expect((await ask(path, "gzip;q=0")).headers["content-encoding"]).toBeUndefined();
    const head = await request(served.app).head(path).set("Host", "localhost");
    expect([head.status, head.text ?? ""]).toEqual([200, ""]);
    const { headers } = await ask(path, "gzip");
    const known = await ask(path, "gzip").set("If-None-Match", String(headers["etag"]));
    expect([known.status, known.text]).toEqual([304, ""]);
  });
});

test("decisions are read again only after the state changed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fupan-decisions-"));
  const state = new State(join(folder, "state.duckdb"));
  await state.create();
  const read = vi.spyOn(state, "read");
  expect(await Promise.all([decidedActions(state), decidedActions(state)])).toEqual([[], []]);
  await decidedActions(state);
  const before = read.mock.calls.length;
  await decidedActions(state);
  expect(read.mock.calls.length).toBe(before);
  utimesSync(state.path, new Date(), new Date(Date.now() + 60_000));
  await decidedActions(state);
  expect(read.mock.calls.length).toBe(before + 1);
  read.mockRejectedValueOnce(new Error("busy"));
  utimesSync(state.path, new Date(), new Date(Date.now() + 120_000));
  await expect(decidedActions(state)).rejects.toThrow("busy");
  expect(await decidedActions(state)).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});
