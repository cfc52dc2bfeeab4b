import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testDesk } from "../support/desk.ts";
import { type Sent, send } from "./sent.ts";
import { atPort, type Served, serveSmall, serveWhole } from "./served.ts";

let served: Served;
let port: number;
let close: () => Promise<void>;
beforeAll(async () => {
  served = await serveSmall();
  const { workspace, state } = served.community;
  await state.create();
  const { app, close: end } = await serveWhole(served, testDesk(workspace, state));
  const server = await atPort(app);
  port = server.port;
  close = async () => {
    await server.close();
    end();
  };
});
afterAll(async () => {
  await close();
  served.close();
});

const id = "0123456789";
const uuid = "00000000-0000-4000-8000-000000000000";
const JSON_TYPE = "application/json";
const FORM = "application/x-www-form-urlencoded";
const KIB = 1024;
const decisions = (of: string, steps: readonly string[], limit: number) =>
  steps.flatMap((step) =>
    [JSON_TYPE, FORM].map((type) => [`/api/v1/${of}/${id}/${step}`, type, limit] as const),
  );
/** Each route that takes a body, and how much of it. */
const LIMITS: (readonly [path: string, type: string, limit: number])[] = [
  ...decisions("suggestions", ["accept", "reject", "edit", "done"], 20 * KIB),
  ...decisions("identity", ["accept", "reject", "undo"], 4 * KIB),
  ...["accept", "recount"].flatMap((step) =>
    [JSON_TYPE, FORM].map((type) => [`/api/v1/identity/${step}`, type, 4 * KIB] as const),
  ),
  ["/api/v1/imports", JSON_TYPE, 64 * KIB],
  [`/api/v1/imports/uploads/${uuid}/check`, JSON_TYPE, 64 * KIB],
  ["/campaigns", FORM, 20 * KIB],
  ["/look", FORM, 5 * KIB],
];

/** So many bytes that the route understands and refuses for what they say. */
function bodyOf(type: string, bytes: number): Buffer {
  const [before, after] = type === JSON_TYPE ? ['{"surplus":"', '"}'] : ["surplus=", ""];
  return Buffer.from(`${before}${"x".repeat(bytes - before.length - after.length)}${after}`);
}

test.each(LIMITS)(
  "%s (%s): %i bytes are read, one more is too large, however it is sent",
  async (path, type, limit) => {
    const whole = bodyOf(type, limit);
    const more = bodyOf(type, limit + 1);
    for (const body of [whole, gzipSync(whole)])
      for (const chunked of [false, true]) {
        const encoding = body === whole ? {} : { encoding: "gzip" };
        expect(await send(port, "POST", path, { type, body, chunked, ...encoding })).toMatchObject({
          status: 400,
          said: expect.stringContaining("surplus"),
        });
      }
    const bomb = gzipSync(Buffer.alloc(20_000_000, "x"));
    const tooLarge: Sent[] = [
      { type, body: more },
      { type, body: more, chunked: true },
      { type, body: gzipSync(more), encoding: "gzip" },
      { type, body: bomb, encoding: "gzip", chunked: true },
    ];
    for (const sent of tooLarge)
      expect(await send(port, "POST", path, sent)).toMatchObject({
        status: 413,
        said: expect.stringContaining("太大"),
      });
  },
);

test("a body whose compression is damaged, cut off or unknown is refused in words", async () => {
  const type = JSON_TYPE;
  const body = gzipSync(bodyOf(type, 300));
  for (const [path] of LIMITS.filter(([, of]) => of === type)) {
    const cases: [Sent, number, string][] = [
      [{ type, body: bodyOf(type, 300), encoding: "gzip" }, 400, "压缩坏了"],
      [{ type, body: body.subarray(0, 20), encoding: "gzip" }, 400, "压缩不完整"],
      [{ type, body, encoding: "zstandard" }, 415, "请不要压缩"],
    ];
    for (const [sent, status, words] of cases)
      expect(await send(port, "POST", path, sent)).toMatchObject({
        status,
        said: expect.stringContaining(words),
      });
  }
  const upload = { type: "text/csv", body: gzipSync("group_id,sender_id,sent_at,text\n"), encoding: "gzip" };
  expect(await send(port, "PUT", "/api/v1/imports?name=x.csv", upload)).toMatchObject({
    status: 415,
    said: expect.stringContaining("上传时请不要压缩"),
  });
});

test("every route of the API that takes a body has its limit here", async () => {
  const { said } = await send(port, "GET", "/api/v1/openapi.json", {
    type: JSON_TYPE,
    body: Buffer.alloc(0),
  });
  const { paths } = JSON.parse(said) as { paths: Record<string, { post?: { requestBody?: object } }> };
  const taking = Object.entries(paths).flatMap(([path, { post }]) =>
    post?.requestBody ? [path.replace("{id}", id).replace(/\{\w+\}/, uuid)] : [],
  );
  const tried = new Set(LIMITS.map(([path]) => path));
  expect(taking.length).toBeGreaterThan(7);
  expect(taking.filter((path) => !tried.has(path))).toEqual([]);
  // Planted: a route that nobody wrote down.
  expect([...taking, "/api/v1/new"].filter((path) => !tried.has(path))).toEqual(["/api/v1/new"]);
});
