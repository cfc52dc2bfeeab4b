import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ImportOptions } from "../../src/ingest/import-file.ts";
import { UserError } from "../../src/kit/errors.ts";
import { Community } from "../support/community.ts";

/** What a file leaves open is asked, not guessed; what it settles itself is said with the evidence. */
const whatsapp = (...days: readonly string[]) =>
  days.map((day, at) => `${day}, 09:0${at} - 阿青: 第 ${at} 句\n`).join("");
const chatlog = (...times: readonly string[]) =>
  times.map((time, at) => `阿青(wxid_qing00) ${time}\n第 ${at} 句\n\n`).join("");
const irc = "[20:03] <anna> good evening\n[20:04] <bob> fresh tea today\n[20:05] <anna> yes\n";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

/** Days of the messages, or what the refusal says and asks for. */
async function days(name: string, text: string, options: Partial<ImportOptions> = {}) {
  try {
    const { notes } = await community.import(name, text, options);
    const rows = await community.lake((lake) => lake.all("from lake.messages order by sent_at"));
    return { days: rows.map((row) => String(row["sent_at"]).slice(0, 10)), notes: notes.map(({ en }) => en) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { refused: `${error.in("en")} ${error.in("zh")}` };
  }
}

describe("day/month or month/day", () => {
  const open = whatsapp("03/04/26", "03/04/26", "04/04/26");

  it("is refused where both readings fit, with the option that settles it", async () => {
    expect(await days("茶友群.txt", open)).toEqual({ refused: expect.stringMatching(/--date-order dmy/) });
    expect(await community.lake((lake) => lake.all("from lake.messages"))).toEqual([]);
  });

  it.each([
    ["dmy", ["2026-04-03", "2026-04-03", "2026-04-04"]],
    ["mdy", ["2026-03-04", "2026-03-04", "2026-04-04"]],
  ] as const)("is read as --date-order %s says", async (dateOrder, expected) => {
    expect(await days("茶友群.txt", open, { dateOrder })).toMatchObject({ days: expected });
  });

  it.each([
    [
      "one day that has no other reading, at the end",
      ["03/04/26", "04/04/26", "13/04/26"],
      "2026-04-03",
      /13\/04\/26 has no other/,
    ],
    ["a year in front", ["2026/03/04", "2026/04/04", "2026/04/05"], "2026-03-04", /begins with a year/],
    [
      "time that would run backwards",
      ["03/04/26", "03/04/26", "01/05/26"],
      "2026-04-03",
      /run backwards 1 times/,
    ],
  ])("is settled for the whole file by %s, and said", async (_what, said, first, why) => {
    const told = await days("茶友群.txt", whatsapp(...said));
    expect(told).toMatchObject({ days: [first, expect.anything(), expect.anything()] });
    expect(told.notes).toEqual(expect.arrayContaining([expect.stringMatching(why)]));
  });
});

describe("a log without a date", () => {
  it.each([
    ["chatlog of one day", chatlog("09:00:00", "09:00:01", "09:00:02"), "2026-11-16"],
    ["IRC", irc, "2026-11-16"],
  ])("%s is refused, and read on the day that --date says", async (_what, text, date) => {
    expect(await days("log.txt", text)).toEqual({ refused: expect.stringMatching(/--date 2026-/) });
    const told = await days("log.txt", text, { date });
    expect(new Set(told.days)).toEqual(new Set([date]));
    expect(told.days).toHaveLength(3);
  });

  it("of IRC is the one that its lines say, in each program's way, and a clock that goes back without one is told of", async () => {
    const logs = {
      irssi:
        "--- Log opened Mon Nov 16 23:58:11 2026\n23:59 <@anna> one\n23:59 -!- bob [~b@example.net] has joined #tea\n--- Day changed Tue Nov 17 2026\n00:01 <bob> two\n00:02  * bob waves\n--- Log closed Tue Nov 17 00:10:11 2026\n",
      mirc: "Session Start: Mon Nov 16 23:58:11 2026\n[23:59] <anna> one\n[23:59] *** bob joined #tea\nSession Time: Tue Nov 17 00:00:00 2026\n[00:01] <bob> two\n[00:02] * bob waves\n",
      weechat:
        "2026-11-16 23:59:11\t@anna\tone\n2026-11-16 23:59:12\t-->\tbob (~b@example.net) has joined #tea\n2026-11-17 00:01:00\tbob\ttwo\n2026-11-17 00:02:00\t *\tbob waves\n",
      znc: "[23:59:11] <anna> one\n[23:59:12] *** Joins: bob (~b@example.net)\n-- Tue, 17 Nov 2026 --\n[00:01:00] <bob> two\n[00:02:00] * bob waves\n",
    };
    for (const [program, text] of Object.entries(logs)) {
      const result = await community.import(`#${program}_2026-11-16.log`, text);
      expect([program, result]).toMatchObject([
        program,
        { importer: "irc-log", read: 4, accepted: 4, rejected: 0 },
      ]);
    }
    const rows = await community.lake((lake) =>
      lake.all(
        "select group_id, string_agg(strftime(sent_at, '%d %H:%M ') || text, '; ' order by sent_at) as said from lake.messages group by all",
      ),
    );
    expect(new Set(rows.map(({ said }) => said))).toEqual(
      new Set(["16 23:59 one; 17 00:01 two; 17 00:02 waves"]),
    );
    expect(rows).toHaveLength(4);
    const [joins] = await community.lake((lake) =>
      lake.all(
        "select count(*)::int as n from lake.member_events where event = 'join' and event_at < '2026-11-17'",
      ),
    );
    expect(joins).toEqual({ n: 4 });
    const two = await days("#tea_2026-11-16.log", "[23:59] <anna> one\n[00:01] <bob> two\n");
    expect(JSON.stringify(two)).toContain("import a file for each day");
  });

  it("of tabs is no IRC log under the header of a table", async () => {
    const text = "时间\t昵称\t内容\n2026-11-16 20:03:11\t阿青\t早上好\n2026-11-16 20:03:12\t小满\t早\n";
    const result = await community.import("茶友群.txt", text);
    expect(result).toMatchObject({ importer: "message-table", read: 2, accepted: 2 });
  });

  it("without a year takes the year of --date", async () => {
    const text = chatlog("11-16 09:00:00", "11-17 09:00:00");
    expect(await days("log.txt", text)).toEqual({ refused: expect.stringMatching(/--date 2026/) });
    expect((await days("log.txt", text, { date: "2026" })).days).toEqual(["2026-11-16", "2026-11-17"]);
  });
});

it("--timezone is the zone of wall times, and of nothing that says its own", async () => {
  const wall = whatsapp("15/03/26", "15/03/26");
  const stated = `${JSON.stringify({
    msgid: "m1",
    action: "send",
    from: "wmQing",
    tolist: [],
    roomid: "wr1",
    msgtime: 1_773_536_400_000,
    msgtype: "text",
    text: { content: "早" },
  })}\n`;
  const spans = async (timezone?: string) => {
    const options = timezone === undefined ? {} : { timezone };
    const [a, b] = [
      await community.import("墙.txt", wall, options),
      await community.import("会话.jsonl", stated, options),
    ];
    return [a.from, b.from];
  };
  expect(await spans()).toEqual(["2026-03-15T01:00:00", "2026-03-15T01:00:00"]);
  // New York has been on summer time for a week.
  expect(await spans("America/New_York")).toEqual(["2026-03-15T13:00:00", "2026-03-15T01:00:00"]);
});
