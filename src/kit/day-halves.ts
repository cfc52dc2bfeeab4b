/*
 * Halves of the day as clocks of 12 hours write them: the words of the Unicode locale data (CLDR), short forms, and those
 * that phones of the last years wrote. Chinese parts the day finer; what may be before or after noon (夜里) is left out.
 */
const FORENOON = [
  ...[
    "am",
    "vm",
    "pd",
    "dop",
    "dopoledne",
    "de",
    "fm",
    "fh",
    "rn",
    "ap",
    "priešpiet",
    "priekšp",
    "priekšpusdienā",
  ],
  ...[
    "öö",
    "sa",
    "pg",
    "gh",
    "to",
    "bn",
    "goöň",
    "àárọ̀",
    "πμ",
    "дп",
    "тң",
    "үө",
    "претпл",
    "пре подне",
    "ԿԱ",
  ],
  ...[
    "ص",
    "صباحًا",
    "صباحا",
    "قظ",
    "صبح",
    "پن",
    "بن",
    "לפנהצ",
    "बजे पूर्वाह्न",
    "पूर्वाह्न",
    "मपू",
    "পূর্বাহ্ণ",
    "পূৰ্বাহ্ন",
    "ਪੂਦੁ",
  ],
  ...["முற்பகல்", "පෙව", "ก่อนเที่ยง", "ກ່ອນທ່ຽງ", "နံနက်", "ព្រឹក", "ጥዋት", "오전", "午前"],
  ...["上午", "凌晨", "清晨", "早上", "早晨"],
];
const AFTERNOON = [
  ...[
    "pm",
    "nm",
    "md",
    "odp",
    "odpoledne",
    "pop",
    "du",
    "em",
    "eh",
    "in",
    "ip",
    "popiet",
    "pēcp",
    "pēcpusdienā",
  ],
  ...["ös", "ch", "ptg", "gd", "tk", "pn", "gosoň", "ọ̀sán", "μμ", "пп", "тк", "үх", "попл", "по подне", "ԿՀ"],
  ...["م", "مساءً", "مساء", "بظ", "شام", "دن", "אחהצ", "अपराह्न", "मउ", "অপরাহ্ণ", "অপৰাহ্ন", "ਬਾਦੁ"],
  ...["பிற்பகல்", "පව", "หลังเที่ยง", "ຫຼັງທ່ຽງ", "ညနေ", "ល្ងាច", "ከሰዓት", "오후", "午後"],
  ...["下午", "傍晚", "晚上"],
];
const NOON = "中午";

export type DayHalf = "forenoon" | "afternoon" | "noon";

const HALVES: ReadonlyMap<string, DayHalf> = new Map<string, DayHalf>([
  ...FORENOON.map((word) => [bareWord(word), "forenoon"] as const),
  ...AFTERNOON.map((word) => [bareWord(word), "afternoon"] as const),
  [NOON, "noon"],
]);

/** `a. m.`, `A.M.` and `am` are one word; Hebrew marks its abbreviations with quotes. */
export function bareWord(word: string): string {
  return word.toLowerCase().replace(/[\s.'"’”׳״\u200B-\u200F\u202A-\u202E\u2066-\u2069]/gu, "");
}

/** The half of the day that a word stands for; undefined for every other word. */
export function dayHalf(word: string): DayHalf | undefined {
  return HALVES.get(bareWord(word));
}
