import { changedCharacters, DRESSED, unify } from "./unify.ts";

const HIDDEN = "\\u00ad\\u034f\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff";
const TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ";
/** Characters that people hold down. Others are collapsed too in a text that has another reason to come here. */
const HELD = "哈啊哦噢嗯呜嘿嘻呵呀耶哇嘛吧呢好对行赞棒美香买冲抢顶贵慢差烦催！？。～…";

const SYLLABLE =
  "(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uan|uai|an|en|in|un|ai|ei|ao|ou|ia|ie|iu|ua|uo|ui|ue|er|[aeiouv])";
const LETTERS = `[a-zü'’·\\s${TONES}]`;
const hidden = new RegExp(`[${HIDDEN}]+`, "g");
const tone = new RegExp(`[${TONES}]`, "i");
const toned = new RegExp(`[（(]${LETTERS}*[${TONES}]${LETTERS}*[)）]`, "gi");
const damaged = new RegExp(`([?？\\ufffd])${LETTERS}*[${TONES}]${LETTERS}*[)）]`, "gi");
const bracket = /[（(][a-z]{2}/;
const plain = new RegExp(`(?<=\\p{Script=Han})[（(](?=[a-z]{2})${SYLLABLE}[)）]`, "gu");
const url = /(https?:\/\/[^\s，。）》】]+)/;

/**
 * Text as it is matched: what a reader takes for the same word is the same string. NFKC, full width to half width
 * (punctuation stays), traditional to simplified, no zero-width characters, no pinyin in brackets, no character more
 * than three times in a row; addresses are left alone. A damaged bracket `?zhuān)` leaves its `?`: nothing is guessed.
 */
export function matchText(text: string): string {
  const shown = text.replace(hidden, "");
  if (!shown.includes("://")) return words(shown);
  return shown
    .split(url)
    .map((piece, at) => (at % 2 === 1 ? piece : words(piece)))
    .join("");
}

function words(text: string): string {
  let unified = unify(text);
  if (tone.test(unified)) unified = unified.replace(toned, "").replace(damaged, "$1");
  return bracket.test(unified) ? unified.replace(plain, "") : unified;
}

/** RE2: whether a text can differ from its match text. */
export function needsMatchText(): string {
  const ranges = HIDDEN.replaceAll(/\\u([0-9a-f]{4})/g, "\\x{$1}");
  const runs = [...HELD].map((one) => `${one}{4}`).join("|");
  return `[${ranges}${DRESSED}\\x{300}-\\x{36f}${TONES}${changedCharacters()}]|\\p{Han}[（(][a-z]{2,6}[)）]|[!?.~]{4}|${runs}`;
}
