import type { Notice } from "../../../src/kit/importer.ts";

interface Person {
  id: string;
  name: string;
}

/** A sentence with a mark in each gap, and who stands in it. */
export interface Template {
  text: string;
  people: ReadonlyMap<string, readonly Person[]>;
}

/** Marks are characters that no name holds: whoever is called "…邀请" does not end the sentence. */
const FIRST_MARK = 0xf0000;

/*
 * `<sysmsg type="sysmsgtemplate">`, a notice of WeChat as its database holds it: `"$username$"邀请"$names$"加入了群聊`, and for
 * each gap a `<link name="names">` with its members. An id may be empty; a gap without members ($revoke$) is a button.
 */
export function templateIn(xml: string): Template | undefined {
  if (!xml.includes("<sysmsgtemplate>")) return undefined;
  const sentence = cell(xml, "template");
  const people = new Map<string, readonly Person[]>();
  const marks = new Map<string, string>();
  for (const link of xml.split(/<link\s/u).slice(1)) {
    const gap = /^[^>]*\bname="([^"]*)"/u.exec(link)?.[1];
    const members = link.split("<member>").slice(1);
    const persons = members.map((one) => ({ id: cell(one, "username"), name: cell(one, "nickname") }));
    const known = persons.filter(({ id, name }) => id !== "" || name !== "");
    if (gap === undefined || known.length === 0) continue;
    const mark = String.fromCodePoint(FIRST_MARK + people.size);
    marks.set(gap, mark);
    people.set(mark, known);
  }
  return { text: sentence.replace(/\$(\w+)\$/gu, (_gap, name: string) => marks.get(name) ?? ""), people };
}

/** What was read of the sentence, with the persons in place of their marks. */
export function filled(notice: Notice, people: Template["people"]): Notice {
  const { actorName, subjectNames = [], ...rest } = notice;
  const subjects = subjectNames.flatMap((one) => people.get(one) ?? [{ id: "", name: one }]);
  const [actor] = people.get(actorName ?? "") ?? [];
  const by = actor ?? { id: "", name: actorName ?? "" };
  const isKnown = subjects.length === 0 ? by.id !== "" : subjects.some(({ id }) => id !== "");
  return {
    ...rest,
    ...(by.name === "" ? {} : { actorName: by.name }),
    ...(by.id === "" ? {} : { actorId: by.id }),
    ...(isKnown ? { subjects: subjects.map(({ id }) => id), confidence: 1 } : {}),
    subjectNames: subjects.map(({ name }) => name),
  };
}

function cell(member: string, tag: string): string {
  const start = member.indexOf(`<${tag}>`);
  const end = member.indexOf(`</${tag}>`, start);
  if (start < 0 || end < 0) return "";
  const inside = member.slice(start + tag.length + 2, end).trim();
  return inside.replace(/^<!\[CDATA\[|\]\]>$/gu, "").trim();
}
