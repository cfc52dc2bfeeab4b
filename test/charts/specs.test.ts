import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import request from "supertest";
import * as vega from "vega";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Spec } from "../../src/charts/compile.ts";
import { renderChart } from "../../src/charts/render.ts";
import { readDashboard } from "../../src/server/charts.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { type Served, serveSmall } from "../server/served.ts";
import { SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../node_modules/vega-lite/build/vega-lite-schema.json", import.meta.url), "utf8"),
);
const ajv = new Ajv({ allowUnionTypes: true, strictTypes: false, strictTuples: false, logger: false });
formats.default(ajv);
ajv.addFormat("color-hex", true);
const valid = ajv.compile(schema);

describe("chart specs", () => {
  test.each(["weekly", "explore"].flatMap((name) => [...readDashboard(DASHBOARDS, name).specs]))(
    "%s is Vega-Lite",
    (_id, spec) => {
      expect(valid(spec) ? [] : valid.errors?.slice(0, 3)).toEqual([]);
    },
  );

  test("a wrong mark is found", () => {
    const [, spec] = [...readDashboard(DASHBOARDS, "weekly").specs][0] ?? [];
    expect(valid({ ...spec, layer: undefined, mark: "wobble" })).toBe(false);
  });
});

test("a share on the weekly page says what is divided by what", () => {
  const { layout } = readDashboard(DASHBOARDS, "weekly");
  const { kpis } = readCatalog(SQL_ROOT);
  const shares = [...layout.headline, ...layout.more].filter((id) =>
    kpis.some((kpi) => kpi.id.split(".").at(-1) === id && kpi.header.unit === "ratio"),
  );
  expect(shares.length).toBeGreaterThan(4);
  expect(new Set(Object.keys(layout.parts))).toEqual(new Set(shares));
});

describe("a chart that an analyst adds", () => {
  let served: Served;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "fupan-dashboards-"));
    cpSync(DASHBOARDS, folder, { recursive: true });
    const spec = {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      usermeta: { section: "more", question: { zh: "各群指标怎么变？", en: "How did the groups move?" } },
      data: { name: "group_kpis" },
      mark: "bar",
      encoding: {
        x: { field: "kpi", type: "nominal" },
        y: { field: "value", type: "quantitative", aggregate: "mean" },
      },
    };
    writeFileSync(join(folder, "weekly", "90-added.vl.json"), JSON.stringify(spec));
    served = await serveSmall(folder);
  });
  afterAll(() => {
    served.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("stands on the page under its question, drawn from the query that it names", async () => {
    const { text } = await request(served.app).get("/").set("Host", "localhost");
    expect(text).toContain("各群指标怎么变？");
    const section = text.slice(text.indexOf('data-chart="90-added"'));
    expect(section.slice(0, section.indexOf("</div>"))).toContain("activity_rate");
  });
});

describe("even a spec of ours that asked for more", () => {
  const folder = mkdtempSync(join(tmpdir(), "fupan-loads-"));
  const file = join(folder, "rows.json");
  writeFileSync(file, JSON.stringify([{ n: 1, t: "words of a file" }]));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const drawn = (part: object) => {
    const spec = {
      mark: "text",
      encoding: { x: { field: "n", type: "quantitative" }, text: { field: "t" } },
      ...part,
    } as unknown as Spec;
    const rows = [{ t: "javascript:alert(1)", n: 1 }];
    return renderChart(spec, rows, { width: 100, theme: {}, label: "l" }).catch(String);
  };
  const lookup = { data: { url: file }, key: "n", fields: ["t"] };

  test.each([
    [
      "rows of a file",
      { data: { name: "t" }, layer: [{ data: { url: file }, mark: "text" }], mark: undefined },
    ],
    ["a look-up in a file", { data: { name: "t" }, transform: [{ lookup: "n", from: lookup, as: ["t"] }] }],
    ["a picture", { data: { name: "t" }, mark: { type: "image", url: `file://${file}` } }],
    ["a link", { data: { name: "t" }, encoding: { x: { field: "n" }, href: { field: "t" } } }],
  ])("%s is refused before it is drawn", async (_, part) => {
    expect(await drawn(part)).toContain("loads nothing and leads nowhere");
  });

  test("planted: the loader that Vega has of its own reads the file", async () => {
    const spec = {
      data: [{ name: "t", url: file }],
      marks: [{ type: "text", from: { data: "t" }, encode: { enter: { text: { field: "t" } } } }],
    };
    const view = new vega.View(vega.parse(spec as vega.Spec), { renderer: "none" });
    expect(await view.toSVG()).toContain("words of a file");
    view.finalize();
  });
});
