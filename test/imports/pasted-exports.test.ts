import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Community } from "../support/community.ts";

/* Two exports of one chat in one file: what both hold counts once, what was said twice counts twice. */
let community: Community;
beforeEach(() => {
  community = new Community();
  return () => community.remove();
});

/** What was said in six days: a greeting, a list of +1 with repeats in one minute, a text of two lines. */
const DAYS = [11, 12, 13, 14, 15, 16];
const SAID = DAYS.flatMap((day) =>
  [
    ["09:00", "小满", "早"],
    ["09:05", "阿青", "+1"],
    ["09:05", "阿青", "+1"],
    ["12:30", "老陈", `第${day}团\n两份`],
    ["20:00", "小满", "收到"],
  ].map(([time = "", who = "", text = ""]) => ({ day, time, who, text })),
);
type Said = (typeof SAID)[number];

const byDay = (said: readonly Said[], head: (day: number) => string, line: (one: Said) => string) =>
  [...new Set(said.map(({ day }) => day))]
    .map(
      (day) =>
        head(day) +
        said
          .filter((one) => one.day === day)
          .map(line)
          .join(""),
    )
    .join("");

const FORMATS: Record<string, { file: string; write: (said: readonly Said[]) => string }> = {
  "whatsapp-txt": {
    file: "WhatsApp Chat with 茶友群.txt",
    write: (said) =>
      said.map(({ day, time, who, text }) => `2026-11-${day}, ${time} - ${who}: ${text}\n`).join(""),
  },
  "qq-txt": {
    file: "茶友群.txt",
    write: (said) => {
      const bar = "=".repeat(64);
      const head = `消息记录（此消息记录为文本格式，不支持重新导入）\n\n${bar}\n消息分组:我的QQ群\n${bar}\n消息对象:茶友群\n${bar}\n\n`;
      const id = (who: string) => 100_000 + who.charCodeAt(0);
      const records = said.map(
        ({ day, time, who, text }) =>
          `2026-11-${day} ${time.replace(/^0/, "")}:00 ${who}(${id(who)})\n${text}\n\n`,
      );
      return (head + records.join("")).replaceAll("\n", "\r\n");
    },
  },
  "line-txt": {
    file: "[LINE] 茶友群.txt",
    write: (said) =>
      `[LINE] 與茶友群的聊天記錄\n儲存日期：2026/11/20 10:00\n\n${byDay(
        said,
        (day) => `2026/11/${day}（一）\n`,
        ({ time, who, text }) => `${time}\t${who}\t${text.includes("\n") ? `"${text}"` : text}\n`,
      )}`,
  },
  "line-pc-txt": {
    file: "[LINE] 茶友群.txt",
    write: (said) =>
      byDay(
        said,
        (day) => `2026.11.${day} 星期一\n`,
        ({ time, who, text }) => `${time} ${who} ${text}\n`,
      ),
  },
  "weflow-txt": {
    file: "茶友群.txt",
    write: (said) =>
      said.map(({ day, time, who, text }) => `2026-11-${day} ${time}:00 '${who}'\n${text}\n\n`).join(""),
  },
  "memotrace-txt": {
    file: "茶友群.txt",
    write: (said) =>
      said.map(({ day, time, who, text }) => `2026-11-${day} ${time}:00 ${who}\n${text}\n\n`).join(""),
  },
  "chatlog-txt": {
    file: "茶友群_2026-11-11_2026-11-16.txt",
    write: (said) =>
      said
        .map(({ day, time, who, text }) => `${who}(wxid_${who}) 2026-11-${day} ${time}:00\n${text}\n\n`)
        .join(""),
  },
  "wxcli-txt": {
    file: "茶友群.txt",
    write: (said) =>
      `=== 茶友群[群] (${said.length} 条) ===\n${said.map(({ day, time, who, text }) => `[2026-11-${day} ${time}] ${who}: ${text}\n`).join("")}`,
  },
  "wxcli-txt in Markdown": {
    file: "茶友群.md",
    write: (said) =>
      `# 茶友群（群聊）\n\n> 导出 ${said.length} 条消息\n\n${said
        .map(
          ({ day, time, who, text }) =>
            `### 2026-11-${day} ${time}\n\n**${who}**: ${text.replaceAll("\n", "\n> ")}\n\n`,
        )
        .join("")}`,
  },
  "qce-txt": {
    file: "茶友群.txt",
    write: (said) =>
      `[QQChatExporter V5 / https://qce.invalid]\n聊天名称: 茶友群\n导出时间: 2026-11-17 09:00:00\n消息总数: ${said.length}\n\n${said
        .map(({ day, time, who, text }) => `${who}:\n时间: 2026-11-${day} ${time}:00\n内容: ${text}\n\n`)
        .join("")}`,
  },
  "qce-txt without its banner": {
    file: "茶友群.txt",
    write: (said) => FORMATS["qce-txt"]?.write(said).split("\n").slice(1).join("\n") ?? "",
  },
  // Our own table as lines of JSON, without ids of messages.
  "fupan-messages": {
    file: "茶友群.jsonl",
    write: (said) =>
      said
        .map(({ day, time, who, text }) => {
          const sent_at = `2026-11-${day} ${time}:00`;
          return `${JSON.stringify({ group_id: "g1", sender_id: who, sent_at, text })}\n`;
        })
        .join(""),
  },
  // A log of one day: what elsewhere is a day is an hour of it, and a line is a message.
  "irc-log": {
    file: "tea_20261116.txt",
    write: (said) =>
      said
        .map(({ day, time, who, text }) => {
          const minute = { "12:30": 30, "20:00": 50 }[time] ?? time.slice(3);
          return `[${day}:${minute}] <${who}> ${text.replace("\n", " ")}\n`;
        })
        .join(""),
  },
};

const held = async () => {
  const rows = await community.lake((lake) =>
    lake.all(
      "select sent_at::varchar as at, text, count(*)::int as n from lake.messages group by all order by all",
    ),
  );
  return rows.map(({ at, text, n }) => `${at} ${JSON.stringify(text)} ${n}`);
};
const within = (from: number, to: number) => SAID.filter(({ day }) => day >= from && day <= to);

describe.each(Object.entries(FORMATS))("%s", (format, { file, write }) => {
  const [importer] = format.split(" ");
  let whole: string[];
  beforeAll(async () => {
    community = new Community();
    await community.import(file, write(SAID));
    whole = await held();
    community.remove();
    expect(whole.length).toBe(DAYS.length * 4);
  });

  it.each([
    ["the older one first", [within(11, 14), within(13, 16)]],
    ["the newer one first", [within(13, 16), within(11, 14)]],
    ["one within the other", [within(11, 16), within(13, 14)]],
    ["the same one twice", [within(11, 16), within(11, 16)]],
    ["three", [within(11, 13), within(12, 15), within(14, 16)]],
  ])("%s", async (_how, parts) => {
    const result = await community.import(file, parts.map(write).join(""));
    expect(result).toMatchObject({ importer, rejected: 0, accepted: SAID.length });
    expect(result.read).toBe(result.accepted + result.duplicate);
    expect(result.duplicate).toBe(parts.flat().length - SAID.length);
    expect(await held()).toEqual(whole);
    expect(result.notes.map(({ zh }) => zh).join()).toContain(`接着 ${parts.length} 份导出`);
  });
});

it.each(["wxcli-txt", "wxcli-txt in Markdown", "qce-txt"])(
  "%s: a chat of another name below is that chat's",
  async (format) => {
    const { file, write } = FORMATS[format] as (typeof FORMATS)[string];
    const text = write(within(11, 11)) + write(within(12, 12)).replace("茶友群", "花友群");
    const result = await community.import(file, text);
    expect(result).toMatchObject({ accepted: 10, rejected: 0, groups: ["花友群", "茶友群"] });
  },
);

const whatsapp = (lines: readonly string[]) => lines.map((one) => `2026-11-${one}\n`).join("");
const FILE = "WhatsApp Chat with 茶友群.txt";

it("a log of another chat below a head of its own is that chat's", async () => {
  const log = (name: string) =>
    `[LINE] ${name}的聊天記錄\n儲存日期：2026/11/20 10:00\n\n2026/11/11（一）\n09:00\t小满\t早\n`;
  const result = await community.import("[LINE] 茶友群.txt", log("茶友群") + log("花友群"));
  expect(result).toMatchObject({ accepted: 2, groups: ["花友群", "茶友群"] });
});

it("with a part that only one of them still has, and a join that both tell", async () => {
  const notice = "11, 10:00 - 小满 added 阿青";
  const said = [
    "11, 09:00 - 小满: 早",
    notice,
    "12, 09:00 - 老陈: 好",
    "13, 09:00 - 小满: 一",
    "13, 09:01 - 小满: 二",
  ];
  const later = ["14, 09:00 - 阿青: 三"];
  const gone = said.map((one) => (one.endsWith("好") ? "12, 09:00 - 老陈: This message was deleted" : one));
  const more = ["13, 09:02 - 阿青: 四", "13, 09:03 - 阿青: 五", "13, 09:04 - 阿青: 六", ...later];
  const result = await community.import(FILE, whatsapp([...said, ...more.slice(0, 3), ...gone, ...more]));
  // The deleted one stands in two forms, as it would after two imports.
  expect(result).toMatchObject({ read: 17, accepted: 10, duplicate: 7 });
  const joins = await community.lake((lake) => lake.all("select event from lake.member_events"));
  expect(joins.length).toBe(1);
});

it("real repeats stay: of one minute, of a log whose lines are not in order, of every day the same", async () => {
  const flood = Array.from({ length: 12 }, () => "11, 09:00 - 小满: +1");
  const late = [
    "12, 09:00 - 阿青: 在",
    "12, 09:05 - 老陈: 好",
    "12, 09:00 - 阿青: 在",
    "12, 09:06 - 老陈: 好",
  ];
  const daily = [13, 14, 15, 16].flatMap((day) =>
    ["早", "开团", "一", "二", "三", "四"].map((text, at) => `${day}, 09:0${at} - 小满: ${text}`),
  );
  const result = await community.import(FILE, whatsapp([...flood, ...late, ...daily]));
  expect(result).toMatchObject({ read: 40, accepted: 40, duplicate: 0 });
  expect(result.notes.map(({ zh }) => zh).join()).not.toContain("份导出");
});

it("too little to be sure counts, and is told", async () => {
  const first = ["11, 09:00 - 小满: 早", "12, 09:00 - 阿青: 在", "12, 09:01 - 老陈: 好"];
  const result = await community.import(
    FILE,
    whatsapp([...first, ...first.slice(1), "13, 09:00 - 小满: 早"]),
  );
  expect(result).toMatchObject({ accepted: 6, duplicate: 0 });
  expect(result.notes.map(({ zh }) => zh).join()).toMatch(/从 2026-11-12 09:00 起有 2 条.*可能是两份导出/);
});

it("what the lake has already of both is a duplicate", async () => {
  const { write } = FORMATS["whatsapp-txt"] ?? { write: () => "" };
  await community.import(FILE, write(within(12, 15)));
  const result = await community.import(FILE, write(within(11, 14)) + write(within(13, 16)));
  expect(result).toMatchObject({ read: 40, accepted: 10, duplicate: 30 });
});
