import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Context } from "../../src/commands/context.ts";
import { reviewCommand } from "../../src/commands/review.ts";
import { run } from "../../src/commands/run.ts";
import { decideSuggestion, listSuggestions, showSuggestion } from "../../src/commands/suggestions.ts";
import { createSource } from "../../src/review/source.ts";
import type { SuggestionLine } from "../../src/review/suggestions.ts";
import type { Review } from "../../src/review/types.ts";
import type { Action } from "../../src/rules/suggestion.ts";
import { createApp } from "../../src/server/app.ts";
import { listActions } from "../../src/state/suggestions.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

/*
 * A group whose staff writes @all twelve times in one week and, after the meeting, once in the next: the suggestion
 * from its evidence to what came of it, through the commands, the API and the minutes.
 */
const DASHBOARDS = new URL("../../dashboards", import.meta.url).pathname;
const community = new Community(
  "staff: [s1]\ngroups:\n  g1: {name: 虚构茶友群, kind: retail}\nrules:\n  ORG-01: false\n",
);
const out: string[] = [];
const context: Context = {
  content: {
    importers: [],
    sql: SQL_ROOT,
    dashboards: DASHBOARDS,
    version: "0",
    robots: [],
    writeDemo: async () => undefined,
  } as never,
  effects: { out: (text) => out.push(text), log: () => undefined, now: () => NOW },
  globals: { workspace: community.root, json: true },
  lang: "zh",
};
const answer = <T>() => JSON.parse(out.pop() ?? "null") as T;
const day = (date: string, hour: number) => `2026-${date}T${String(hour).padStart(2, "0")}:00:00`;

beforeAll(async () => {
  const members = Array.from({ length: 40 }, (_, at) => `m${at + 1}`);
  await community.import(
    "members.csv",
    csv([
      ...members.map((member_id) => ({
        group_id: "g1",
        member_id,
        role: "member",
        joined_at: day("09-01", 9),
      })),
      { group_id: "g1", member_id: "s1", role: "staff", joined_at: day("09-01", 9) },
    ]),
  );
  const said = (sender_id: string, sent_at: string, text: string, mentions = "") => ({
    group_id: "g1",
    sender_id,
    sent_at,
    text,
    mentions,
  });
  const calm = ["10-26", "11-02", "11-09", "11-16"].flatMap((monday) =>
    members
      .slice(0, 12)
      .map((member, at) => said(member, day(monday, 9 + (at % 10)), `今天第${at}杯茶喝的是白茶`)),
  );
  const loud = Array.from({ length: 12 }, (_, at) =>
    said("s1", day("11-10", 9 + at), `通知第${at}条，请看群公告`, "*"),
  );
  await community.import(
    "messages.csv",
    csv([
      ...calm,
      ...loud,
      said("s1", day("11-18", 9), "只通知这一件事", "*"),
      said("m1", day("11-23", 9), "新的一周"),
    ]),
  );
});
afterAll(() => community.remove());

describe("from a suggestion to its effect", () => {
  let id = "";

  test("the list of the week has it with its evidence", { timeout: 240_000 }, async () => {
    await community.build("2026-11-16T00:00:00");
    await listSuggestions(context, {});
    const { week, suggestions } = answer<{ week: string; suggestions: SuggestionLine[] }>();
    expect(week).toBe("2026-W46");
    const found = suggestions.find(({ rule }) => rule === "AD-06");
    expect(found).toMatchObject({
      status: "open",
      groupId: "g1",
      times: 1,
      owner: "团长",
      role: { zh: "团长", en: "community leader" },
    });
    expect(found?.evidence.find((one) => one.id === "at_all")).toMatchObject({ value: 12, shown: "12" });
    expect(found?.text.zh).toContain("12 次");
    // Six weeks of history are not there yet, so the data comes first.
    expect(found?.greyed).toBe(true);
    id = found?.id ?? "";
  });

  test("everything it rests on can be read: rows, weeks, false positives and source", async () => {
    await showSuggestion(context, id);
    const shown = answer<{
      sources: string[];
      minSample: number;
      falsePositives: { zh: string };
      rows: { weeks: { week: string; value: number | null }[]; cases: { what: { zh: string } }[] };
    }>();
    expect(shown.rows.cases.map(({ what }) => what.zh)).toEqual(Array.from({ length: 12 }, () => "@所有人"));
    expect(shown.rows.weeks.at(-1)).toMatchObject({ week: "2026-11-09", value: 12 });
    expect(shown.sources).toContain("S3-23");
    expect(shown.falsePositives.zh).toContain("公告");
    await showSuggestion({ ...context, globals: { ...context.globals, json: false } }, id);
    expect(out.pop()).toMatch(/门槛：[\s\S]*会误报的情况：[\s\S]*出处：S3-23[\s\S]*@所有人/);
    await expect(showSuggestion(context, "ffffffffff")).rejects.toThrow("ffffffffff");
  });

  test("it is edited, accepted and rejected with who and when; what does not fit is refused", async () => {
    const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
    const app = await createApp({
      source,
      dashboards: DASHBOARDS,
      lang: "zh",
      state: community.state,
    });
    const post = (step: string, body: object) =>
      request(app).post(`/api/v1/suggestions/${id}/${step}`).send(body);
    await post("done", { by: "小林" }).expect(404);
    await post("reject", { by: "小林", reason: "" }).expect(400);
    await post("reject", { by: "小林", reason: "这周有停发通知" }).expect(200);
    await post("edit", { by: "小林", text: "不行" }).expect(404);
    const accepted = await post("accept", { by: "团长小周", owner: "小周", due: "2026-11-20" }).expect(200);
    expect(accepted.body).toMatchObject({
      status: "accepted",
      owner: "小周",
      due: "2026-11-20",
      baseWeek: "2026-11-09",
    });
    await post("edit", { by: "团长小周", text: "@所有人 一周只用一次" }).expect(200);
    const form = await post("edit", { by: "团长小周", owner: "小周", back: "/sop" }).expect(303);
    expect(form.headers["location"]).toBe("/sop");
    await post("edit", { by: "x", back: "//elsewhere.example" }).expect(400);
    await request(app).post("/api/v1/suggestions/0000000000/accept").send({}).expect(404);
    await request(app)
      .post(`/api/v1/suggestions/${id}/accept`)
      .set("Origin", "http://elsewhere.example")
      .send({})
      .expect(403);
    const one = await request(app).get(`/api/v1/suggestions/${id}`).expect(200);
    expect(one.body.rows.cases.length).toBe(12);
    const list = await request(app).get("/api/v1/suggestions?week=2026-W46").expect(200);
    expect(list.body.suggestions.find((one: SuggestionLine) => one.id === id)).toMatchObject({
      status: "accepted",
      text: { zh: "@所有人 一周只用一次" },
    });
    close();
    const [action] = await listActions(community.state);
    expect(action?.steps.map(({ step, by }) => [step, by])).toEqual([
      ["rejected", "小林"],
      ["accepted", "团长小周"],
      ["edited", "团长小周"],
      ["edited", "团长小周"],
    ]);
  });

  test("the next build finds it done in the log and measures what moved", { timeout: 240_000 }, async () => {
    await community.build("2026-11-23T00:00:00");
    const [action] = await listActions(community.state);
    expect(action).toMatchObject({ status: "done", doneSource: "log" });
    expect(action?.effect).toMatchObject({
      verdict: "improved",
      level: "E0",
      was: { value: 12 },
      now: { value: 1 },
      wasWeek: "2026-11-09",
      nowWeek: "2026-11-16",
      others: null,
    });
    expect(action?.steps.slice(-2).map(({ step, by }) => [step, by])).toEqual([
      ["done", "fupan build"],
      ["measured", "fupan build"],
    ]);
    await expect(decideSuggestion(context, "reject", id, { reason: "太晚" })).rejects.toThrow("done");
    await expect(decideSuggestion(context, "accept", "ffffffffff", {})).rejects.toThrow("ffffffffff");
  });

  test("the minutes begin with it, and a frozen report stays as it was", { timeout: 240_000 }, async () => {
    await run(context);
    const { frozen } = answer<{ frozen: string }>();
    const file = join(community.workspace.reports, "2026-W47", "review.md");
    expect(frozen).toContain("2026-W47");
    const minutes = readFileSync(file, "utf8");
    expect(minutes).toMatch(
      /## 一、上周行动\n\n- \[x\] 【虚构茶友群】@所有人 一周只用一次 \(小周 · 2026-11-20 前 · 记录里看到做了\)/,
    );
    expect(minutes).toContain("12→1");
    expect(minutes.indexOf("一、上周行动")).toBeLessThan(minutes.indexOf("二、数字"));
    // Nothing moved beyond the ordinary: without a why, the people are the third point.
    expect(minutes.indexOf("二、数字")).toBeLessThan(minutes.indexOf("三、人"));
    // A member's message of that week arrives later.
    await community.import(
      "late.csv",
      csv([{ group_id: "g1", sender_id: "m30", sent_at: day("11-19", 10), text: "来晚了" }]),
    );
    await community.build("2026-11-23T00:00:00");
    await reviewCommand(context, { week: "2026-W47" });
    const today = answer<Review>();
    expect(today.restated?.find(({ kpi }) => kpi === "activity_rate")).toMatchObject({
      was: { numerator: 12, denominator: 40 },
      now: { numerator: 13, denominator: 40 },
    });
    expect(readFileSync(file, "utf8")).toBe(minutes);
    expect(existsSync(join(community.workspace.reports, "2026-W47", "review.json"))).toBe(true);
    const actions: Action[] = today.actions;
    expect(actions.map((one) => one.id)).toEqual([id]);
  });
});
