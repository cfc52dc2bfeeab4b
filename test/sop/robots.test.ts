import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { robots } from "../../pipelines/robots/index.ts";
import { parseConfig } from "../../src/config.ts";
import type { Robot } from "../../src/kit/robot.ts";
import { addressOf } from "../../src/sop/remind/address.ts";
import { withoutPersons } from "../../src/sop/remind/message.ts";
import { Pace } from "../../src/sop/remind/pace.ts";
import { send } from "../../src/sop/remind/send.ts";
import { type Answer, RobotServer } from "./robot-server.ts";

let server: RobotServer;
beforeAll(async () => {
  server = await RobotServer.listen();
});
afterAll(() => server.close());

const robot = (id: string) => robots.find((one) => one.id === id) as Robot;
const START = 1_795_500_000_000;

/** A clock that only sleeping moves, in milliseconds from the start. */
function clock() {
  let now = START;
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => now,
    sleep: async (ms: number) => {
      if (ms > 0) sleeps.push(ms);
      now += ms;
    },
  };
}

async function outcome(id: string, ...answers: Answer[]) {
  server.say(...answers);
  const time = clock();
  const pace = new Pace({ messages: 1000, seconds: 1 });
  const error = await send(
    robot(id),
    { url: server.url },
    "开课啦",
    pace,
    time,
    answers[0] === null ? 400 : 10_000,
  ).then(
    () => null,
    (problem: Error) => problem,
  );
  return { error, calls: server.calls.length, sleeps: time.sleeps };
}

describe("a robot's webhook", () => {
  it.each([
    ["wecom", '{"errcode":0,"errmsg":"ok"}', { msgtype: "text", text: { content: "开课啦" } }],
    ["dingtalk", '{"errcode":0,"errmsg":"ok"}', { msgtype: "text", text: { content: "开课啦" } }],
    ["feishu", '{"code":0,"msg":"success","data":{}}', { msg_type: "text", content: { text: "开课啦" } }],
    ["slack", "ok", { text: "开课啦" }],
  ])("%s takes a text", async (id, body, wanted) => {
    expect(await outcome(id, { body })).toEqual({ error: null, calls: 1, sleeps: [] });
    expect(server.calls[0]?.body).toEqual(wanted);
  });

  it.each([
    ["429 with its own patience", "slack", [{ status: 429, retryAfter: 7 }], [7000]],
    ["429 without", "wecom", [{ status: 429 }], [1000]],
    ["500, then 503", "wecom", [{ status: 500 }, { status: 503 }], [1000, 4000]],
    ["no answer in time", "wecom", [null], [1000]],
    ["a refusal that passes", "wecom", [{ body: '{"errcode":45009}' }], [60_000]],
    ["too fast for the platform", "feishu", [{ body: '{"code":11232}' }], [10_000]],
  ] as const)("tries again after %s", async (_, id, answers, sleeps) => {
    const taken = { body: id === "slack" ? "ok" : '{"errcode":0,"code":0}' };
    const done = await outcome(id, ...answers, taken);
    expect(done).toEqual({ error: null, calls: sleeps.length + 1, sleeps });
  });

  it.each([
    ["a success whose code is not 0", "wecom", [{ body: '{"errcode":93000}' }], 1, "93000"],
    ["a wrong signature", "feishu", [{ body: '{"code":19021,"msg":"sign match fail"}' }], 1, "19021"],
    ["a missing keyword", "dingtalk", [{ body: '{"errcode":310000}' }], 1, "310000"],
    ["a page instead of JSON", "wecom", [{ body: "<html>login</html>" }], 1, "makes no sense"],
    ["JSON of something else", "dingtalk", [{ body: '{"ok":true}' }], 1, "makes no sense"],
    ["404", "slack", [{ status: 404, body: "no_service" }], 1, "HTTP 404"],
    [
      "a redirect, which is never followed",
      "wecom",
      [{ status: 302 }, { status: 302 }, { status: 302 }, { status: 302 }],
      4,
      "no connection",
    ],
    ["500 four times", "wecom", [500, 500, 500, 500].map((status) => ({ status })), 4, "HTTP 500"],
    ["ten minutes of silence asked for", "dingtalk", [{ body: '{"errcode":130101}' }], 1, "130101"],
  ] as const)("gives up on %s, and never says the address", async (_, id, answers, calls, said) => {
    const done = await outcome(id, ...answers);
    expect(done.calls).toBe(calls);
    expect(done.error?.message).toContain(said);
    expect(JSON.stringify([done.error?.message, String(done.error?.stack)])).not.toMatch(
      /very-secret|127\.0\.0\.1/,
    );
  });

  it("signs as the platforms describe it", () => {
    // Oracle: python hmac and base64 over the strings of the platforms' documents.
    const address = { url: "https://example.invalid/send?access_token=t", secret: "SECtest" };
    expect(robot("feishu").call("x", address, new Date(START)).body).toMatchObject({
      timestamp: "1795500000",
      sign: "k+lISHO9K8PhbhEVarue2gESODQ+zOXGRNq/p6nPU7s=",
    });
    const { searchParams } = new URL(robot("dingtalk").call("x", address, new Date(START)).url);
    expect(Object.fromEntries(searchParams)).toEqual({
      access_token: "t",
      timestamp: "1795500000000",
      sign: "XF6RidjkecGuk9f4FFhdaQXKL6+UiGyLNgvxtKuTAAE=",
    });
  });

  it.each([
    ["wecom", 20, 60],
    ["dingtalk", 20, 60],
    ["feishu", 5, 4],
    ["slack", 1, 1],
  ])("%s never gets more than %i in %i s", async (id, messages, seconds) => {
    server.say();
    server.otherwise = { body: id === "slack" ? "ok" : '{"errcode":0,"code":0}' };
    const time = clock();
    const pace = new Pace(robot(id).limit);
    const sent: number[] = [];
    for (let nth = 0; nth < messages + 2; nth++) {
      await send(robot(id), { url: server.url }, "早", pace, time);
      sent.push(time.now());
    }
    for (const from of sent) {
      expect(sent.filter((at) => at >= from && at < from + seconds * 1000).length).toBeLessThanOrEqual(
        messages,
      );
    }
    expect(time.now() - START).toBeGreaterThanOrEqual(seconds * 1000);
  });
});

describe("what is kept from the robot", () => {
  it.each([
    ["电话13800001234找我", "电话＊找我"],
    ["加 138-0000-1234 或 +86 13800001234", "加 ＊ 或 ＊"],
    ["卡号6222020000001234567", "卡号＊"],
    ["写信到 a.b@example.com。", "写信到 ＊。"],
    ["微信 wxid_abc123xyz", "微信 ＊"],
    ["@小周 你来讲", "@＊ 你来讲"],
    ["@所有人 今晚八点开课", "@所有人 今晚八点开课"],
    ["@{name} 先打个招呼", "@{name} 先打个招呼"],
    ["20:00 抢 10 份，满 100 减 5", "20:00 抢 10 份，满 100 减 5"],
  ])("%s", (text, wanted) => {
    expect(withoutPersons(text)).toBe(wanted);
  });

  it("addresses come from the environment or a file, encrypted, never from fupan.yaml", () => {
    const parse = (text: string) => parseConfig(`reminders: [${text}]`, "fupan.yaml").reminders;
    expect(parseConfig("", "fupan.yaml").reminders).toEqual([]);
    expect(() => parse("{ robot: wecom, url: 'https://example.invalid' }")).toThrow(/reminders\.0.*url|url/);
    expect(() => parse("{ robot: wecom }")).toThrow("reminders.0");
    const [setting] = parse("{ robot: wecom, urlEnv: HOOK, secretEnv: KEY }");
    const read = (environment: Record<string, string>) =>
      setting && addressOf(setting, (path) => path, environment);
    expect(read({ HOOK: "https://example.invalid/x", KEY: "s" })).toEqual({
      url: "https://example.invalid/x",
      secret: "s",
    });
    expect(() => read({ HOOK: "http://example.invalid/x", KEY: "s" })).toThrow("HOOK");
    expect(() => read({ HOOK: "https://example.invalid/x" })).toThrow("KEY");
    expect(() => read({})).toThrow("HOOK");
  });
});
