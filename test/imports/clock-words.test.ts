import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dayHalf } from "../../src/kit/day-halves.ts";
import { UserError } from "../../src/kit/errors.ts";
import { Community } from "../support/community.ts";

/** Locales whose phones are sold; their words are those of the Unicode locale data that this Node carries. */
const LOCALES =
  "af am ar as az be bg bn bs ca cs cy da de el en en-AU es es-MX et eu fa fi fil fr fr-CA ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl or pa pl ps pt pt-PT ro ru sd si sk sl so sq sr sv sw ta te th tk tr uk ur uz vi yo zh zh-Hant zh-Hant-HK zu".split(
    " ",
  );

function halfIn(locale: string, hour: number): string {
  const format = new Intl.DateTimeFormat(locale, { hour: "numeric", hour12: true, timeZone: "UTC" });
  const parts = format.formatToParts(new Date(Date.UTC(2026, 10, 3, hour)));
  return parts.find(({ type }) => type === "dayPeriod")?.value ?? "";
}

describe("halves of the day", () => {
  it.each(LOCALES)("are known in %s", (locale) => {
    expect([dayHalf(halfIn(locale, 9)), dayHalf(halfIn(locale, 15))]).toEqual(["forenoon", "afternoon"]);
  });

  it("are not what only looks like one", () => {
    expect(["夜里", "à", "uhr", "", "noon", "ap m"].map(dayHalf)).toEqual(Array(6).fill(undefined));
  });
});

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

/** Times and texts of the messages, or what the refusal says. */
async function read(name: string, ...lines: readonly string[]): Promise<string[]> {
  try {
    await community.import(name, `${lines.join("\n")}\n`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(await community.lake((lake) => lake.all("from lake.messages"))).toEqual([]);
    return [error.in("en"), error.in("zh")];
  }
  const rows = await community.lake((lake) => lake.all("from lake.messages order by sent_at"));
  return rows.map(({ sent_at, text }) => `${String(sent_at).slice(11, 16)} ${text}`);
}

const asked = (line: number, word: string) => [
  expect.stringMatching(`line ${line}: "${word}" stands beside the time[^]*clock of 24 hours`),
  expect.stringMatching(`第 ${line} 行的时间旁边有“${word}”[^]*24 小时制[^]*空格`),
];

describe("a word beside the clock of a WhatsApp log that nobody knows", () => {
  it.each([
    ["before the first", 1, "夜里", ["2026/11/16 夜里9:05 - 阿青: 在吗", "2026/11/16 上午9:06 - 老王: 在"]],
    ["behind the first", 1, "noche", ["16/11/26, 9:05 noche - Ana: hola", "16/11/26, 9:06 p. m. - Eva: sí"]],
    ["in a bracket", 1, "noche", ["[16/11/26, 9:05:01 noche] Ana: hola"]],
    [
      "before a later one",
      3,
      "夜里",
      ["2026/11/16 上午9:05 - 阿青: 早", "早饭", "2026/11/16 夜里9:06 - 老王: 在"],
    ],
    [
      "behind a later one",
      2,
      "noche",
      ["16/11/26, 9:05 a. m. - Ana: hola", "16/11/26, 9:06 noche - Eva: sí"],
    ],
  ])("is asked %s", async (_where, line, word, lines) => {
    expect(await read("茶友群.txt", ...lines)).toEqual(asked(line, word));
  });

  it("was typed where the clock has 24 hours", async () => {
    const said = await read("茶友群.txt", "16/11/2026 à 20:05 - Ana: hola", "16/11/2026 vers 9:05 - cena");
    expect(said).toEqual(["20:05 hola\n16/11/2026 vers 9:05 - cena"]);
  });

  it("is text where a blank stands before the line", async () => {
    const said = await read("茶友群.txt", "2026/11/16 上午9:05 - 阿青: 早", " 2026/11/16 夜里9:06 - 见");
    expect(said).toEqual(["09:05 早\n 2026/11/16 夜里9:06 - 见"]);
  });

  it("is no half of the day where it says what the clock is", async () => {
    expect(await read("茶友群.txt", "16.11.26, 9:05 Uhr - Uwe: hallo")).toEqual(["09:05 hallo"]);
    expect(await read("茶.txt", "16.11.2026 г., 21:05 - Ива: чай")).toEqual(["09:05 hallo", "21:05 чай"]);
  });

  it("is no WhatsApp log where KakaoTalk's blank stands before the colon", async () => {
    const refused = await read("차.txt", "2026년 11월 3일 오후 3:05, 민지 : 안녕");
    expect(refused).toEqual([expect.stringContaining("차.txt"), expect.stringContaining("차.txt")]);
  });
});

describe("a word beside the clock of a LINE log", () => {
  const log = (...lines: readonly string[]) => ["[LINE] 茶のトーク履歴", "2026/11/16(月)", ...lines];

  it("is the half of the day in more languages than the app's first four", async () => {
    const said = await read(
      "line.txt",
      ...log("오전 9:05\t민지\t안녕", "오후 9:06\t서준\t네", "9:07 p. m.\tAna\tsí"),
    );
    expect(said).toEqual(["09:05 안녕", "21:06 네", "21:07 sí"]);
  });

  it.each([
    ["in the first record", 3, "夜里", ["夜里 9:05\t阿青\t在吗", "9:06\t老王\t在"]],
    ["in a later one", 4, "noche", ["9:05 a. m.\tAna\thola", "9:06 noche\tEva\tsí"]],
  ])("is asked %s when nobody knows it", async (_where, line, word, lines) => {
    expect(await read("line.txt", ...log(...lines))).toEqual(asked(line, word));
  });

  it("was typed where the clock has 24 hours", async () => {
    const said = await read("line.txt", ...log("20:05\t阿青\t在吗", "约 9:06\t见"));
    expect(said).toEqual(["20:05 在吗\n约 9:06\t见"]);
  });
});

describe("a word beside the clock of a LINE log of the desktop", () => {
  it.each([
    ["before", ["午前 9:05 花 おはよう", "午後 9:06 花 こんばんは"]],
    ["behind", ["9:05 AM 花 おはよう", "9:06 PM 花 こんばんは"]],
  ])("is the half of the day %s it, where all records have it", async (_where, lines) => {
    expect(await read("pc.txt", "2026.11.16 月曜日", ...lines)).toEqual([
      "09:05 おはよう",
      "21:06 こんばんは",
    ]);
  });

  it("is a name where they do not", async () => {
    const said = await read(
      "pc.txt",
      "2026.11.16 月曜日",
      "09:05 PM hello",
      "10:06 花 hi",
      "11:07 花 tea",
      "下午 3:05 见",
    );
    expect(said).toEqual(["09:05 hello", "10:06 hi", "11:07 tea\n下午 3:05 见"]);
  });

  it("is asked when nobody knows it", async () => {
    const lines = ["2026.11.16 月曜日", "午前 9:05 花 おはよう", "午後 9:06 花 うん", "夜里 9:07 花 茶"];
    expect(await read("pc.txt", ...lines)).toEqual(asked(4, "夜里"));
  });
});

describe("a word behind the clock of a QQ log", () => {
  const log = (...headers: readonly string[]) =>
    [
      "消息记录（此消息记录为文本格式，不支持重新导入）",
      "消息对象:茶",
      "",
      ...headers.flatMap((head) => [head, "在", ""]),
    ].join("\r\n");

  it.each([
    ["PM", "AM"],
    ["下午", "上午"],
  ])("is the half of the day where all records have it: %s", async (pm, am) => {
    const text = log(
      `2026-11-16 9:05:12 ${am} 【群主】阿青(100000001)`,
      `2026-11-16 9:06:12 ${pm} 老王(100000002)`,
    );
    expect(await read("茶.txt", text)).toEqual(["09:05 在", "21:06 在"]);
  });

  it("begins a nickname where another record has none, or an hour past twelve", async () => {
    const few = log("2026-11-16 9:05:12 PM 小王(100000001)", "2026-11-16 9:06:12 老王(100000002)");
    expect(await read("茶.txt", few)).toEqual(["09:05 在", "09:06 在"]);
    const late = log("2026-11-17 9:05:12 PM 小王(100000001)", "2026-11-17 21:06:12 PM 小王(100000001)");
    expect(await read("晚.txt", late)).toEqual(["09:05 在", "09:06 在", "09:05 在", "21:06 在"]);
  });

  it("is asked where most have it and one has not", async () => {
    const text = log(
      ...["9:05:12 AM 阿青", "9:06:12 PM 老王", "9:07:12 小满"].map(
        (said, at) => `2026-11-16 ${said}(10000000${at})`,
      ),
    );
    expect(await read("茶.txt", text)).toEqual([
      expect.stringMatching(/line 10: no half of the day.*\n.*24 hours/),
      expect.stringMatching(/第 10 行的时间没有上午或下午.*\n.*24 小时制/),
    ]);
  });
});
