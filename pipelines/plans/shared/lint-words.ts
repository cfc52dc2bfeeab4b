import type { LintWords } from "../../../src/kit/lint-words.ts";

/** The words by which the checks of a plan know what they look for. Sources: rows of the operations handbook. */
export const lintWords: LintWords = {
  // S2-02: a time that nobody can be late for.
  vagueTime: /定期|不定期|适时|经常|有空|随时|择机|尽快|regularly|from time to time|when possible/i,
  // S2-02, C-12: nobody can tell whether it was done.
  vagueVerb: /加强|优化一下|做好|抓好|尽量|适当|积极推进|努力|酌情|improve|try to|as needed/i,
  // S4-06: a name that says neither for whom nor what for.
  vagueName:
    /^[\s\p{P}]{0,20}(?:福利|折扣|优惠|特价|内购|秒杀|团购|羊毛|购物|粉丝|交流|VIP|会员)*群?\s{0,9}\d*[\s\p{P}]{0,20}$/iu,
  // D-07: what counts as an ad unit. A draw without a link, a recap and service messages do not.
  adType: /^(?:ad|sale|preview|flash_sale|group_buy|offer|promo)$/,
  adScene: /^(?:promo\.(?:flash|groupbuy|notice)|offer\.|camp\.offer|cal\.fri|intro\.system)/,
  // S4-30, D-13: a number that only orders or stock can prove, written by hand.
  claim:
    /(?:仅剩|只剩|还剩|最后)\s{0,9}\d{1,9}\s{0,9}(?:件|份|个|席|名|套)|已?有?\s{0,9}\d{1,9}\s{0,9}(?:位|人|单)[^，。！]{0,6}(?:已下单|下了单|已报名|已付款|已拼)|\d{1,9}\s{0,9}(?:位|人|单)(?:已|都)(?:下单|报名|付款)/,
  // S4-20: a question that yes or no answers.
  closedQuestion: /(?:了没|好不好|对不对|是不是|有没有|要不要|买不买|去不去|吗)\s*[？?]\s*$/,
  atAll: /@所有人|@全体成员|@all\b|@everyone/i,
  // D-08: staged questions are measured, never planned.
  staged: /托|水军|shill|马甲/i,
  // S0-20: groups of chat only need an assistant's full attention.
  chatOnly: /chat|纯社群|社群|图文/i,
  topic: /^(?:topic|interaction|question)$/,
  live: /^(?:class|live)$/,
  reminder: /^(?:notice|reminder|preview)$/,
};
