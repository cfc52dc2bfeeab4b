import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { robots } from "../../pipelines/robots/index.ts";
import type { Context } from "../../src/commands/context.ts";
import { remind } from "../../src/commands/sop/remind.ts";
import type { DueStep } from "../../src/sop/due.ts";
import { reminders } from "../../src/sop/remind/message.ts";
import { Community, SQL_ROOT } from "../support/community.ts";
import { messages } from "./camp.ts";
import { RobotServer } from "./robot-server.ts";

const PLAN = `version: 1
id: day
title: 一天
groups: [g1, g2]
roles: { assistant: { title: 助教, people: [wxid_secret_helper] }, owner: 群主 }
steps:
  - { id: checkin, date: 2026-11-09, time: "09:00", role: assistant, owner: 王小明, text: "@小明 13800001234 把材料称好，拍一张" }
  - { id: tip, date: 2026-11-09, time: "09:20", role: owner, text: "先存下这张对照表" }
  - { id: later, date: 2026-11-09, time: "20:00", role: assistant, text: "半小时后开讲" }
`;
const SETTINGS = `groups: { g1: { name: 城西烘焙群 }, g2: { name: 城东烘焙群 } }
reminders:
  - { robot: wecom, urlFile: hook.txt, role: assistant }
  - { robot: wecom, urlFile: hook.txt, role: owner }
`;

let server: RobotServer;
const community = new Community(SETTINGS);
/** 08:50 in Asia/Shanghai. */
let now = new Date("2026-11-09T00:50:00Z");
const out: string[] = [];
const run = async (flags: { dryRun?: boolean } = {}) => {
  const context = {
    content: { importers: [], sql: SQL_ROOT, robots },
    effects: { out: (text: string) => out.push(text), log: () => undefined, now: () => now },
    globals: { workspace: community.root, json: true },
    lang: "zh",
  } as unknown as Context;
  await remind(context, flags);
};
const statuses = () =>
  (JSON.parse(out.pop() ?? "[]") as { key: string; status: string }[]).map(({ key, status }) => [
    key.split(" ")[1],
    status,
  ]);

beforeAll(async () => {
  server = await RobotServer.listen();
  writeFileSync(join(community.root, "hook.txt"), `${server.url}\n`);
  const hello = (group: string) => ({ group, at: "2026-11-08T12:00:00", by: "m1", text: "早" });
  await community.import("messages.csv", messages([hello("g1"), hello("g2")]));
  await community.import("plan.yaml", PLAN);
  await community.build("2026-11-09T00:00:00");
});
afterAll(async () => {
  await server.close();
  community.remove();
});

it("a dry run shows what would be sent and sends nothing", async () => {
  server.say();
  await run({ dryRun: true });
  expect(statuses()).toEqual([
    ["checkin", "would_send"],
    ["tip", "would_send"],
  ]);
  expect(server.calls).toEqual([]);
});

it("announces each step once, to its role's robot, without a person in it; a failure is tried by the next run", async () => {
  server.say({ body: '{"errcode":0}' }, { body: '{"errcode":93000}' });
  await expect(run()).rejects.toThrow("93000");
  expect(statuses()).toEqual([
    ["checkin", "sent"],
    ["tip", "failed"],
  ]);
  expect(server.calls[0]?.body).toEqual({
    msgtype: "text",
    text: {
      content: "【复盘提醒】09:00 · checkin · 助教\n城东烘焙群、城西烘焙群\n\n@＊ ＊ 把材料称好，拍一张",
    },
  });
  expect(JSON.stringify(server.calls)).not.toMatch(/王小明|小明|13800001234|secret_helper/);
  server.say();
  now = new Date("2026-11-09T01:05:00Z");
  await run();
  expect(statuses()).toEqual([
    ["checkin", "known"],
    ["tip", "sent"],
  ]);
  expect(server.calls.length).toBe(1);
});

it("says nothing of what is past or far away", async () => {
  server.say();
  now = new Date("2026-11-09T05:00:00Z");
  await run();
  expect(statuses()).toEqual([]);
  expect(server.calls).toEqual([]);
});

it("is off by default", async () => {
  writeFileSync(join(community.root, "fupan.yaml"), "");
  await expect(run()).rejects.toThrow("Reminders are off");
});

it("names several groups with the comma of the language", () => {
  const step = (groupName: string): DueStep => ({
    dueLocalAt: "2026-11-09 09:00:00",
    dueAt: "2026-11-09T01:00:00Z",
    groupId: groupName,
    groupName,
    planId: "p",
    planTitle: null,
    planVersion: "V1",
    stepId: "tip",
    phase: null,
    task: "",
    role: "host",
    roleTitle: null,
    owner: null,
    contentType: null,
    text: null,
    link: null,
    target: null,
    status: null,
    minutesLate: null,
    times: 1,
    isPersonal: false,
  });
  const said = (lang: "zh" | "en") =>
    reminders(["Tea", "Walks"].map(step), 2000, lang)[0]?.text.split("\n")[1];
  expect([said("zh"), said("en")]).toEqual(["Tea、Walks", "Tea, Walks"]);
});
