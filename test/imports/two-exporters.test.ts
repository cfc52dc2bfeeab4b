import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { check } from "../../src/commands/check.ts";
import type { Content } from "../../src/commands/context.ts";
import { importLines } from "../../src/commands/import-lines.ts";
import type { FileResult } from "../../src/ingest/import-file.ts";
import { importsPage } from "../../src/server/page/imports.ts";
import { listImports } from "../../src/state/ledger.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

const START = Date.UTC(2026, 10, 16, 1);
const ROOM = "55501@chatroom";
const SAID = Array.from({ length: 12 }, (_, at) => ({
  at: START + at * 41_000,
  who: `wxid_${at % 3}`,
  text: at % 4 === 3 ? "+1" : `第 ${at} 条，说的话各不相同`,
  id: `74000000000000000${at + 10}`,
}));
type One = (typeof SAID)[number];

const wall = (at: number) => new Date(at + 8 * 3600_000).toISOString().slice(0, 19).replace("T", " ");

const pywxdump = (said: readonly One[]) =>
  csv(
    said.map(({ at, who, text, id }, n) => ({
      id: n,
      MsgSvrID: id,
      type_name: "文本",
      is_sender: 0,
      talker: who,
      room_name: ROOM,
      msg: text,
      src: "",
      CreateTime: wall(at),
    })),
  );

/** The same table after a spreadsheet program saved it: minutes, and numbers that are no ids any more. */
const resaved = (said: readonly One[]) =>
  pywxdump(said)
    .replace(/74000000000000000\d\d/g, "7.4E+18")
    .replace(/2026-11-16 0?(\d+):(\d\d):\d\d/g, "2026/11/16 $1:$2");

const weflow = (said: readonly One[]) =>
  JSON.stringify({
    weflow: { version: "1.0.3" },
    session: { wxid: ROOM, displayName: "花友会", type: "群聊" },
    messages: said.map(({ at, who, text, id }, n) => ({
      localId: n,
      createTime: at / 1000,
      type: "文本消息",
      localType: 1,
      content: text,
      isSend: 0,
      senderUsername: who,
      senderDisplayName: `成员${who}`,
      platformMessageId: id,
    })),
  });

describe("two exporters' logs of one chat", () => {
  let community: Community;
  beforeEach(() => {
    community = new Community();
  });
  afterEach(() => community.remove());

  const count = () =>
    community.lake(async (database) =>
      Number((await database.one("select count(*) as n from lake.messages"))["n"]),
    );
  const doubts = ({ issues }: { issues: readonly { code: string; column: string | null }[] }) =>
    issues.filter(({ code }) => code === "suspected_overlap").map(({ column }) => column);

  it("merge by the ids of the server, whatever the two make of time and name", async () => {
    await community.import("a.csv", pywxdump(SAID.slice(0, 9)));
    const second = await community.import("a.json", weflow(SAID.slice(3)));
    expect(second).toMatchObject({ importer: "weflow-json", read: 9, accepted: 3, duplicate: 6 });
    expect(doubts(second)).toEqual([]);
    expect(await count()).toBe(SAID.length);
  });

  it("minutes against seconds without ids: both stay, and the doubt is told wherever imports are shown", async () => {
    await community.import("a.json", weflow(SAID));
    const second = await community.import("b.csv", resaved(SAID));
    expect(second).toMatchObject({ importer: "pywxdump-csv", read: 12, accepted: 12 });
    expect(doubts(second)).toEqual(["花友会 · weflow-json"]);
    const imports = await listImports(community.state);
    expect(imports[1]?.warnings).toEqual([
      { code: "suspected_overlap", column: "花友会 · weflow-json", count: 1 },
    ]);
    const page = importsPage({
      lang: "zh",
      imports,
      groups: [],
      canImport: false,
      timezone: "UTC",
      reconciled: null,
    });
    expect(String(page)).toContain("像是同一个群各导出了一次（换了工具，或群改过名）");
    const said: string[] = [];
    await check({
      content: { sql: SQL_ROOT, importers } as unknown as Content,
      effects: { out: (text) => said.push(text), log: () => undefined, now: () => NOW },
      globals: { workspace: community.root },
      lang: "zh",
    });
    expect(said.join("\n")).toContain("! b.csv: ");
    expect(said.join("\n")).toContain("像是同一个群各导出了一次（换了工具，或群改过名）");
  });

  it("many exports of one chat are one note with examples, and every pair stays in the ledger", async () => {
    const rows = (id: string) =>
      csv(SAID.map(({ at, who, text }) => ({ group_id: id, sender_id: who, sent_at: wall(at), text })));
    const files: FileResult[] = [];
    for (const name of ["a", "b", "c", "d"]) files.push(await community.import(`${name}.csv`, rows(name)));
    // 0 + 1 + 2 + 3 pairs.
    expect(files.map((one) => doubts(one).length)).toEqual([0, 1, 2, 3]);
    const totals = { files: 4, read: 48, accepted: 48, duplicate: 0, rejected: 0, failed: 0 };
    const said = importLines({ files, totals }, "zh");
    expect(said.match(/会算两遍/g)).toHaveLength(1);
    expect(said).toContain(
      "! 6 对导出像是同一个群各导出了一次，会算两遍：3 个文件，对上 3 个群。例如 b.csv ↔ a · ",
    );
    expect(said).toContain("fupan check --json");
    const imports = await listImports(community.state);
    const page = String(
      importsPage({ lang: "zh", imports, groups: [], canImport: false, timezone: "UTC", reconciled: null }),
    );
    expect(page.match(/会算两遍/g)).toHaveLength(1);
    expect(page).toContain("可能和「a · fupan-messages」是同一个群");
    for (const chat of ["a", "b", "c"]) expect(page).toContain(`<li>${chat} · fupan-messages</li>`);
  });

  it("the same export under two names is told too, two chats with the same announcements are not", async () => {
    const rows = (said: readonly One[], id: string) =>
      csv(said.map(({ at, who, text }) => ({ group_id: id, sender_id: who, sent_at: wall(at), text })));
    const blasts = SAID.filter((_, at) => at % 3 === 0);
    await community.import("1.csv", rows(SAID, "a"));
    expect(doubts(await community.import("2.csv", rows(SAID, "b")))).toEqual(["a · fupan-messages"]);
    // One person says the same in many groups at once.
    expect(doubts(await community.import("3.csv", rows(blasts, "c")))).toEqual([]);
    const own = SAID.map((one) => ({ ...one, text: `${one.text}，在别的群` }));
    expect(doubts(await community.import("4.csv", rows([...own, ...blasts], "d")))).toEqual([]);
  });

  it("a long log and its last days: each is looked at in the same minutes, however long it is", async () => {
    const long = Array.from({ length: 9000 }, (_, at) => ({
      at: START + at * 61_000,
      who: `wxid_${at % 7}`,
      text: `第 ${at} 条，说的话各不相同`,
      id: "",
    }));
    const rows = (said: readonly One[], id: string) =>
      csv(said.map(({ at, who, text }) => ({ group_id: id, sender_id: who, sent_at: wall(at), text })));
    await community.import("1.csv", rows(long, "a"));
    expect(doubts(await community.import("2.csv", rows(long.slice(-600), "b")))).toEqual([
      "a · fupan-messages",
    ]);
    const elsewhere = long.slice(-600).map((one) => ({ ...one, text: `${one.text}，在别的群` }));
    expect(doubts(await community.import("3.csv", rows(elsewhere, "c")))).toEqual([]);
    // The other way round: the days first.
    expect(
      doubts(await community.import("4.csv", rows([...elsewhere, ...long.slice(0, 3000)], "d"))).sort(),
    ).toEqual(["a · fupan-messages", "c · fupan-messages"]);
  });
});
