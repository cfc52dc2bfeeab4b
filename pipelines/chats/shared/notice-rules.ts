import type { MemberEvent, Notice } from "../../../src/kit/importer.ts";

/** One sentence that a program writes into a log. First match wins. */
export interface NoticeRule {
  event: string;
  method?: string;
  /** Groups: `name` one person, `names` and `list` several (parted by 、 and by a comma), `all` several (a comma, `and` before the last), `by` who did it, `to` a new name. */
  test: RegExp;
  /** What stands between the names of `all`, where it is not LISTED. */
  parted?: RegExp;
}

/**
 * Characters of the longest line that is tried as a notice: a hundred invited names. The rules look for a word between two
 * names of any length, which takes the square of the length.
 */
export const LONGEST_NOTICE = 2000;

/**
 * What a notice says by the first rule that fits.
 * Lists of names are cut at each mark, whatever names the file knows: what it knows depends on the span it covers, and
 * two exports of one chat must say the same.
 * @param ids ids of the persons it is about, where the format gives them.
 */
export function applyRules(
  rules: readonly NoticeRule[],
  text: string,
  ids: readonly string[] = [],
): Notice | undefined {
  if (text.length > LONGEST_NOTICE) return undefined;
  for (const { event, method, test, parted = LISTED } of rules) {
    const said = test.exec(text)?.groups;
    if (!said) continue;
    const { name, names, list, all, by, to } = said;
    const parts = [
      ...(name !== undefined && LEFT_OUT.test(name) ? name.split(LISTED) : [name]),
      ...(names === undefined ? [] : marked(names)),
      ...(list?.split(/, (?:and )?/u) ?? []),
      ...(all?.split(parted) ?? []),
    ];
    // Whoever is left out of the list ("and 3 others") is not known, and nobody is called so: how many is kept beside those who are.
    const left = parts.find((one) => one !== undefined && LEFT_OUT.test(one));
    const stated = parts.filter((one) => one !== left);
    const people = stated.flatMap((one) => (one === undefined ? [] : unquoted(one)));
    const subjects = people.filter((one) => one !== "" && !isSelf(one));
    const actor = unquoted(by ?? "");
    const detail = to || left;
    return {
      event,
      ...(method ? { method } : {}),
      ...(actor && !isSelf(actor) ? { actorName: actor } : {}),
      ...(detail ? { detail } : {}),
      // A name that holds a 、 shows as fewer ids than names: the ids are right.
      ...(ids.length > 0 ? { subjects: ids } : {}),
      ...(ids.length === 0 || ids.length === subjects.length ? { subjectNames: subjects } : {}),
      ...(people.some(isSelf) ? { isSelf: true } : {}),
      confidence: ids.length > 0 ? 1 : subjects.length > 1 || left ? 0.7 : 0.9,
    };
  }
  return undefined;
}

/** Names between isolating marks are whole, whatever they hold; others are parted by 、. */
function marked(names: string): string[] {
  const each = [...names.matchAll(/\u2068([^\u2068\u2069]*)\u2069/gu)].map(([, name = ""]) => name);
  return each.length > 0 ? each : names.split("、");
}

/** Between the names of a list, in the languages that put a word before the last one. */
const LISTED = /, (?:(?:and|y|e|und|et) )?| (?:and|y|e|und|et) /u;

/** What stands for the rest of a list, and a list that ends so. */
const LEFT_OUT = /(?:^| and )\d+ others?$/u;

/** The account that made the export has no name in its own log. */
const SELF =
  /^(?:你|您|you|tú|te|saliste|você|du|dich|vous|toi|tu|ti|вы|вас|je|jij|jou|anda|kamu|siz|sizi|bạn|sinä|sinut|회원|את\/ה|אותך|あなた)$/iu;

function isSelf(name: string): boolean {
  return SELF.test(name);
}

/** A name without its quotes, isolating marks, and the blank that WeChat puts before some. */
function unquoted(name: string): string {
  return name
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
    .trim()
    .replace(/^["“„]|["”“]$/gu, "")
    .replace(/^~\s*/u, "")
    .trim();
}

type Place = Pick<MemberEvent, "line" | "group_id" | "group_name" | "sent_at">;

/**
 * A notice of a text log as an event at its place.
 * @param self id of the exporting account, where the user said it.
 * @param idOf the id that a name itself is, such as a phone number; none when absent.
 */
export function eventOf(
  notice: Notice,
  place: Place,
  self: string | undefined,
  idOf: (name: string) => string | null = () => null,
): MemberEvent {
  const { event, subjects, subjectNames = [], actorName, method, detail, confidence = 1 } = notice;
  const ids = subjects ?? subjectNames.map((name) => idOf(name) ?? "");
  const own = notice.isSelf && self !== undefined ? [self] : [];
  const nameAsId = actorName === undefined ? null : idOf(actorName);
  return {
    kind: "event",
    ...place,
    event,
    subjects: [...own, ...ids],
    // What is an id already is no name: a phone number would be shown as one.
    subject_names: [...own.map(() => ""), ...subjectNames.map((name) => (idOf(name) === null ? name : ""))],
    actor_id: notice.actorId ?? nameAsId,
    actor_name: nameAsId === null ? (actorName ?? null) : null,
    method: method ?? null,
    target_id: notice.targetId ?? null,
    detail: detail ?? null,
    confidence,
  };
}
