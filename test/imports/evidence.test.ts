import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { readHead } from "../../src/ingest/head.ts";
import { identify, shown, theOnly } from "../../src/ingest/identify.ts";
import { rosterFact } from "../../src/ingest/roster.ts";
import { openSource } from "../../src/ingest/source.ts";
import { UserError } from "../../src/kit/errors.ts";
import { fact, factText } from "../../src/kit/evidence.ts";
import type { Head } from "../../src/kit/importer.ts";
import { Community } from "../support/community.ts";
import { fixtures } from "../support/golden.ts";

/** Words by which a sentence of ours is known from a name that stands in a file. */
const ENGLISH =
  /(?:^|[\s(<[>])(?:a|an|no|of|with|the|behind|beside|above|heading|line|time|text)(?=[\s,>]|$)/;
const isPhrase = (words: string) => words.includes(" ") && ENGLISH.test(words);
const zh = (facts: readonly string[]) => facts.filter((one) => factText(one).zh.split(" / ").some(isPhrase));

describe("why a file is of a format", () => {
  let community: Community;
  beforeEach(() => {
    community = new Community();
  });
  afterEach(() => community.remove());

  const headOf = async (name: string, content: string | Buffer): Promise<Head> => {
    const path = join(community.root, name);
    writeFileSync(path, content);
    const source = await openSource(path, community.workspace.scratch);
    const head = await readHead(source);
    await source.dispose();
    return head;
  };

  it("is said in Chinese to whoever reads Chinese, for every sample and by every importer", async () => {
    for (const { path, name, content } of fixtures()) {
      const head = await headOf(name, content);
      const said = importers.map((one) => ({ id: one.id, ...one.matches(head) }));
      for (const { id, found, missing } of said)
        expect([path, id, zh([...found, ...missing])]).toEqual([path, id, []]);
    }
  });

  it("of members: by what stands in the column of the time of leaving", async () => {
    const rows = "成员ID,昵称,入群时间,退群时间\nu1,小满,2026-11-01 09:00:00,\nu2,阿青,2026-11-01 09:00:00,";
    const said = async (content: string) => {
      const path = join(community.root, "茶友群.csv");
      writeFileSync(path, content);
      const source = await openSource(path, community.workspace.scratch);
      const head = await readHead(source);
      const told = await rosterFact(source, head, theOnly(head, importers));
      await source.dispose();
      return factText(told ?? "").zh;
    };
    expect(await said(`${rows}\n`)).toBe("退群时间全空：当时的在群名单");
    expect(await said(`${rows}2026-11-09 09:00:00\n`)).toBe("1 行有退群时间：完整历史");
    expect(await said("成员ID,昵称,入群时间\nu1,小满,2026-11-01 09:00:00\n")).toBe("");
  });

  it("is in the reader's language in a refusal too", async () => {
    const head = await headOf("x.txt", "消息记录（节选）\r\n2026-11-16 20:03:11 小满(10001)\r\n在吗\r\n");
    const error = await Promise.resolve()
      .then(() => theOnly(head, importers))
      .catch((thrown: unknown) => thrown);
    if (!(error instanceof UserError)) throw new Error("the file was taken");
    expect(error.in("zh")).toContain("缺少 有一行“消息对象:”");
    expect(error.in("en")).toContain("missing line 消息对象:");
  });

  it("an English sentence alone would be noticed", () => {
    expect(
      zh(["a day line", "HH:MM name text", fact("一行日期", "a day line"), "user id", "First Name"]),
    ).toEqual(["a day line", "HH:MM name text"]);
  });

  it("names of columns stand as they are, what must not be there counts for nothing", async () => {
    expect(shown(["订单号 / order_id", fact("没有 meta", "no meta")], "zh")).toBe(
      "订单号 / order_id、没有 meta",
    );
    const head = await headOf("x.json", '{"hello": 1}');
    expect(identify(head, importers).nearest).toEqual([]);
  });
});
