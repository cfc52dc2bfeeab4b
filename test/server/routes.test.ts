import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EVIL, SECRETS, type Served, serveSmall } from "./served.ts";

let served: Served;
beforeAll(async () => {
  served = await serveSmall();
});
afterAll(() => served.close());
const get = (path: string) => request(served.app).get(path).set("Host", "127.0.0.1");

const PAGES = ["/", "/?lang=en", "/?group=g1", "/?kpi=churn_rate", "/segments", "/imports", "/frag/why"];
const DATA = [
  "/api/v1/review",
  "/api/v1/review?group=g2",
  "/api/v1/kpis",
  "/api/v1/segments/dormant",
  "/api/v1/imports",
  "/api/v1/queries/kpi_trend",
  "/api/v1/openapi.json",
  "/lists/kpis.csv",
  "/lists/dormant.csv",
  "/sop.ics",
  "/chart/10-trend.svg",
  "/spec/10-trend.vl.json",
  "/healthz",
];

describe("routes", () => {
  test.each([
    ["/groups/g1?group=g2&week=2026-W40&vs=mean", "/groups/g2?week=2026-W40&vs=mean"],
    ["/groups/g1?group=*&kpi=churn_rate", "/?kpi=churn_rate"],
  ])("another scope chosen on a group's page has a page of its own: %s", async (from, to) => {
    const { status, headers } = await get(from);
    expect([status, headers["location"]]).toEqual([303, to]);
    expect((await get("/groups/g1?group=g1")).status).toBe(200);
  });

  test.each([...PAGES, ...DATA])("%s answers, and gives nobody away", async (path) => {
    const { status, body, text, headers } = await get(path).buffer(true);
    const said = text ?? Buffer.from(body).toString("utf8");
    expect([status, said.length > 10]).toEqual([200, true]);
    for (const secret of [SECRETS.id, SECRETS.phone, SECRETS.name]) expect(said).not.toContain(secret);
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).not.toContain("unsafe-inline");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["x-powered-by"]).toBeUndefined();
  });

  test.each([
    ["/nowhere", 404],
    ["/?week=2020-W01", 404],
    ["/?week=lastweek", 400],
    ["/?group=no-such-group", 404],
    ["/chart/nothing.svg", 404],
    ["/spec/nothing.vl.json", 404],
    ["/api/v1/queries/no_such_query", 404],
    ["/api/v1/queries/..%2Fsecret", 400],
    ["/api/v1/segments/everybody", 400],
    ["/api/v1/review?wek=2026-W45", 400],
    ["/api/v1/kpis?from=yesterday", 400],
  ])("%s is %i, without a stack", async (path, wanted) => {
    const { status, text = "" } = await get(path);
    expect([status, path]).toEqual([wanted, path]);
    expect(text).not.toMatch(/\bat .*\.ts:\d+/);
  });

  test("a name in the Host header that is not this machine's is refused", async () => {
    expect((await request(served.app).get("/").set("Host", "evil.example")).status).toBe(421);
    expect((await request(served.app).get("/").set("Host", "localhost:4680")).status).toBe(200);
  });

  test("a repeated visit costs 304", async () => {
    const first = await get("/");
    expect(first.headers["etag"]).toMatch(/^"/);
    const second = await get("/").set("If-None-Match", first.headers["etag"] ?? "");
    expect([second.status, second.text]).toEqual([304, ""]);
  });

  test("a hostile group name is text, everywhere", async () => {
    for (const path of ["/", "/?group=g1", "/segments", "/imports"]) {
      const { text } = await get(path);
      expect(text).not.toContain(EVIL);
      expect(text).not.toContain("<svg onload");
    }
    expect((await get("/?group=g1")).text).toContain("&#62;&#60;svg onload=alert(1)&#62;");
    expect((await get("/api/v1/review")).body.groups.map(({ name }: { name: string }) => name)).toContain(
      EVIL,
    );
  });

  test("a list opens in a spreadsheet as text", async () => {
    const { text, headers } = await get("/lists/dormant.csv");
    expect(headers["content-type"]).toContain("text/csv");
    expect(headers["content-disposition"]).toMatch(/^attachment; filename="dormant-2026-W45.csv"$/);
    expect(text.startsWith("\uFEFF")).toBe(true);
    expect(text).toContain("\r\n");
    expect(text.split("\r\n")[0]).toBe(
      "\uFEFF成员,群,原因,沉默天数,最近活动,最近下单,订单,累计消费,还会再买,距上次下单天数,超过几天算晚,RFM,等级,怎么联系,群主,30 天内联系,最近一次联系,对照组,成员编号",
    );
    expect(text).not.toMatch(/lapsed_buyer|went_silent|never_spoke|tier\.dormant|T\d\d:/);
    expect((await get("/lists/dormant.csv?lang=en")).text.split(",", 3)).toEqual([
      "\uFEFFMember",
      "Group",
      "Why",
    ]);
    const cells = text.slice(1).split("\r\n").slice(1).join(",").split(",");
    expect(cells.some((cell) => cell.replaceAll('"', "").startsWith("'="))).toBe(true);
    expect(cells.filter((cell) => /^"?[=+@]/.test(cell))).toEqual([]);
    const table = await get("/api/v1/kpis").set("Accept", "text/csv");
    expect(
      table.text.startsWith("\uFEFFkpi,group_id,week,segment,numerator,denominator,value,missing\r\n"),
    ).toBe(true);
  });

  test("an answer is of one generation, and the next one comes without a restart", async () => {
    const before = await get("/api/v1/review");
    const next = await served.community.build("2026-11-02T00:00:00");
    const after = await get("/api/v1/review");
    expect(before.body.generation).not.toBe(next);
    expect([after.body.generation, after.headers["x-fupan-generation"], after.body.week]).toEqual([
      next,
      next,
      "2026-W44",
    ]);
    expect((await get("/")).headers["x-fupan-generation"]).toBe(next);
  });
});
