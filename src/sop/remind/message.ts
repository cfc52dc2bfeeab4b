import { beside } from "../../kit/beside.ts";
import type { Lang } from "../../kit/say.ts";
import { type DueStep, together } from "../due.ts";

/** A reminder, ready to be sent. */
export interface Reminder {
  /** The step at its moment, whatever its groups: a reminder goes out once. */
  key: string;
  /** UTC. */
  dueAt: string;
  text: string;
}

const MOST_GROUPS = 3;

/**
 * Steps that are still to be done as messages for the staff: when, what, for which groups, with the script to copy.
 * Free of personal data: no owner, no member; what looks like a person in a script is blotted out.
 */
export function reminders(steps: readonly DueStep[], maxBytes: number, lang: Lang): Reminder[] {
  const open = steps.filter(({ status }) => status !== "done" && status !== "late");
  return together(open).map(({ step, groups }) => {
    const names = groups.map(withoutPersons).map(beside);
    const comma = lang === "zh" ? "、" : ", ";
    const where =
      names.length > MOST_GROUPS
        ? `${names.slice(0, MOST_GROUPS).join(comma)} ${lang === "zh" ? `等 ${names.length} 个群` : `and others, ${names.length} groups`}`
        : names.join(comma);
    const head = [
      // The word that robots with a keyword are set up to expect.
      lang === "zh" ? "【复盘提醒】" : "【复盘】",
      [
        step.dueLocalAt.slice(11, 16),
        step.stepId,
        step.roleTitle ?? step.role,
        step.times > 1 ? `×${step.times}` : null,
      ]
        .filter((one) => one !== null)
        .map(withoutPersons)
        .join(" · "),
    ].join("");
    const script = [step.text, step.link].filter((one) => one !== null).map(withoutPersons);
    return {
      key: [step.planId, step.stepId, step.dueLocalAt].join(" "),
      dueAt: step.dueAt,
      text: cut([head, where, ...(script.length > 0 ? ["", ...script] : [])].join("\n"), maxBytes),
    };
  });
}

/** Blots out what looks like a person: phone and card numbers, mail addresses, account ids, names that are called. */
export function withoutPersons(text: string): string {
  return text
    .replace(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g, "＊")
    .replace(
      /@(?!所有人|全体成员|all\b|everyone\b|channel\b|here\b|\{)[^\s@，。！？、,.!?:：]{1,30}/gi,
      "@＊",
    )
    .replace(/wxid_\w+|\b(?:wm|wo|wb)[\w-]{20,}/g, "＊")
    .replace(/(?:\+?\d{1,3}[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)/g, "＊")
    .replace(/(?<!\d)\d{8,}[xX]?(?!\d)/g, "＊");
}

/** At most so many bytes of UTF-8, cut between characters, with a mark that something is missing. */
function cut(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  let kept = "";
  let bytes = Buffer.byteLength("…");
  for (const letter of text) {
    bytes += Buffer.byteLength(letter);
    if (bytes > maxBytes) break;
    kept += letter;
  }
  return `${kept}…`;
}
