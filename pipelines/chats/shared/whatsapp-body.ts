/** What stands behind the time of a line. */
export interface Said {
  /** Undefined where nobody is named: a notice. */
  author: string | undefined;
  body: string;
  /** The body began with U+200E, which the program writes before its own sentences and before media. */
  isMarked: boolean;
}

const MAX_AUTHOR = 60;

/** Different beginnings of lines that are kept: more would be lines of text. */
const MAX_AUTHORS = 10_000;

/**
 * Reads what stands behind the heads of a log. Cuts at the first `: `. What stands before it is no author if it is long,
 * or if a quote opens in it and does not close: then the colon is part of a group's name in a notice.
 */
export function saidIn(): (rest: string) => Said {
  // Few persons say all: what one is called is worked out once.
  const authors = new Map<string, string | undefined>();
  const authorOf = (raw: string): string | undefined => {
    if (!authors.has(raw)) {
      if (authors.size === MAX_AUTHORS) authors.clear();
      const isOne = raw !== "" && (raw.match(/["“”„]/gu)?.length ?? 0) % 2 === 0;
      authors.set(raw, isOne ? plainName(raw) : undefined);
    }
    return authors.get(raw);
  };
  return (rest) => {
    const line = isMark(rest) ? rest.replace(/^[\u200e\u200f\u202a-\u202e\u2066-\u2069]+/u, "") : rest;
    const cut = colonIn(line);
    const author = cut > MAX_AUTHOR ? undefined : authorOf(line.slice(0, Math.max(cut, 0)));
    if (author === undefined) return { author, body: line.trimEnd(), isMarked: line !== rest };
    const said = line.slice(cut + (line.charAt(cut + 1) === " " ? 2 : 1));
    const body = isMark(said) ? said.replace(/^[\u200e\u200f]+/u, "") : said;
    return { author, body, isMarked: said !== body };
  };
}

/** The first colon with a blank or nothing behind it, as far as an author reaches. */
function colonIn(line: string): number {
  let at = line.indexOf(":");
  while (at >= 0 && at <= MAX_AUTHOR && at + 1 < line.length && line.charAt(at + 1) !== " ")
    at = line.indexOf(":", at + 1);
  return at;
}

function isMark(line: string): boolean {
  const first = line.charCodeAt(0);
  return first >= 0x200e && first <= 0x2069;
}

/** A sentence without its marks of direction: they stand around numbers and names, and at its ends. */
export function unmarked(sentence: string): string {
  return sentence.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "").trim();
}

/** Numbers of strangers stand between marks of direction, names of strangers behind a ~. */
function plainName(author: string): string {
  return unmarked(author).replace(/^~\s*/u, "").trim();
}

/** A deleted message keeps its author; some versions end the sentence with a full stop. */
const DELETED: ReadonlySet<string> = new Set(
  "This message was deleted|You deleted this message|此消息已删除|您已删除这条消息|你已删除这条消息|您删除了这条消息|你删除了这条消息|这条消息已删除|此訊息已刪除|此訊息已被刪除|這則訊息已刪除|您已刪除此訊息|你已刪除此訊息|您刪除了此訊息|你刪除了此訊息|Se eliminó este mensaje|Eliminaste este mensaje|Esta mensagem foi apagada|Esta mensagem apagada|Mensagem foi apagada|Mensagem apagada|mensagem apagada|Você apagou esta mensagem|Diese Nachricht wurde gelöscht|Du hast diese Nachricht gelöscht|Diese Nachricht wurde von einem Admin gelöscht|You deleted this message as admin|このメッセージは削除されました|このメッセージを削除しました|Ce message a été supprimé|Vous avez supprimé ce message|Questo messaggio è stato eliminato|Hai eliminato questo messaggio|Данное сообщение удалено|Вы удалили данное сообщение|Dit bericht is verwijderd|Je hebt dit bericht verwijderd|Pesan ini telah dihapus|Anda telah menghapus pesan ini|Bu mesaj silindi|Bu mesajı sildiniz|הודעה זו נמחקה|מחקת הודעה זו|تم حذف هذه الرسالة".split(
    "|",
  ),
);

const DELETED_BY_ADMIN = /^This message was deleted by (?:an )?admin\b/u;

/** <View once voice message omitted>, <Video note omitted>, video note omitted: what was left out stands in it. */
const LEFT_OUT =
  /^(?:<[^<>\n]{1,40} (?:omitted|weggelassen)>|video note omitted|videonachricht weggelassen|kontaktkarte weggelassen)$/u;
const IN_IT: readonly (readonly [RegExp, string])[] = [
  [/video/u, "video"],
  [/voice|audio/u, "voice"],
  [/image|photo|bild/u, "image"],
  [/sticker|gif/u, "sticker"],
  [/contact|kontakt/u, "card"],
];

const BANNER =
  /end-to-end[ -]encrypt|端到端加密|端對端加密|(?:de )?extremo a extremo|de ponta a ponta|Ende-zu-Ende|de bout en bout|crittografa|エンドツーエンド|сквозн\S{1,4} шифр|end-to-end versleuteld|terenkripsi|uçtan uca|đầu cuối|täysin salat|종단 ?간|מקצה לקצה|بين الطرفين/iu;

/** The sentence on encryption at the head of a chat. */
export function isBanner(body: string): boolean {
  return BANNER.test(body);
}

/** What stands for a medium that was not exported, in small letters. */
const OMITTED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    image:
      "image omitted|图像已忽略|圖像已忽略|imagen omitida|imagem ocultada|bild weggelassen|image absente|immagine omessa|afbeelding weggelaten|изображение отсутствует",
    video:
      "video omitted|视频已忽略|視訊已略過|video omitido|vídeo omitido|video weggelassen|video omesso|video weggelaten|видео отсутствует",
    voice:
      "audio omitted|音频已忽略|音訊已略過|audio omitido|áudio ocultado|audio weggelassen|audio omesso|audio weggelaten|аудиофайл отсутствует",
    sticker:
      "sticker omitted|贴图已忽略|貼圖已略過|sticker omitido|figurinha omitida|sticker weggelassen|gif omitted",
    card: "contact card omitted",
    file: "<media omitted>|<媒体已忽略>|<省略多媒体文件>|<省略影音内容>|<已略過多媒體檔案>|<multimedia omitido>|<arquivo de mídia oculto>|<mídia oculta>|<medien ausgeschlossen>|<メディアは含まれていません>|<メディア非表示>|<médias omis>|<media omessi>|<без медиафайлов>|<미디어 파일을 제외한 내용만 내보냈습니다>|<media weggelaten>|<media tidak disertakan>|<medya dahil edilmedi>|<המדיה הושמטה>|<המדיה לא נכללה>|<تم استبعاد الوسائط>",
  }).flatMap(([kind, sentences]) => sentences.split("|").map((sentence) => [sentence, kind] as const)),
);

/** Behind the file's name. */
const DOCUMENTS = ["document omitted", "文档已忽略", "documento omitido", "dokument weggelassen"];
const LOCATION =
  /^(?:Location|位置|位置情報|ubicación|localização|standort|localisation|position|posizione)(?:: ?|：)https:\/\/(?:maps\.google|goo\.gl|maps\.app)/iu;
const POLL = /^(?:POLL|投票):|^(?:投票|アンケート|ENCUESTA|ENQUETE|UMFRAGE|SONDAGE|SONDAGGIO)[:：]$/u;
/** Taiwan's and Hong Kong's app words it in more ways than are known. */
const CHINESE_OMITTED = /^<[^<>]{0,6}(?:略|隐藏|隱藏)[^<>]{0,10}>$/u;
const CALL =
  /^(?:Missed |Silenced )?(?:voice|video|group|group voice|group video) call\b|^(?:未接)?(?:群组|群組)?(?:语音|視訊|語音|视频|視像)通[话話]/iu;

/** The sentence that stands for a call, in a body that the program marked as its own. */
export function isCall(body: string): boolean {
  return CALL.test(body);
}

const ATTACHED =
  /^(?:<attached: |<已附加：|<附件：|<liite: |<adjunto: |<anexado: |<allegato: |<bijgevoegd: )?[^<>\n]*\.([a-z0-9]{2,4})(?:>| \((?:file attached|文件附件|附件|archivo adjunto|arquivo anexado|Datei angehängt|file allegato|fichier joint|bestand bijgevoegd)\))/iu;

const EXTENSIONS: Readonly<Record<string, string>> = {
  jpg: "image",
  jpeg: "image",
  png: "image",
  webp: "sticker",
  gif: "sticker",
  mp4: "video",
  mov: "video",
  opus: "voice",
  m4a: "voice",
  mp3: "voice",
  aac: "voice",
  vcf: "card",
};

/** All that has a name in it has one of these. */
const HINT = /[<>(:：]/;

/** The kind of a text: what stands for a medium says so itself. */
export function kindOf(text: string): string {
  // Placeholders are short; long texts are what people wrote.
  const end = text.indexOf("\n");
  const body = end < 0 ? text : text.slice(0, end);
  if (body.length > 200) return "text";
  if (HINT.test(body)) {
    const extension = ATTACHED.exec(body)?.[1]?.toLowerCase();
    if (extension !== undefined) return EXTENSIONS[extension] ?? "file";
    if (LOCATION.test(body)) return "location";
    if (POLL.test(body)) return "poll";
    if (CHINESE_OMITTED.test(body)) return "file";
  }
  if (DELETED.has(body.endsWith(".") || body.endsWith("。") ? body.slice(0, -1) : body)) return "recall";
  const said = body.toLowerCase();
  if (DELETED_BY_ADMIN.test(body)) return "recall";
  if (LEFT_OUT.test(said) && !OMITTED.has(said))
    return IN_IT.find(([word]) => word.test(said))?.[1] ?? "file";
  return OMITTED.get(said) ?? (DOCUMENTS.some((sentence) => said.endsWith(sentence)) ? "file" : "text");
}

/** Someone who is not in the phone's address book is shown by number. */
export function phoneOf(name: string): string | null {
  return name.startsWith("+") && /^\+[\d\s()\u2011-]{7,}$/u.test(name) ? name.replace(/[^\d+]/gu, "") : null;
}
