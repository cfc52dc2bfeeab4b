import { afterAll, beforeAll, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { ALLOWED, FORBIDDEN, LET_PASS, OPEN } from "../imports/json-values.ts";
import { SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { testDesk } from "../support/desk.ts";
import { atPort, type Served, serveSmall } from "./served.ts";

interface Described {
  paths: Record<
    string,
    {
      post?: {
        requestBody?: { content: Record<string, { schema: { properties?: object } }> };
      };
    }
  >;
}

let served: Served;
let url: string;
let close: () => Promise<void>;
const logged: unknown[] = [];
beforeAll(async () => {
  served = await serveSmall();
  const { workspace, state } = served.community;
  await state.create();
  const made = createSource(workspace.marts, readCatalog(SQL_ROOT));
  const app = await createApp({
    source: made.source,
    dashboards: DASHBOARDS,
    lang: "zh",
    state,
    desk: testDesk(workspace, state),
    log: (line) => void logged.push(line),
  });
  const server = await atPort(app);
  url = `http://127.0.0.1:${server.port}`;
  close = async () => {
    await server.close();
    made.close();
  };
});
afterAll(async () => {
  await close();
  served.close();
});

const post = async (path: string, body: string, type = "application/json") => {
  const answer = await fetch(`${url}${path}`, { method: "POST", body, headers: { "Content-Type": type } });
  const said = (await answer.json()) as { error?: unknown };
  return { status: answer.status, error: said.error };
};

/** Every route that takes a body, as the API itself describes it, with the names of what it takes. */
async function routes(): Promise<{ path: string; keys: string[] }[]> {
  const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as Described;
  return Object.entries(document.paths).flatMap(([path, { post: operation }]) => {
    const schema = operation?.requestBody?.content["application/json"]?.schema;
    if (!schema) return [];
    const filled = path.replace(/\{id\}/, "0123456789").replace(/\{\w+\}/, crypto.randomUUID());
    return [{ path: filled, keys: Object.keys(schema.properties ?? {}) }];
  });
}

/** What no request of this file may change. */
const decided = () =>
  served.community.state.read((database) =>
    database.one(
      `select (select count(*) from suggestions) as suggestions, (select count(*) from identity_decisions) as pairs,
         (select count(*) from imports) as imports, (select count(*) from audit) as audited`,
    ),
  );

test("whatever JSON a body holds, the answer says what is wrong with it, and nothing is decided", async () => {
  const before = await decided();
  const all = await routes();
  expect(all.length).toBeGreaterThanOrEqual(7);
  expect(all.every(({ keys }) => keys.length > 0)).toBe(true);
  let refused = 0;
  for (const { path, keys } of all) {
    for (const [what, value] of Object.entries({ ...ALLOWED, ...OPEN, ...FORBIDDEN, ...LET_PASS })) {
      const isBroken = what in FORBIDDEN || what in LET_PASS;
      const filled = `{${[...keys, "__proto__", "surplus"].map((key) => `"${key}":${value}`).join(",")}}`;
      const each = keys.map((key) => `{"${key}":${value}}`);
      for (const body of [value, filled, each[what.length % each.length] ?? filled]) {
        const { status, error } = await post(path, body);
        const where = `${path} ${what} ${body.slice(0, 60)}`;
        expect([where, status >= 200 && status < 500, logged]).toEqual([where, true, []]);
        if (status < 400) continue;
        refused++;
        const said = JSON.stringify(error);
        expect([where, /[a-z]{3}/i.test(said)]).toEqual([where, true]);
        if (isBroken) expect([where, status, said]).toEqual([where, 400, expect.stringMatching(/JSON/)]);
      }
    }
  }
  expect(refused).toBeGreaterThan(500);
  expect(await decided()).toEqual(before);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

test("a body of another kind, in another encoding, or too large is refused in words", async () => {
  for (const { path } of await routes()) {
    const cases: [string, string, number, RegExp][] = [
      ["{}", "text/plain", 400, /expected object|object/],
      [`"${"x".repeat(200_000)}"`, "application/json", 413, /太大.*too large/],
      ["{}", "application/json; charset=gbk", 415, /编码.*encoding/],
    ];
    for (const [body, type, status, words] of cases)
      expect([path, type, body.slice(0, 9), await post(path, body, type)]).toEqual([
        path,
        type,
        body.slice(0, 9),
        { status, error: expect.stringMatching(words) },
      ]);
  }
});
