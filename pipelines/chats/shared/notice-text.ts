/*
 * Raw forms of a WeChat notice:
 * - `123@chatroom:\n<sysmsg …>`: the text in <plain> or <replacemsg>, the wxids of those it is about in <memberlist>
 * - a recall says with <newmsgid> which message it was, by the server's id
 * - `<revokemsg>…</revokemsg>`, `<img …/>`, links that undo or edit (撤销, 重新编辑), `$revoke$`
 * - emoji of old clients as <span class="emoji emoji1f338"></span>
 */
export function noticeText(raw: string): { text: string; ids: string[]; targetId?: string } {
  const xml = raw.replace(/^\S+:\r?\n(?=\s*<)/u, "");
  const told = inside(xml, "plain") ?? inside(xml, "replacemsg");
  const ids = told === undefined ? [] : [...xml.matchAll(/<username>(?:<!\[CDATA\[)?([^\]<]+)/gu)];
  // 0 and nothing stand for none; a short number is one that the database gives itself, and another message has it elsewhere.
  const target = xml.includes("<revokemsg>") ? /<newmsgid>\s*([1-9]\d{11,})/u.exec(xml)?.[1] : undefined;
  return {
    text: plain(told ?? xml),
    ids: ids.map(([, id = ""]) => id.trim()),
    ...(target === undefined ? {} : { targetId: target }),
  };
}

function inside(xml: string, tag: string): string | undefined {
  return new RegExp(`<${tag}>\\s*(?:<!\\[CDATA\\[)?([\\s\\S]*?)(?:\\]\\]>)?\\s*</${tag}>`, "u").exec(
    xml,
  )?.[1];
}

function plain(text: string): string {
  return text
    .replace(/<span class="emoji emoji([0-9a-f]{4,5})"><\/span>/gu, (_span, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
    .replace(/<a href="weixin:\/\/revoke[^>]*>.*?<\/a>/gsu, "")
    .replace(/<!\[CDATA\[|\]\]>|<\/?(?:img|revokemsg|_wc_custom_link_|a)\b[^>]*>/gu, "")
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
    .replace(/\$revoke\$|\s(?:撤销|重新编辑)\s*$/gu, "")
    .trim()
    .replace(/[。.]$/u, "");
}
