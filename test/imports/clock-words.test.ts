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
