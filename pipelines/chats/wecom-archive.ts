import { fact, jsonAt, probe } from "../../src/kit/evidence.ts";
import { type JsonShape, tableImporter } from "../../src/kit/importer.ts";
import { at, list } from "./shared/json.ts";

/*
 * WeCom 会话内容存档, decrypted: one JSON object per line, or an array. Variants seen:
 * - roomid "" or absent in 1:1 chats: kept in the lake, in no group
 * - action: send, recall (revoke.pre_msgid), switch (no msgtype, `time` and `user` instead)
 * - msgtime is epoch milliseconds; vendor copies write every number as a string and unused keys as null
 * - a reply is plain text: 这是一条引用/回复消息：\n"原文"\n------\n回复; the official sample has one quote too many
 * - external ids are wm… or wo… and 32 long, bots wb…; every other id is an employee's
 * - there is no join or leave in it: those come from member lists and callbacks
 */
const ENCRYPTED = {
  zh: "是加密的会话存档（GetChatData 的原样输出），请先用私钥解密，再导入解密后的消息",
  en: "is an encrypted archive (GetChatData as it comes): decrypt it with your private key and import the messages",
};

const ENVELOPED = {
  zh: "里的消息还包在接口的返回值里：请只留下 chatdata 里的数组（以 [ 开头、以 ] 结尾），再导入",
  en: "still has its messages inside the interface's answer: keep the array chatdata alone (from [ to ]) and import it",
};

const IN_CELLS = {
  zh: "的消息在表的一列里：请把这一列单独导出，每行一条消息，另存为 .jsonl，再导入",
  en: "has its messages in a column of a table: export that column alone, a message per line, as a .jsonl file and import it",
};

const SHAPE: JsonShape = {
  msgid: "VARCHAR",
  action: "VARCHAR",
  from: "VARCHAR",
  user: "VARCHAR",
  roomid: "VARCHAR",
  msgtime: "VARCHAR",
  time: "VARCHAR",
  msgtype: "VARCHAR",
  text: { content: "VARCHAR" },
  info: { content: "VARCHAR", item: [{ title: "VARCHAR", description: "VARCHAR" }] },
  link: { title: "VARCHAR", description: "VARCHAR" },
  weapp: { title: "VARCHAR", description: "VARCHAR" },
  doc: { title: "VARCHAR" },
  sphfeed: { feed_desc: "VARCHAR" },
  file: { filename: "VARCHAR" },
  location: { title: "VARCHAR" },
  chatrecord: { title: "VARCHAR" },
  todo: { title: "VARCHAR", content: "VARCHAR" },
  collect: { title: "VARCHAR" },
  meeting: { topic: "VARCHAR" },
  redpacket: { wish: "VARCHAR" },
  votetitle: "VARCHAR",
  mixed: { item: [{ type: "VARCHAR", content: "VARCHAR" }] },
  revoke: { pre_msgid: "VARCHAR" },
  agree: { userid: "VARCHAR" },
  disagree: { userid: "VARCHAR" },
};

/** A cell that holds a decrypted message. */
const MESSAGE = /^\{(?=[\s\S]*"msgid")(?=[\s\S]*"action")[\s\S]*\}$/;

const MILLIS = "try_cast(coalesce(m.msgtime, m.time) as bigint)";
const SENDER = 'coalesce(m."from", m.user)';
const MIXED = `list_aggregate(list_transform(list_filter(m.mixed.item, lambda x: x.type = 'text'), lambda x: coalesce(try_cast(x.content as json) ->> '$.content', x.content)), 'string_agg', chr(10))`;

export default tableImporter({
  id: "wecom-archive",
  title: { zh: "企业微信会话内容存档 JSON / JSONL", en: "WeCom message archive JSON / JSONL" },
  kind: "chat",
  matches: (head) => {
    const encrypted = head.text.includes('"encrypt_chat_msg"') && head.text.includes('"encrypt_random_key"');
    if (encrypted) return { ...probe({ encrypt_chat_msg: true }), refusal: ENCRYPTED };
    const [enveloped] = list(jsonAt(head, "chatdata"));
    if (at(enveloped, "action") !== undefined) return { ...probe({ chatdata: true }), refusal: ENVELOPED };
    // One message that holds such a text is no archive: all below the header are.
    const [, ...rows] = head.rows.filter((row) => row.some((one) => one !== ""));
    if (rows.length > 0 && rows.every((row) => row.some((one) => MESSAGE.test(one))))
      return { ...probe({ "msgid + action": true }), refusal: IN_CELLS };
    return probe({
      [fact("每行一个 JSON 对象，或一个数组", "a JSON object per line, or an array")]:
        /^[\s\uFEFF]*[[{]/.test(head.text) && head.json !== undefined,
      msgid: jsonAt(head, "msgid") !== undefined,
      action: jsonAt(head, "action") !== undefined,
      "msgtype / user": jsonAt(head, "msgtype") !== undefined || jsonAt(head, "user") !== undefined,
    });
  },
  reader: { json: SHAPE },
  select: `
    select
        record,
        nullif(m.roomid, '') as group_id,
        m.msgid as message_id,
        if(m.action = 'switch', m.user, m."from") as sender_id,
        case
            when ${SENDER} like 'wm%' and strlen(${SENDER}) = 32 or ${SENDER} like 'wo%' and strlen(${SENDER}) = 32 then null
            when ${SENDER} like 'wb%' and strlen(${SENDER}) >= 12 then 'bot'
            else 'staff'
        end as sender_role,
        if(${MILLIS} between 0 and 253402300799999, make_timestamp(${MILLIS} * 1000), null) at time zone 'UTC' as sent_at,
        case
            when m.action = 'switch' then 'system'
            when m.msgtype in ('revoke', 'agree', 'disagree') then null
            when m.msgtype in ('text', 'markdown') then 'text'
            when m.msgtype = 'mixed' then if(${MIXED} is null, 'image', 'text')
            when list_contains(['image', 'voice', 'video', 'card', 'location', 'file', 'link'], m.msgtype) then m.msgtype
            when m.msgtype = 'emotion' then 'sticker'
            when m.msgtype = 'weapp' then 'miniapp'
            when m.msgtype = 'sphfeed' then 'channels'
            when m.msgtype in ('news', 'docmsg') then 'link'
            when m.msgtype in ('redpacket', 'external_redpacket') then 'red_packet'
            when m.msgtype = 'vote' then 'poll'
            when m.msgtype = 'collect' then 'form'
            when m.msgtype = 'chatrecord' then 'forward'
            when m.msgtype in ('meeting', 'meeting_voice_call', 'voiptext') then 'call'
            when m.msgtype = 'voip_doc_share' then 'file'
            else 'unknown'
        end as type,
        case m.msgtype
            when 'text' then trim(if(m.text.content like '这是一条引用%', regexp_replace(m.text.content, '^这是一条引用/回复消息[：:][\\s\\S]*?\\n-{3,}\\n', ''), m.text.content), chr(10))
            when 'markdown' then m.info.content
            when 'news' then list_aggregate(list_transform(m.info.item, lambda x: x.title), 'string_agg', chr(10))
            when 'link' then concat_ws(chr(10), m.link.title, m.link.description)
            when 'weapp' then concat_ws(chr(10), m.weapp.title, m.weapp.description)
            when 'docmsg' then m.doc.title
            when 'sphfeed' then m.sphfeed.feed_desc
            when 'file' then m.file.filename
            when 'location' then m.location.title
            when 'chatrecord' then m.chatrecord.title
            when 'todo' then concat_ws(chr(10), m.todo.title, m.todo.content)
            when 'collect' then m.collect.title
            when 'meeting' then m.meeting.topic
            when 'redpacket' then m.redpacket.wish
            when 'external_redpacket' then m.redpacket.wish
            when 'vote' then m.votetitle
            when 'mixed' then ${MIXED}
        end as text,
        if(contains(m.text.content, '@所有人'), ['*'], null) as mentions,
        case m.msgtype when 'revoke' then 'recall' when 'agree' then 'consent_agree' when 'disagree' then 'consent_disagree' end as event,
        case when m.msgtype in ('revoke', 'agree', 'disagree') then [coalesce(m.agree.userid, m.disagree.userid, m."from")] end as subjects,
        m.revoke.pre_msgid as target_id,
        case when m.msgid is null then 'missing_value' end as issue,
        case when m.msgid is null then 'msgid' end as issue_column
    from source as m`,
});
