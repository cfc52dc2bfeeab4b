import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { Gb18030 } from "./gb18030.ts";
import { bareUtf16 } from "./utf16.ts";

export type Encoding =
  | "utf-8"
  | "utf-8-bom"
  | "utf-16le"
  | "utf-16be"
  | "gb18030"
  | "windows-1252"
  | "shift_jis";

export const CHUNK = 4 << 20;
/** Bytes of a chunk that tell its encoding; a character cut at their end counts as a bad one. */
const SAMPLE = 1 << 16;

interface Detected {
  name: Encoding;
  transcode: boolean;
  /** No byte beyond ASCII speaks for UTF-8: a format that is written in something else decides. */
  isOpen: boolean;
  /** Of the same bytes: the file is read once for both. */
  sha256: string;
}

/** BOM, or zeros that only UTF-16 has there, then strict UTF-8 over the whole file, then GB18030. Never latin-1: that is silent mojibake. */
export async function detect(path: string): Promise<Detected> {
  const hash = createHash("sha256");
  let bad = 0;
  let total = 0;
  const found = (encoding: Encoding, transcode: boolean): Detected => ({
    name: encoding,
    transcode,
    isOpen: encoding === "gb18030" || (bad > 0 && bad === total),
    sha256: hash.digest("hex"),
  });
  let utf16: Encoding | undefined;
  let first = true;
  let bom = false;
  // One buffer for all pieces: a stream's new one for each took as long as the hash.
  const bytes = Buffer.alloc(CHUNK + 3);
  /** Bytes at the front that wait for the rest of their character. */
  let held = 0;
  const file = await open(path);
  try {
    for (;;) {
      const { bytesRead } = await file.read(bytes, held, CHUNK, null);
      if (bytesRead === 0) break;
      hash.update(bytes.subarray(held, held + bytesRead));
      if (utf16) continue;
      const piece = bytes.subarray(0, held + bytesRead);
      if (first) {
        first = false;
        if (piece[0] === 0xff && piece[1] === 0xfe) utf16 = "utf-16le";
        if (piece[0] === 0xfe && piece[1] === 0xff) utf16 = "utf-16be";
        utf16 ??= bareUtf16(piece.subarray(0, SAMPLE));
        if (utf16) continue;
        bom = piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf;
      }
      const whole = piece.length - partialTail(piece);
      const chunk = piece.subarray(0, whole);
      if (!isUtf8(chunk)) {
        // The share of bad bytes needs no more than the beginning of each chunk; a few alone are counted to the last.
        const sampled = beyondAscii(chunk.subarray(0, SAMPLE).toString("utf8"));
        const seen = sampled.bad > 3 ? sampled : beyondAscii(chunk.toString("utf8"));
        bad += seen.bad;
        total += seen.total;
      }
      held = piece.length - whole;
      bytes.copyWithin(0, whole, piece.length);
    }
  } finally {
    await file.close();
  }
  if (utf16) return found(utf16, true);
  if (held > 0) bad++;
  const name = bom ? "utf-8-bom" : "utf-8";
  if (bad === 0) return found(name, false);
  // A few cut sequences (a truncated file, an exporter that cuts at n bytes) do not make it another encoding.
  const stray = bad <= 2 || bad * 50 < total;
  return found(stray ? name : "gb18030", true);
}

/** How many bytes at the end belong to a UTF-8 sequence that goes on in the next chunk. */
function partialTail(chunk: Buffer): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** Characters that are not ASCII, and those of them that stand for bytes without a meaning. */
function beyondAscii(text: string): { bad: number; total: number } {
  let bad = 0;
  let total = 0;
  // A list of the finds would be as long as a file in another encoding.
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    total++;
    if (code === 0xfffd) bad++;
  }
  return { bad, total };
}

/** A copy in UTF-8. @returns how many bytes could not be read. */
export async function transcode(from: string, to: string, encoding: Encoding): Promise<number> {
  const decoder = encoding === "gb18030" ? new Gb18030() : new TextWay(encoding);
  const [source, target] = [await open(from), await open(to, "w", 0o600)];
  try {
    const bytes = Buffer.allocUnsafe(CHUNK);
    for (;;) {
      const { bytesRead } = await source.read(bytes, 0, CHUNK, null);
      if (bytesRead === 0) break;
      await target.writeFile(decoder.write(bytes.subarray(0, bytesRead)));
    }
    await target.writeFile(decoder.end());
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
  return decoder.replaced;
}

class TextWay {
  readonly #decoder: TextDecoder;
  replaced = 0;

  constructor(encoding: Encoding) {
    this.#decoder = new TextDecoder(encoding === "utf-8-bom" ? "utf-8" : encoding);
  }

  write = (chunk: Buffer) => this.#counted(this.#decoder.decode(chunk, { stream: true }));
  end = () => this.#counted(this.#decoder.decode());

  #counted(text: string): Buffer {
    if (text.includes("\uFFFD")) this.replaced += beyondAscii(text).bad;
    return Buffer.from(text);
  }
}
