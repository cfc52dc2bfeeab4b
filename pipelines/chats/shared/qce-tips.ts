import type { MemberEvent, Notice } from "../../../src/kit/importer.ts";
import { at, list, text } from "./json.ts";
import { readNotice } from "./notices.ts";

/*
 * A grey line of QQ with its parts, as QQ Chat Exporter keeps it in originalData. Variants seen:
 * - subElementType 1: a recall; 4: a group change, type 1 = member added, with showType
 * - a tip as JSON (jsonGrayTipElement.jsonStr: items of type qq, nor, url, img) or XML (<gtip><qq/><nor/></gtip>)
 * - persons as u_… in uid, memberUid, uin; the QQ number only as jp in tips
 */
type Told = Pick<
  MemberEvent,
  "event" | "subjects" | "subject_names" | "actor_name" | "method" | "confidence"
>;

/** How someone was added, by showType. 8 = was a member already. */
const METHODS: Readonly<Record<string, string>> = {
  "2": "qr",
  "3": "qr",
  "4": "qr",
  "5": "invite",
  "6": "invite",
  "7": "invite",
};

/** A recall or a member added. Names alone: the u_… ids here are not those of the senders. */
export function structured(data: unknown): Told | undefined {
  const kind = text(at(data, "subElementType"));
  const change = at(data, "groupElement");
  if (kind === "4" && text(at(change, "type")) === "1") {
    const shown = text(at(change, "memberAdd", "showType")) ?? "0";
    if (shown === "8") return undefined;
    return {
      event: "join",
      subjects: [],
      subject_names: names(at(change, "memberNick")),
      actor_name: text(at(change, "adminNick")),
      method: METHODS[shown] ?? null,
      confidence: 0.9,
    };
  }
  const recall = at(data, "revokeElement");
  if (kind !== "1" || recall === undefined) return undefined;
  const [author, operator] = [names(at(recall, "origMsgSenderNick")), text(at(recall, "operatorNick"))];
  // The sentence names them where the parts do not.
  if (author.length === 0 && operator === null) return undefined;
  return {
    event: "recall_notice",
    subjects: [],
    subject_names: author.length > 0 ? author : names(operator),
    actor_name: author[0] === operator ? null : operator,
    confidence: 0.9,
  };
}

function names(value: unknown): string[] {
  const name = text(value);
  return name === null ? [] : [name];
}

interface Part {
  text: string;
  number: string | null;
}

/** What a tip says as a sentence, with the QQ numbers of those whom the sentence is about. */
export function tip(data: unknown): Notice | undefined {
  const parts = partsOf(data);
  const notice = readNotice(parts.map((part) => part.text).join(""));
  if (!notice) return undefined;
  const numbers = new Map(parts.map((part) => [part.text, part.number]));
  const ids = (notice.subjectNames ?? []).map((name) => numbers.get(name) ?? null);
  if (ids.length === 0 || ids.includes(null)) return notice;
  const subjectNames = (notice.subjectNames ?? []).map((name, at) => (name === ids[at] ? "" : name));
  return { ...notice, subjects: ids.flatMap((id) => id ?? []), subjectNames, confidence: 1 };
}

function partsOf(data: unknown): Part[] {
  const json = text(at(data, "jsonGrayTipElement", "jsonStr"));
  if (json !== null) return list(at(parsed(json), "items")).map((item) => part(item));
  const xml = xmlIn(data) ?? "";
  return [...xml.matchAll(/<(qq|nor|url)\b([^<>]*)>/gu)].map(([, type = "", rest = ""]) => {
    const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`, "u").exec(rest)?.[1];
    return part({ type, nm: of("nm"), txt: of("txt"), jp: of("jp") });
  });
}

function part(item: unknown): Part {
  const number = text(at(item, "jp"));
  const isPerson = at(item, "type") === "qq";
  return {
    text: text(at(item, "nm")) ?? text(at(item, "txt")) ?? (isPerson ? number : null) ?? "",
    number: isPerson && number !== null && /^\d{4,}$/.test(number) ? number : null,
  };
}

/** Versions keep the XML under different names. */
function xmlIn(data: unknown, depth = 3): string | undefined {
  if (typeof data === "string") return data.includes("<gtip") ? data : undefined;
  if (typeof data !== "object" || data === null || depth === 0) return undefined;
  return Object.values(data)
    .map((one) => xmlIn(one, depth - 1))
    .find((one) => one !== undefined);
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
