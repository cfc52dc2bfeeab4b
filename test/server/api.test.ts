import { tableFromIPC } from "apache-arrow";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ARROW } from "../../src/server/api/answer.ts";
import { reviewSchema } from "../../src/server/api/review-schema.ts";
import { type Served, serveSmall } from "./served.ts";

let served: Served;
beforeAll(async () => {
  served = await serveSmall();
});
afterAll(() => served.close());
const get = (path: string, headers: Record<string, string> = {}) =>
  request(served.app)
    .get(path)
    .set({ Host: "localhost", ...headers });

const binary = async (path: string) => {
  const { body } = await get(path, { Accept: ARROW })
    .buffer(true)
    .parse((response, done) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => done(null, Buffer.concat(parts)));
    });
  return tableFromIPC(body as Buffer);
};

describe("/api/v1", () => {
  test("one answer in three forms: JSON, CSV and Arrow hold the same rows", async () => {
    const path = "/api/v1/kpis?from=2026-10-01";
    const json = (await get(path)).body as { cols: string[]; rows: (string | number | null)[][] };
    const arrow = await binary(path);
    expect(json.rows.length).toBeGreaterThan(20);
    expect(arrow.numRows).toBe(json.rows.length);
    expect(arrow.schema.fields.map(({ name }) => name)).toEqual(json.cols);
    const rows = arrow.toArray().map((row) => json.cols.map((col) => row[col] ?? null));
    expect(rows).toEqual(json.rows);
    expect(arrow.schema.fields.find(({ name }) => name === "value")?.type.toString()).toBe("Float64");
    const csv = (await get(path, { Accept: "text/csv" })).text.trimEnd().split("\r\n");
    expect(csv.length).toBe(json.rows.length + 1);
  });

  test("no rows are an empty table, not an error", async () => {
    const path = "/api/v1/kpis?kpi=no_such_kpi";
    expect((await get(path)).body.rows).toEqual([]);
    expect((await binary(path)).numRows).toBe(0);
    // Whoever reads the columns by name finds them.
    const files = ["/api/v1/queries/growth?week=1999-01-04", "/api/v1/segments/repeat?week=2026-W44"];
    for (const [at, names] of [
      ["new", "returned"],
      ["personId", "daysSilent"],
    ].entries()) {
      const { cols, rows } = (await get(files[at] ?? "")).body;
      expect([rows, cols]).toEqual([[], expect.arrayContaining(names)]);
      expect((await get(files[at] ?? "", { Accept: "text/csv" })).text).toContain(names.at(-1));
    }
  });

  test("what the client has costs 304, in every form for itself, and until the next generation", async () => {
    const path = "/api/v1/kpis";
    const json = await get(path);
    const csv = await get(path, { Accept: "text/csv" });
    const etag = json.headers["etag"] ?? "";
    expect([etag.length > 10, etag === csv.headers["etag"]]).toEqual([true, false]);
    expect((await get(path, { "If-None-Match": etag })).status).toBe(304);
    expect((await get(path, { Accept: "text/csv", "If-None-Match": etag })).status).toBe(200);
    await served.community.build("2026-11-09T00:00:00");
    expect((await get(path, { "If-None-Match": etag })).status).toBe(200);
  });

  test("the review is what its schema says", async () => {
    const { body } = await get("/api/v1/review");
    expect(reviewSchema.safeParse(body).error?.issues ?? []).toEqual([]);
    expect(reviewSchema.safeParse({ ...body, kpis: [{ id: 7 }] }).success).toBe(false);
  });

  test("OpenAPI names every route, its parameters and what it answers", async () => {
    const { body } = await get("/api/v1/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    for (const path of ["/api/v1/review", "/api/v1/kpis", "/api/v1/explain", "/api/v1/segments/{segment}"])
      expect(Object.keys(body.paths)).toContain(path);
    const kpis = body.paths["/api/v1/kpis"].get;
    expect(kpis.parameters.map(({ name }: { name: string }) => name)).toEqual(["kpi", "from", "to", "group"]);
    expect(Object.keys(kpis.responses["200"].content)).toEqual(["application/json", "text/csv", ARROW]);
    const explain = body.paths["/api/v1/explain"].get.parameters as { name: string; required: boolean }[];
    expect(explain.find(({ name }) => name === "kpi")?.required).toBe(true);
    const review = body.paths["/api/v1/review"].get.responses["200"].content["application/json"].schema;
    expect(review.properties.kpis.items.properties.verdict.enum).toContain("insufficient");
  });

  test("explain gives the KPI's own line", async () => {
    const review = (await get("/api/v1/review")).body;
    const [kpi] = review.kpis;
    const explained = (await get(`/api/v1/explain?kpi=${kpi.id}`)).body;
    expect(explained.kpi).toEqual(kpi);
    const conversion = (await get("/api/v1/explain?kpi=conversion_rate")).body;
    expect(conversion.companion.id).toBe("match_rate");
    expect((await get("/api/v1/explain?kpi=nothing")).status).toBe(404);
    expect((await get("/api/v1/explain")).status).toBe(400);
  });

  test("lists hide names", async () => {
    const { body } = await get("/api/v1/segments/dormant");
    const at = body.cols.indexOf("name");
    expect(body.rows.every((row: string[]) => row[at]?.includes("*"))).toBe(true);
  });

  test("another site's page may change nothing", async () => {
    const post = (headers: Record<string, string>) =>
      request(served.app)
        .post("/api/v1/imports")
        .set({ Host: "localhost", ...headers });
    expect((await post({ "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    expect((await post({ Origin: "http://evil.example" })).status).toBe(403);
    expect((await post({ Origin: "null" })).status).toBe(403);
    expect((await post({ Origin: "http://localhost" })).status).not.toBe(403);
  });
});
