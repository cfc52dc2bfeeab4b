import phrases from "opencc-js/dict/TSPhrases";
import { Converter } from "opencc-js/t2cn";

/** Full-width punctuation and the mention's U+2005: Chinese is written with them, so nearly every message has some. */
const KEPT = "，！？：；（）～…\u2005";
const PLAIN = 0;
const PHRASE = 1;
const SLOW = 2;

/** Characters beyond the BMP that NFKC changes: letters in fancy dress. */
export const DRESSED = "\\x{1d400}-\\x{1d7ff}\\x{1f100}-\\x{1f1ff}\\x{1f200}-\\x{1f251}\\x{2f800}-\\x{2fa1f}";

interface Tables {
  /** What each UTF-16 unit becomes. */
  to: Uint16Array;
  /** PLAIN, or what else a unit needs: its phrase (乾坤 is not 干坤), or NFKC as a string. */
  care: Uint8Array;
  convert: (text: string) => string;
  /** Characters that do not stay as they are. */
  changed: string;
}

/** A longer text goes to the library at once. */
const buffer = new Uint16Array(4096);

let tables: Tables | undefined;

/**
 * Made by asking the converter about every character once (0.1 s). A text of plain characters is then mapped unit by
 * unit, ten times as fast as by the library.
 */
function load(): Tables {
  const convert = Converter({ from: "t", to: "cn" });
  const to = Uint16Array.from({ length: 65536 }, (_, unit) => unit);
  const care = new Uint8Array(65536);
  const changed: string[] = [];
  const units = Array.from({ length: 65536 - 0x80 }, (_, at) => at + 0x80).filter(
    (unit) => unit < 0xd800 || unit > 0xdfff,
  );
  // One call for all of them: the line ends between keep a character from being read as part of a phrase.
  const all = (of: (unit: number) => string) => convert(units.map(of).join("\n")).split("\n");
  const simplified = all((unit) => String.fromCharCode(unit));
  const normalized = all((unit) => String.fromCharCode(unit).normalize("NFKC"));
  for (const [at, unit] of units.entries()) {
    const one = String.fromCharCode(unit);
    const unified = normalized[at] ?? one;
    if (KEPT.includes(one) || (unified === one && simplified[at] === one)) continue;
    changed.push(one);
    if (unified.length === 1) to[unit] = unified.charCodeAt(0);
    else care[unit] = SLOW;
  }
  for (const pair of phrases.split("|")) {
    const [from = "", into = ""] = pair.split(" ");
    for (const [at, one] of [...from].entries()) {
      const unit = one.charCodeAt(0);
      if (String.fromCharCode(to[unit] ?? 0) !== [...into][at] && care[unit] === PLAIN) care[unit] = PHRASE;
    }
  }
  for (let unit = 0x300; unit < 0x370; unit++) care[unit] = SLOW;
  for (let unit = 0xd800; unit < 0xdc00; unit++) care[unit] = SLOW;
  return { to, care, convert, changed: changed.join("") };
}

/** NFKC (but for what is kept), traditional to simplified, no unit more than three times in a row (digits may be). */
export function unify(text: string): string {
  tables ??= load();
  const { to, care, convert } = tables;
  if (text.length <= buffer.length) {
    let length = 0;
    let last = 0;
    let held = 0;
    let needs = PLAIN;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      needs |= care[unit] ?? PLAIN;
      const made = to[unit] ?? unit;
      held = made === last && !isFree(made) ? held + 1 : 0;
      last = made;
      if (held < 3) buffer[length++] = made;
    }
    if (needs === PLAIN) return String.fromCharCode(...buffer.subarray(0, length));
  }
  const unified = text.replace(/[^，！？：；（）～…\u2005]+/g, (run) => run.normalize("NFKC"));
  return convert(unified).replace(/([^\d\s])\1{3,}/gu, "$1$1$1");
}

/** Digits, blanks and halves of emoji are not held down. */
function isFree(unit: number): boolean {
  return unit <= 0x20 || (unit >= 0x30 && unit <= 0x39) || (unit >= 0xd800 && unit <= 0xdfff);
}

/** Characters of the BMP that `unify` changes wherever they stand. */
export function changedCharacters(): string {
  tables ??= load();
  return tables.changed;
}
