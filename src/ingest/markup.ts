/** What stands in a text of tags, in its order. */
export interface MarkupEvents {
  /** @param tag the whole tag, of a very long one its beginning: attributes are looked for in it. */
  open: (name: string, tag: string) => void;
  close: (name: string) => void;
  text: (text: string) => void;
}

/** Of a tag; a picture that is written into one may have megabytes. */
const LONGEST_TAG = 16 << 10;
/** The name and the marks of an entity. */
const LONGEST_ENTITY = 12;
const MARKS = /[>"']/g;
/** What stands between these tags is no text of the page. */
const UNSEEN = ["script", "style", "title"];
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00A0",
  ensp: " ",
  emsp: " ",
  yen: "¥",
  euro: "€",
  pound: "£",
  middot: "·",
  bull: "•",
  times: "×",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  ldquo: "“",
  rdquo: "”",
  lsquo: "‘",
  rsquo: "’",
  copy: "©",
  reg: "®",
  deg: "°",
};

type Inside =
  /** Text, up to the next tag. */
  | { what: "text" }
  /** A tag: `quote` is the mark that its attribute ends with. */
  | { what: "tag"; tag: string; quote: string }
  /** What nobody sees, up to this text; `isText`: it is seen and holds no tags. */
  | { what: "until"; end: string; isText?: boolean };

/**
 * Splits a text of tags, which comes in pieces, as browsers do: an attribute in quotes may hold any mark, comments and
 * scripts say nothing, a mark that begins no tag is text. What it keeps of a piece is no longer than a tag.
 */
export class Markup {
  #events: MarkupEvents;
  #isXml: boolean;
  #rest = "";
  #inside: Inside = { what: "text" };

  constructor(isXml: boolean, events: MarkupEvents) {
    this.#isXml = isXml;
    this.#events = events;
  }

  write(piece: string): void {
    const text = this.#rest + piece;
    let at = 0;
    for (let next = this.#step(text, at, false); next !== undefined; next = this.#step(text, at, false))
      at = next;
    this.#rest = text.slice(at);
  }

  end(): void {
    for (let at: number | undefined = 0; at !== undefined && at < this.#rest.length; )
      at = this.#step(this.#rest, at, true);
    this.#rest = "";
  }

  /** @returns where the next step begins; undefined where it needs more of the text. */
  #step(text: string, at: number, isLast: boolean): number | undefined {
    if (at >= text.length) return undefined;
    if (this.#inside.what === "tag") return this.#inTag(this.#inside, text, at);
    if (this.#inside.what === "until") return this.#until(this.#inside, text, at, isLast);
    return text[at] === "<" ? this.#begin(text, at, isLast) : this.#text(text, at, isLast);
  }

  #text(text: string, at: number, isLast: boolean): number | undefined {
    const next = text.indexOf("<", at);
    let end = next < 0 ? text.length : next;
    if (next < 0 && !isLast) {
      // An entity may be cut.
      const open = text.lastIndexOf("&");
      if (open >= at && end - open < LONGEST_ENTITY && !text.includes(";", open)) end = open;
    }
    if (end === at) return undefined;
    this.#events.text(decoded(text.slice(at, end)));
    return end;
  }

  #begin(text: string, at: number, isLast: boolean): number | undefined {
    const enough = isLast || text.length - at >= 9;
    if (!enough && !/^<\/?[a-z]/i.test(text.slice(at, at + 3))) return undefined;
    const opening = text.slice(at, at + 9);
    const until = (end: string, length: number, isText = false) => {
      this.#inside = { what: "until", end, isText };
      return at + length;
    };
    if (opening.startsWith("<!--")) return until("-->", 4);
    if (opening === "<![CDATA[") return until("]]>", 9, true);
    if (/^<[!?]/.test(opening)) return until(">", 2);
    if (/^<\/?[a-z]/i.test(opening)) {
      this.#inside = { what: "tag", tag: "", quote: "" };
      return at;
    }
    this.#events.text("<");
    return at + 1;
  }

  #inTag(inside: { tag: string; quote: string }, text: string, from: number): number {
    MARKS.lastIndex = from;
    const found = inside.quote === "" ? (MARKS.exec(text)?.index ?? -1) : text.indexOf(inside.quote, from);
    const end = found < 0 ? text.length : found + 1;
    const room = LONGEST_TAG - inside.tag.length;
    inside.tag += text.slice(from, Math.min(end, from + room));
    if (found < 0) return end;
    if (text[found] === ">" && inside.quote === "") {
      this.#tag(inside.tag);
      return end;
    }
    // A quote opens after an equals sign alone: elsewhere it is a slip. Of a very long tag that is not known any more.
    const isOpening = inside.quote === "" && (end - from > room || /=\s*["']$/.test(inside.tag.slice(-9)));
    inside.quote = isOpening ? (text[found] ?? "") : "";
    return end;
  }

  #tag(tag: string): void {
    this.#inside = { what: "text" };
    const [, slash = "", full = ""] = /^<(\/?)([a-z][^\s/>]*)/i.exec(tag) ?? [];
    const name = full.toLowerCase();
    const own = this.#isXml ? name.slice(name.indexOf(":") + 1) : name;
    if (slash === "") this.#events.open(own, tag);
    if (slash !== "" || (this.#isXml && tag.endsWith("/>"))) this.#events.close(own);
    else if (!this.#isXml && UNSEEN.includes(own)) this.#inside = { what: "until", end: `</${own}` };
  }

  #until(
    { end, isText }: { end: string; isText?: boolean },
    text: string,
    from: number,
    isLast: boolean,
  ): number | undefined {
    const isTag = end.startsWith("</");
    const found = isTag ? indexIgnoringCase(text, end, from) : text.indexOf(end, from);
    const stop = found >= 0 ? found : isLast ? text.length : Math.max(text.length - end.length + 1, from);
    if (isText && stop > from) this.#events.text(text.slice(from, stop));
    if (found < 0) return stop > from ? stop : undefined;
    this.#inside = { what: "text" };
    // The closing tag is read as one.
    return isTag ? found : found + end.length;
  }
}

function indexIgnoringCase(text: string, sought: string, from: number): number {
  for (let at = text.indexOf("</", from); at >= 0; at = text.indexOf("</", at + 2))
    if (text.slice(at, at + sought.length).toLowerCase() === sought) return at;
  return -1;
}

export function decoded(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,8}));/gi,
    (all: string, hex?: string, digits?: string, word?: string) => {
      if (word !== undefined) return ENTITIES[word] ?? ENTITIES[word.toLowerCase()] ?? all;
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
    },
  );
}
