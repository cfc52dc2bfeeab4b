import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import { parseJson } from "../kit/json.ts";

const CHUNK = 1 << 20;
/** One message is never that large; without a limit a broken quote would collect the whole file. */
const MAX_ITEM = 64 << 20;
/** No export nests that deep; each value is found by the path to it. */
const MAX_DEPTH = 500;

type Key = string | number;

/** A value of a large document, as text, with its place. */
export interface RawItem {
  path: readonly Key[];
  /** Undefined where the document ends inside the value, or goes on with something that is no JSON. */
  text: string | undefined;
  /** From 1. */
  line: number;
  /** It is longer than any message: nothing of it is kept, and what comes behind it is read. */
  isLong?: boolean;
}

/** `messages.*` matches the path messages, 7. */
export function matcher(patterns: readonly string[]): (path: readonly Key[]) => boolean {
  const split = patterns.map((pattern) => pattern.split("."));
  return (path) =>
    split.some(
      (keys) =>
        keys.length === path.length &&
        keys.every((key, at) => (key === "*" ? typeof path[at] === "number" : key === path[at])),
    );
}

interface Level {
  isArray: boolean;
  key: Key;
}

/**
 * Walks a JSON document of any size in constant memory. Values under a path that `isItem` accepts are yielded as
 * text, one by one; all other scalars go to `rest`. A cut or broken document ends with one item without text.
 */
export class JsonWalk {
  readonly #file: number;
  readonly #decoder = new StringDecoder("utf8");
  readonly #bytes: Buffer;
  readonly #levels: Level[] = [];
  #buffer = "";
  #at = 0;
  #line = 1;
  #ended = false as boolean;

  /** @param chunk bytes to read at a time. */
  constructor(path: string, chunk = CHUNK) {
    this.#file = openSync(path, "r");
    this.#bytes = Buffer.alloc(chunk);
  }

  *items(
    isItem: (path: readonly Key[]) => boolean,
    rest: (path: readonly Key[], text: string) => void,
  ): Generator<RawItem> {
    try {
      for (let token = this.#peek(); token !== undefined; token = this.#peek()) {
        const level = this.#levels.at(-1);
        if (token === "}" || token === "]") {
          this.#at++;
          this.#levels.pop();
          this.#next();
          continue;
        }
        if (token === ",") {
          this.#at++;
          continue;
        }
        if (level && !level.isArray) {
          const key = token === '"' ? this.#value() : undefined;
          if (key === undefined || this.#peek() !== ":") return yield this.#broken();
          this.#at++;
          level.key = JSON.parse(key) as string;
          if (this.#peek() === undefined) break;
        }
        const path = this.#levels.map(({ key }) => key);
        const line = this.#line;
        const start = this.#peek();
        if (isItem(path)) {
          const text = this.#value();
          yield { path, text, line };
          if (text === undefined) return;
          this.#next();
        } else if (start === "{" || start === "[") {
          if (this.#levels.length === MAX_DEPTH) return yield this.#broken();
          this.#at++;
          this.#levels.push({ isArray: start === "[", key: start === "[" ? 0 : "" });
        } else {
          const text = this.#value();
          if (text === undefined) return yield this.#broken();
          rest(path, text);
          this.#next();
        }
      }
      if (this.#levels.length > 0) yield this.#broken();
    } finally {
      closeSync(this.#file);
    }
  }

  #broken(): RawItem {
    return { path: this.#levels.map(({ key }) => key), text: undefined, line: this.#line };
  }

  /** After a value: the next one of an array has the next number. */
  #next(): void {
    const level = this.#levels.at(-1);
    if (level?.isArray) level.key = Number(level.key) + 1;
  }

  #fill(): boolean {
    if (this.#ended) return false;
    const read = readSync(this.#file, this.#bytes, 0, this.#bytes.length, null);
    this.#ended = read === 0;
    const more = this.#ended ? this.#decoder.end() : this.#decoder.write(this.#bytes.subarray(0, read));
    this.#buffer = this.#buffer.slice(this.#at) + more;
    this.#at = 0;
    return more !== "" || !this.#ended;
  }

  /** The next character that is no blank; lines are counted here and in strings. */
  #peek(): string | undefined {
    for (;;) {
      while (this.#at < this.#buffer.length) {
        const char = this.#buffer[this.#at] ?? "";
        if (char === "\n") this.#line++;
        else if (char !== " " && char !== "\t" && char !== "\r" && char !== "\uFEFF") return char;
        this.#at++;
      }
      if (!this.#fill()) return undefined;
    }
  }

  /** The text of the value that begins here; undefined where the file ends in it. */
  #value(): string | undefined {
    const end = this.#endOfValue();
    if (end === undefined) return undefined;
    const text = this.#buffer.slice(this.#at, end);
    for (let from = text.indexOf("\n"); from >= 0; from = text.indexOf("\n", from + 1)) this.#line++;
    this.#at = end;
    return text;
  }

  #endOfValue(): number | undefined {
    let depth = 0;
    let from = 0;
    const mark = /["{}[\],\s:]/g;
    for (;;) {
      mark.lastIndex = this.#at + from;
      const found = mark.exec(this.#buffer);
      if (!found) {
        from = this.#buffer.length - this.#at;
        // A number at the very end of the document has no mark behind it.
        if (from > MAX_ITEM || !this.#fill()) return depth === 0 && from > 0 ? this.#at + from : undefined;
        continue;
      }
      const [char] = found;
      const at = found.index;
      if (char === '"') {
        const close = this.#endOfString(at);
        if (close === undefined) return undefined;
        // Filling moves the buffer: places count from the value's start.
        from = close - this.#at;
        if (depth === 0) return close;
        continue;
      }
      if (char === "{" || char === "[") depth++;
      else if (char === "}" || char === "]") {
        if (depth === 0) return at;
        if (--depth === 0) return at + 1;
      } else if (depth === 0 && at > this.#at) return at;
      from = at + 1 - this.#at;
    }
  }

  /** @returns the place behind the closing quote of the string that begins at `open`. */
  #endOfString(open: number): number | undefined {
    const begin = open - this.#at;
    let from = begin + 1;
    for (;;) {
      const close = this.#buffer.indexOf('"', this.#at + from);
      if (close < 0) {
        from = Math.max(begin + 1, this.#buffer.length - this.#at);
        if (from - begin > MAX_ITEM || !this.#fill()) return undefined;
        continue;
      }
      let slashes = 0;
      while (this.#buffer[close - 1 - slashes] === "\\") slashes++;
      if (slashes % 2 === 0) return close + 1;
      from = close + 1 - this.#at;
    }
  }
}

/** All that is no item, as one object: names, ids and lists that stand beside the messages, before or after them. */
export function restOf(path: string, isItem: (path: readonly Key[]) => boolean, chunk?: number): unknown {
  const root: { value: unknown } = { value: undefined };
  const walk = new JsonWalk(path, chunk);
  for (const _ of walk.items(isItem, (keys, text) => put(root, ["value", ...keys], parsed(text)))) {
    // Items are read in the second pass.
  }
  return root.value;
}

function put(root: object, keys: readonly Key[], value: unknown): void {
  let here = root as Record<Key, unknown>;
  keys.forEach((key, at) => {
    const last = at === keys.length - 1;
    // Own keys only, and not by assignment: a key called __proto__ is a key.
    const known = Object.hasOwn(here, key) ? here[key] : undefined;
    const next = last ? value : (known ?? (typeof keys[at + 1] === "number" ? [] : {}));
    Object.defineProperty(here, key, { value: next, enumerable: true, writable: true, configurable: true });
    here = next as Record<Key, unknown>;
  });
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The lines of a JSON lines file, each a value; blank lines and lines that begin with # are none. */
export function* jsonLines(path: string, chunk = CHUNK): Generator<RawItem> {
  let at = 0;
  for (const { text: raw, line, isLong } of physicalLines(path, chunk)) {
    const text = raw.replace(/^\uFEFF/, "").trim();
    if (isLong) yield { path: [at++], text: undefined, line, isLong };
    else if (text !== "" && !text.startsWith("#")) yield { path: [at++], text, line };
  }
}

/** In pieces that are joined where the line ends: adding them up would copy a long line once for each. */
function* physicalLines(
  path: string,
  chunk: number,
): Generator<{ text: string; line: number; isLong: boolean }> {
  const file = openSync(path, "r");
  const decoder = new StringDecoder("utf8");
  const bytes = Buffer.alloc(chunk);
  let pieces: string[] = [];
  let length = 0;
  let line = 0;
  const add = (piece: string) => {
    length += piece.length;
    if (length > MAX_ITEM) pieces = [];
    else pieces.push(piece);
  };
  const ended = () => {
    const made = { text: pieces.join(""), line: ++line, isLong: length > MAX_ITEM };
    pieces = [];
    length = 0;
    return made;
  };
  try {
    for (let read = -1; read !== 0; ) {
      read = readSync(file, bytes, 0, chunk, null);
      const text = read === 0 ? decoder.end() : decoder.write(bytes.subarray(0, read));
      const lines = text.split("\n");
      const last = lines.pop() ?? "";
      for (const piece of lines) {
        add(piece);
        yield ended();
      }
      add(last);
    }
    if (length > 0) yield ended();
  } finally {
    closeSync(file);
  }
}
