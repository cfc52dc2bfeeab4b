import { readFileSync } from "node:fs";
import express from "express";
import request from "supertest";
import { expect, test } from "vitest";
import { failures } from "../../src/server/failures.ts";
import type { Site } from "../../src/server/site.ts";
import { Database } from "../../src/warehouse/database.ts";

const SECRET = "丁小满的号码";

const thrown: Record<string, () => unknown> = {
  system: () => readFileSync(`/nowhere/${SECRET}`),
  engine: async () => {
    const database = await Database.open(":memory:");
    try {
      await database.all(`select * from "${SECRET}"`);
    } finally {
      database.close();
    }
  },
  own: () => {
    throw new TypeError(`no ${SECRET}: nobody`);
  },
  odd: () => {
    throw Object.assign(new Error("x"), { code: SECRET });
  },
};

test.each([
  ["system", "ENOENT"],
  ["engine", "Catalog Error"],
  ["own", null],
  ["odd", null],
])("the log says of a failure of the %s what kind it was, and quotes nothing", async (route, cause) => {
  const lines: Record<string, unknown>[] = [];
  const app = express();
  app.get("/api/:what", async () => thrown[route]?.());
  app.use(failures({} as Site, (line) => void lines.push(line)));
  const { status, body } = await request(app).get("/api/any");
  expect([status, lines.length, lines[0]?.["cause"]]).toEqual([500, 1, cause]);
  expect(body).toEqual({ error: lines[0]?.["id"] });
  expect(JSON.stringify([lines, body])).not.toContain(SECRET);
});
