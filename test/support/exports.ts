/** One message of an invented chat: `at` in seconds after the chat's start, `who` and `text` from a short list. */
export interface Said {
  at: number;
  who: number;
  text: string;
  /** A notice of the platform; `who` is then whom it names. */
  isNotice?: boolean;
}

const START = Date.UTC(2026, 10, 16, 1);
const WALL = 8 * 3600_000;

/** How a format writes a chat, and what its messages are called in every export of it. */
export interface Format {
  importer: string;
  file: string;
  write: (said: readonly Said[], ids: readonly number[]) => string;
}

/** @param zone milliseconds to add: 0 for UTC. */
function stamp(at: number, zone: number): string {
  return new Date(START + at * 1000 + zone).toISOString().slice(0, 19).replace("T", " ");
}

const memotrace: Format = {
  importer: "memotrace-csv",
  file: "茶友群.csv",
  write(said, ids) {
    const header =
      "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender";
    const rows = said.map(({ at, who, text, isNotice }, index) => {
      const content = isNotice ? `"成员${who}"加入了群聊` : text;
      const sender = isNotice ? "," : `成员${who},wxid_${who}`;
      // localId counts in one database: another computer numbers the same message otherwise.
      const id = (ids[index] ?? 0) + (ids[0] ?? 0) * 7;
      return `${id},3,${isNotice ? 10_000 : 1},0,0,${START / 1000 + at},3,"${content.replaceAll('"', '""')}",${stamp(at, WALL)},,${sender}`;
    });
    return `\uFEFF${[header, ...rows].join("\r\n")}\r\n`;
  },
};

const qq: Format = {
  importer: "qq-txt",
  file: "茶友群.txt",
  write(said) {
    const line = "=".repeat(64);
    const head = `\uFEFF消息记录（此消息记录为文本格式，不支持重新导入）\n\n${line}\n消息分组:我的QQ群\n${line}\n消息对象:茶友群\n${line}\n`;
    const records = said.map(({ at, who, text, isNotice }) => {
      // The hours are not padded.
      const time = stamp(at, WALL).replace(" 0", " ");
      return isNotice
        ? `${time} 系统消息(10000)\n成员${who}加入本群。\n`
        : `${time} 成员${who}(${100_000 + who})\n${text}\n`;
    });
    return `${head}\n${records.join("\n")}`.replaceAll("\n", "\r\n");
  },
};

const wecom: Format = {
  importer: "wecom-archive",
  file: "archive.jsonl",
  write(said, ids) {
    const lines = said.map(({ at, who, text, isNotice }, index) => {
      const common = {
        msgid: `${ids[index]}_${START / 1000 + at}_external`,
        from: `wmMember${who}`.padEnd(32, "0"),
        roomid: "wrTeaRoom",
        msgtime: START + at * 1000,
      };
      const what = isNotice
        ? { action: "recall", msgtype: "revoke", revoke: { pre_msgid: `${ids[index]}` } }
        : { action: "send", msgtype: "text", text: { content: text } };
      return `${JSON.stringify({ ...common, ...what })}\n`;
    });
    return lines.join("");
  },
};

export const FORMATS: readonly Format[] = [memotrace, qq, wecom];
