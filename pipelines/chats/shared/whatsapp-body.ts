/** What stands behind the time of a line. */
export interface Said {
  /** Undefined where nobody is named: a notice. */
  author: string | undefined;
  body: string;
  /** The body began with U+200E, which the program writes before its own sentences and before media. */
  isMarked: boolean;
}

const MAX_AUTHOR = 60;

/**
 * Cuts at the first `: `. What stands before it is no author if it is long, or if a quote opens in it and does not
 * close: then the colon is part of a group's name in a notice.
 */
export function saidBy(rest: string): Said {
  const line = rest.replace(/^[\u200e\u200f\u202a-\u202e\u2066-\u2069]+/u, "");
  const cut = /:(?: |$)/u.exec(line)?.index ?? -1;
  const author = line.slice(0, cut);
  const isAuthor = cut > 0 && cut <= MAX_AUTHOR && (author.match(/["“”„]/gu)?.length ?? 0) % 2 === 0;
  if (!isAuthor) return { author: undefined, body: line.trimEnd(), isMarked: line !== rest };
  const said = line.slice(cut + 1).replace(/^ /u, "");
  const body = said.replace(/^[\u200e\u200f]+/u, "");
  return { author: plainName(author), body, isMarked: said !== body };
}

/** A sentence without its marks of direction: they stand around numbers and names, and at its ends. */
export function unmarked(sentence: string): string {
  return sentence.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "").trim();
}

/** Numbers of strangers stand between marks of direction, names of strangers behind a ~. */
function plainName(author: string): string {
  return unmarked(author).replace(/^~\s*/u, "").trim();
}

const DELETED =
  /^(?:This message was deleted|You deleted this message|此消息已删除|您已删除这条消息|这条消息已删除|此訊息已刪除|Se eliminó este mensaje|Eliminaste este mensaje|(?:Esta )?[Mm]ensagem (?:foi )?apagada|Você apagou esta mensagem|Diese Nachricht wurde gelöscht|Du hast diese Nachricht gelöscht|このメッセージは削除されました|このメッセージを削除しました|Ce message a été supprimé|Vous avez supprimé ce message|Questo messaggio è stato eliminato|Hai eliminato questo messaggio|Данное сообщение удалено|Вы удалили данное сообщение|Dit bericht is verwijderd|Je hebt dit bericht verwijderd|Pesan ini telah dihapus|Anda telah menghapus pesan ini|Bu mesaj silindi|Bu mesajı sildiniz|הודעה זו נמחקה|מחקת הודעה זו|تم حذف هذه الرسالة)[.。]?$/u;

const BANNER =
  /end-to-end[ -]encrypt|端到端加密|端對端加密|(?:de )?extremo a extremo|de ponta a ponta|Ende-zu-Ende|de bout en bout|crittografa|エンドツーエンド|сквозн\S{1,4} шифр|end-to-end versleuteld|terenkripsi|uçtan uca|đầu cuối|täysin salat|종단 ?간|מקצה לקצה|بين الطرفين/iu;

/** The sentence on encryption at the head of a chat. */
export function isBanner(body: string): boolean {
  return BANNER.test(body);
}

const OMITTED: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:image omitted|图像已忽略|圖像已忽略|imagen omitida|imagem ocultada|Bild weggelassen|image absente|immagine omessa|afbeelding weggelaten|изображение отсутствует)$/iu,
    "image",
  ],
  [
    /^(?:video omitted|视频已忽略|視訊已略過|Video omitido|vídeo omitido|Video weggelassen|video omesso|video weggelaten|видео отсутствует)$/iu,
    "video",
  ],
  [
    /^(?:audio omitted|音频已忽略|音訊已略過|audio omitido|áudio ocultado|Audio weggelassen|audio omesso|audio weggelaten|аудиофайл отсутствует)$/iu,
    "voice",
  ],
  [
    /^(?:sticker omitted|贴图已忽略|貼圖已略過|sticker omitido|figurinha omitida|Sticker weggelassen|GIF omitted)$/iu,
    "sticker",
  ],
  [/^(?:.* )?(?:document omitted|文档已忽略|documento omitido|Dokument weggelassen)$/iu, "file"],
  [/^(?:Contact card omitted|.+\.vcf \(file attached\))$/iu, "card"],
  [
    /^<(?:Media omitted|媒体已忽略|省略多媒体文件|省略影音内容|已略過多媒體檔案|Multimedia omitido|Arquivo de mídia oculto|Mídia oculta|Medien ausgeschlossen|メディアは含まれていません|メディア非表示|Médias omis|Media omessi|Без медиафайлов|미디어 파일을 제외한 내용만 내보냈습니다|Media weggelaten|Media tidak disertakan|Medya dahil edilmedi|המדיה הושמטה|המדיה לא נכללה|تم استبعاد الوسائط)>$/iu,
    "file",
  ],
  [/^(?:Location|位置): https:\/\/(?:maps\.google|goo\.gl)/iu, "location"],
  [/^(?:POLL|投票):/u, "poll"],
];

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

/** Every sentence above has one of these; one look spares most texts a dozen. */
const HINT =
  /[<>(:]|omit|忽略|略過|ocultad|weggelassen|deleted|删除|刪除|eliminó|apagada|apagou|gelöscht|削除|supprimé|eliminat|eliminaste|удален|удалили|отсутствует|verwijderd|weggelaten|dihapus|menghapus|silindi|sildiniz|absente|omess|נמחקה|מחקת|حذف/iu;

/** The kind of a text: what stands for a medium says so itself. A deleted message keeps its author. */
export function kindOf(text: string): string {
  // Placeholders are short; long texts are what people wrote.
  const end = text.indexOf("\n");
  const body = end < 0 ? text : text.slice(0, end);
  if (body.length > 200 || !HINT.test(body)) return "text";
  if (DELETED.test(body)) return "recall";
  const extension = ATTACHED.exec(body)?.[1]?.toLowerCase();
  if (extension !== undefined) return EXTENSIONS[extension] ?? "file";
  return OMITTED.find(([test]) => test.test(body))?.[1] ?? "text";
}
