import { fact, jsonAt, probe } from "../../src/kit/evidence.ts";
import { documentImporter, issue } from "../../src/kit/importer.ts";
import { parseJson } from "../../src/kit/json.ts";
import { at, text } from "../chats/shared/json.ts";

/*
 * PyWxDump users.json beside the chat files: an object from wxid to nickname, remark, account. The remark is the
 * exporting account's own name for the person and wins.
 */
export default documentImporter({
  id: "pywxdump-users",
  title: { zh: "微信联系人 users.json（PyWxDump）", en: "WeChat contacts users.json (PyWxDump)" },
  kind: "contact",
  matches: (head) => {
    const [first] = Object.values((head.json ?? {}) as Record<string, unknown>);
    const isObject = typeof head.json === "object" && head.json !== null && !Array.isArray(head.json);
    return probe({
      "wxid → { nickname, remark }":
        isObject && at(first, "nickname") !== undefined && at(first, "remark") !== undefined,
      [fact("没有 messages", "no messages")]: jsonAt(head, "messages") === undefined,
    });
  },
  *read(content) {
    let users: Record<string, unknown>;
    try {
      users = parseJson(content) as Record<string, unknown>;
    } catch {
      yield issue(1, "bad_json", content.slice(0, 2000));
      return;
    }
    for (const [wxid, user] of Object.entries(users)) {
      const name = text(at(user, "remark")) ?? text(at(user, "nickname"));
      yield { kind: "row", line: 1, values: { person_id: wxid, name, platform: "wechat" } };
    }
  },
});
