import { afterEach, beforeEach, expect, it } from "vitest";
import type { UserError } from "../../src/kit/errors.ts";
import { Community } from "../support/community.ts";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const MESSAGE = {
  msgid: "1_1794790800_external",
  action: "send",
  from: "LinDian",
  roomid: "wrTeaRoom0000000000000000000001",
  msgtime: 1794790800000,
  msgtype: "text",
  text: { content: "早上好" },
};
const cell = (value: object) => `"${JSON.stringify(value).replaceAll('"', '""')}"`;

// Chat logs that can't be read as they are: the refusal says what to do.
it.each([
  [
    "the archive as the interface gives it",
    "archive.json",
    JSON.stringify({ errcode: 0, chatdata: [{ seq: 1, encrypt_random_key: "x", encrypt_chat_msg: "x" }] }),
    ["先用私钥解密", "decrypt it with your private key"],
  ],
  [
    "decrypted messages inside the interface's answer",
    "archive.json",
    JSON.stringify({ errcode: 0, errmsg: "ok", chatdata: [MESSAGE] }),
    ["只留下 chatdata 里的数组", "keep the array chatdata alone"],
  ],
  [
    "decrypted messages in a column of a table",
    "archive.csv",
    `seq,msgid,decrypted\n1,${MESSAGE.msgid},${cell(MESSAGE)}\n`,
    ["另存为 .jsonl", "a .jsonl file"],
  ],
  [
    "a training set of MemoTrace",
    "花友会.json",
    JSON.stringify([{ conversations: [{ role: "user", content: "早" }] }]),
    ["请在导出工具里选 CSV", "choose CSV in the exporter"],
  ],
])("%s", async (_what, name, content, [zh = "", en = ""]) => {
  const error = await community.import(name, content).then(
    () => undefined,
    (thrown: UserError) => thrown,
  );
  expect(error?.text.zh).toContain(zh);
  expect(error?.text.en).toContain(en);
  // What somebody wrote is in no message.
  expect(JSON.stringify(error?.text)).not.toContain("早");
});
