import { bareWord, dayHalf } from "../../../src/kit/day-halves.ts";
import { UserError } from "../../../src/kit/errors.ts";

/*
 * Words beside the clock of a log. What is no half of the day and not known to mean nothing is asked: a half that is
 * passed over puts a message twelve hours off, and nothing would show it.
 */

/** Letters beside a clock, with the dots and blanks of an abbreviation. */
export const WORD = "\\p{L}[^\\d\\[\\]<>:\\n\\t]{0,15}?";

/** "At", "o'clock" and what stands behind a year, in the languages of phones. */
const AT = [
  ...[
    "at",
    "om",
    "um",
    "um ca",
    "kl",
    "klo",
    "kell",
    "à",
    "a las",
    "a la",
    "a les",
    "às",
    "as",
    "alle",
    "alle ore",
    "ore",
  ],
  ...[
    "la",
    "ora",
    "la ora",
    "u",
    "ob",
    "o",
    "v",
    "ve",
    "në",
    "ag",
    "nang",
    "pukul",
    "pkl",
    "jam",
    "pada",
    "lúc",
    "saat",
    "sagat",
  ],
  ...[
    "plkst",
    "d",
    "ee",
    "ní",
    "στις",
    "в",
    "у",
    "о",
    "г",
    "г в",
    "г у",
    "г во",
    "г о",
    "р",
    "р о",
    "ж",
    "թ",
    "эгтэй",
  ],
  ...[
    "في",
    "الساعة",
    "ساعت",
    "په",
    "کو",
    "בשעה",
    "ב",
    "को",
    "रोजी",
    "எ",
    "அன்று",
    "เวลา",
    "දින",
    "ರಂದು",
    "এ",
    "នៅម៉ោង",
    "时",
    "時",
  ],
];
const OCLOCK = ["uhr", "h", "hs", "hrs", "uur", "ч", "น", "बजे", "वाजता", "ಸಮಯಕ್ಕೆ", "ଠାରେ"];
const HARMLESS = new Set([...AT, ...OCLOCK].map(bareWord));

/** What a word beside a clock says: the half of the day, nothing ("" is no word at all), or undefined for an unknown one. */
export function clockWord(word: string): { half: string | undefined } | undefined {
  if (word === "" || HARMLESS.has(bareWord(word.replace(/,\s*$/u, "")))) return { half: undefined };
  if (dayHalf(word)) return { half: word };
  // "klo ip.": at, then the half.
  const [, at = "", half = ""] = /^(\S+)\s(.+)$/u.exec(word) ?? [];
  return HARMLESS.has(bareWord(at)) && dayHalf(half) ? { half } : undefined;
}

/** @throws UserError naming the line and the word, and the ways out. */
export function askWord(word: string, line: number, name: string): never {
  throw new UserError(
    {
      zh: `${name} 第 ${line} 行的时间旁边有“${word}”：不知道它是上午、下午，还是有人写的字`,
      en: `${name}, line ${line}: "${word}" stands beside the time, and may be a half of the day or what somebody wrote`,
    },
    {
      hint: {
        zh: "如果它是上午或下午：请把手机设为 24 小时制后重新导出。如果这一行是群友写的字：在行首加一个空格，再导入。",
        en: "If it is a half of the day, set the phone to a clock of 24 hours and export again. If somebody wrote the line, put a blank before it and import again.",
      },
    },
  );
}

/** @throws UserError naming a line whose clock has no half of the day while others have. What stands there may be a name: it is not said. */
export function askHalf(line: number, name: string): never {
  throw new UserError(
    {
      zh: `${name} 第 ${line} 行的时间没有上午或下午，别的行有`,
      en: `${name}, line ${line}: no half of the day stands beside the time, as it does in other lines`,
    },
    {
      hint: {
        zh: "请把电脑或手机设为 24 小时制后重新导出，或在这一行补上，再导入。",
        en: "Set the computer or the phone to a clock of 24 hours and export again, or write it into that line and import again.",
      },
    },
  );
}
