import type { Notice } from "../../../src/kit/importer.ts";

/*
 * What WeChat writes into a group's log itself, in Chinese. Names stand in “…” or "…"; several are separated by 、.
 * The exporting account is 你 and has no name here.
 */
const Q = '["“「]';
const U = '["”」]';
const NAME = `(?:${Q}(.+?)${U}|你)`;

const RULES: readonly { test: RegExp; event: string; method?: string; subject: number; actor?: number }[] = [
  {
    test: new RegExp(`^${NAME}邀请${Q}(.+)${U}加入了群聊`),
    event: "join",
    method: "invite",
    subject: 2,
    actor: 1,
  },
  {
    test: new RegExp(`^${Q}(.+?)${U}通过扫描${NAME}分享的二维码加入群聊`),
    event: "join",
    method: "qr",
    subject: 1,
    actor: 2,
  },
  {
    test: new RegExp(`^${Q}(.+?)${U}通过${NAME}的邀请加入了?群聊`),
    event: "join",
    method: "invite",
    subject: 1,
    actor: 2,
  },
  { test: new RegExp(`^${Q}(.+?)${U}加入了?群聊`), event: "join", method: "unknown", subject: 1 },
  { test: new RegExp(`^${NAME}将${Q}(.+)${U}移出了?群聊`), event: "kick", subject: 2, actor: 1 },
  { test: new RegExp(`^${Q}(.+?)${U}(?:退出了?群聊|离开了?群聊)`), event: "leave", subject: 1 },
  { test: new RegExp(`^${NAME}\\s*撤回了一条消息`), event: "recall_notice", subject: 1 },
];

const RENAME = new RegExp(`^(?:${NAME})修改群名为${Q}(.+)${U}`);

/** Undefined for what says nothing of members: red packets, pats, 群公告. */
export function wechatNotice(text: string): Notice | undefined {
  const line = text.trim();
  const renamed = RENAME.exec(line);
  if (renamed) return { event: "rename", ...(renamed[2] ? { detail: renamed[2] } : {}) };
  for (const { test, event, method, subject, actor } of RULES) {
    const found = test.exec(line);
    if (!found) continue;
    const names = (found[subject] ?? "").split(new RegExp(`${U}?、${Q}?`)).filter((name) => name !== "");
    const by = actor === undefined ? undefined : found[actor];
    return {
      event,
      subjectNames: names,
      ...(method ? { method } : {}),
      ...(by ? { actorName: by } : {}),
      // The name list is split by its marks only; a name may hold one.
      confidence: names.length > 1 ? 0.7 : 0.9,
    };
  }
  return undefined;
}
