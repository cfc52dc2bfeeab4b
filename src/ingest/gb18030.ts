const LEAD = 0x81;
const LF = 0x0a;
/** Second bytes of a pair: 0x40 to 0xFE. */
const PAIRS = 0xbf;
const REPLACED = 0xfffd;
const MAX_LINE = 8 << 20;

/** UTF-8 (three bytes, or two with a zero in front) of each pair of bytes; 0 where the pair alone means nothing. */
let known: Uint32Array | undefined;

/** Made by the platform's own decoder, which says what each pair means. */
function pairs(): Uint32Array {
  if (known) return known;
  known = new Uint32Array(0x7e * PAIRS);
  const decoder = new TextDecoder("gb18030");
  for (let lead = LEAD; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const text = trail === 0x7f ? "" : decoder.decode(Uint8Array.of(lead, trail));
      const code = text.codePointAt(0) ?? REPLACED;
      const isOne = text.length === 1 && code !== REPLACED && code >= 0x80;
      if (!isOne) continue;
      const [a = 0, b = 0, c = 0] = Buffer.from(text);
      known[(lead - LEAD) * PAIRS + trail - 0x40] = c === 0 ? (a << 8) | b : (a << 16) | (b << 8) | c;
    }
  }
  return known;
}

/** Behind the last line end; in an endless line behind a mark that is never part of a character. */
function endOfWhole(bytes: Buffer): number {
  const end = bytes.lastIndexOf(LF) + 1;
  if (end > 0 || bytes.length < MAX_LINE) return end;
  for (let at = bytes.length; at > 0; at--) if ((bytes[at - 1] ?? 0) < 0x30) return at;
  return bytes.length;
}

/**
 * GB18030 as UTF-8 without a text in between, which costs a third of what a decoder costs that makes one. Lines with
 * anything but ASCII and pairs go through the platform's own decoder: no line end is part of a character.
 */
export class Gb18030 {
  readonly #pairs = pairs();
  /** What came and was not given yet stands in front. */
  #came: Buffer = Buffer.alloc(0);
  #held = 0;
  #out: Buffer = Buffer.alloc(0);
  /** Bytes that mean nothing and became U+FFFD. */
  replaced = 0;

  /** The whole lines of what came so far, until the next call. New memory for each piece took a third of the time. */
  write(chunk: Buffer): Buffer {
    const length = this.#held + chunk.length;
    if (length > this.#came.length)
      this.#came = Buffer.concat([this.#came.subarray(0, this.#held)], 2 * length);
    chunk.copy(this.#came, this.#held);
    const end = endOfWhole(this.#came.subarray(0, length));
    const out = this.#decode(this.#came.subarray(0, end));
    this.#came.copyWithin(0, end, length);
    this.#held = length - end;
    return out;
  }

  /** What stands behind the last line end. */
  end(): Buffer {
    return this.#decode(this.#came.subarray(0, this.#held));
  }

  #decode(bytes: Buffer): Buffer {
    // A pair becomes three bytes at most; a line of other sequences is measured before it is written.
    const most = Math.ceil(bytes.length * 1.5) + 3;
    if (this.#out.length < most) this.#out = Buffer.allocUnsafe(most);
    let out = this.#out;
    const table = this.#pairs;
    let to = 0;
    let line = 0;
    let start = 0;
    for (let at = 0; at < bytes.length; ) {
      const byte = bytes[at] as number;
      if (byte < 0x80) {
        out[to++] = byte;
        at++;
        if (byte !== LF) continue;
        line = at;
        start = to;
        continue;
      }
      const trail = bytes[at + 1] as number;
      const code =
        byte >= LEAD && trail >= 0x40 && trail < 0xff
          ? (table[(byte - LEAD) * PAIRS + trail - 0x40] ?? 0)
          : 0;
      if (code > 0xffff) {
        out[to++] = code >> 16;
        out[to++] = code >> 8;
        out[to++] = code;
        at += 2;
      } else if (code > 0) {
        out[to++] = code >> 8;
        out[to++] = code;
        at += 2;
      } else {
        const found = bytes.indexOf(LF, at);
        const end = found < 0 ? bytes.length : found + 1;
        const whole = this.#slowly(bytes.subarray(line, end));
        const left = Math.ceil((bytes.length - end) * 1.5) + 3;
        if (start + whole.length + left > out.length) {
          out = Buffer.concat([out.subarray(0, start)], start + whole.length + left);
          this.#out = out;
        }
        whole.copy(out, start);
        to = start + whole.length;
        start = to;
        at = end;
        line = end;
      }
    }
    return out.subarray(0, to);
  }

  #slowly(line: Buffer): Buffer {
    const text = new TextDecoder("gb18030", { ignoreBOM: true }).decode(line);
    for (const one of text) if (one.charCodeAt(0) === REPLACED) this.replaced++;
    return Buffer.from(text);
  }
}
