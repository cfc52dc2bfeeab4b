import { Database, literal } from "../src/warehouse/database.ts";

const START = "timestamp '2025-11-24 00:00:00'";
const PEOPLE = 300;
const TEXTS = `['早上好', '这个多少钱？', '收到，谢谢', '昨天买的草莓很甜，孩子很喜欢', '求链接 😊', '+1', 'See you at the tea house']`;

async function write(path: string, select: string, options: string): Promise<void> {
  const database = await Database.open(":memory:");
  await database.run(`copy (${select}) to ${literal(path)} (${options})`);
  database.close();
}

const LINES = "format csv, header false, quote '', escape '', delimiter '\u0001'";

/** One group's chat as a decrypted WeCom archive: texts, every 23rd a picture, every 97th a recall. */
export async function writeWecom(path: string, messages: number): Promise<void> {
  await write(
    path,
    `select i || '_' || (1764000000 + i * 10) || '_external' as msgid, if(i % 97 = 0, 'recall', 'send') as action,
       rpad('wmMember' || (hash(i) % ${PEOPLE}), 32, '0') as "from", ['staff1', 'staff2'] as tolist, 'wrTeaRoom' as roomid,
       (1764000000 + i * 10) * 1000 as msgtime, case when i % 97 = 0 then 'revoke' when i % 23 = 0 then 'image' else 'text' end as msgtype,
       if(i % 97 = 0 or i % 23 = 0, null, {content: ${TEXTS}[1 + i % 7] || ' ' || i}) as text,
       if(i % 97 = 0, {pre_msgid: (i - 1) || '_' || (1764000000 + i * 10 - 10) || '_external'}, null) as revoke
     from range(${messages}) as t(i)`,
    "format json",
  );
}

/** A group's chat as WhatsApp on Android writes it: every 40th message of two lines, every 97th record a notice. */
export async function writeWhatsapp(path: string, messages: number, seed: number): Promise<void> {
  await write(
    path,
    `select strftime(${START} + to_seconds(i * 12 + ${seed}), '%d/%m/%Y, %H:%M') || ' - ' || if(i % 97 = 0,
       'Member ' || (hash(i, ${seed}) % ${PEOPLE}) || ' left',
       'Member ' || (hash(i, ${seed}) % ${PEOPLE}) || ': ' || ${TEXTS}[1 + i % 7] || ' ' || i || if(i % 40 = 0, chr(10) || 'second line', ''))
     from range(${messages}) as t(i)`,
    LINES,
  );
}

/** A Telegram export of one group, about as many bytes as asked for, in its own layout of a value per line. */
export async function writeTelegram(path: string, bytes: number): Promise<void> {
  const messages = Math.floor(bytes / 520);
  await write(
    path,
    `select '{' || chr(10) || ' "name": "Tea",' || chr(10) || ' "type": "private_supergroup",' || chr(10) || ' "id": 1700000001,' || chr(10) || ' "messages": [' as line
     union all
     select '  {' || chr(10) || '   "id": ' || i || ',' || chr(10) || '   "type": "message",' || chr(10) || '   "date": "' || strftime(${START} + to_seconds(i * 10), '%Y-%m-%dT%H:%M:%S') || '",'
       || chr(10) || '   "date_unixtime": "' || (1764000000 + i * 10) || '",' || chr(10) || '   "from": "Member ' || (hash(i) % ${PEOPLE}) || '",' || chr(10) || '   "from_id": "user' || (100000 + hash(i) % ${PEOPLE})
       || '",' || chr(10) || '   "text": ["' || ${TEXTS}[1 + i % 7] || ' ' || i || ' ", {"type": "bold", "text": "now"}],' || chr(10) || '   "text_entities": [{"type": "plain", "text": "' || ${TEXTS}[1 + i % 7] || ' ' || i
       || ' '', "}, {"type": "bold", "text": "now"}],' || chr(10) || '   "reactions": [{"type": "emoji", "count": 2, "emoji": "👍"}]' || chr(10) || '  }' || if(i < ${messages} - 1, ',', '')
     from range(${messages}) as t(i)
     union all
     select ' ]' || chr(10) || '}'`,
    LINES,
  );
}
