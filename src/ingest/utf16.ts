/** Pairs of ASCII letters and marks that tell the order of bytes. */
const ENOUGH = 8;
/** They must be so many times those of the other order: 一 (U+4E00) looks like an N from the other side. */
const CLEARLY = 8;

/**
 * UTF-16 without a mark at its beginning, as some exporters and databases write it: every line end, digit and comma is a
 * byte and a zero. Told only where the bytes are text in one order and not in the other.
 * @param bytes the beginning of the file.
 */
export function bareUtf16(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if (!bytes.includes(0)) return undefined;
  const found = { "utf-16le": 0, "utf-16be": 0 };
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
    if (first === 0 && second === 0) return undefined;
    if (second === 0 && isText(first)) found["utf-16le"]++;
    if (first === 0 && isText(second)) found["utf-16be"]++;
  }
  const [one, other] = found["utf-16le"] >= found["utf-16be"] ? ORDERS : REVERSED;
  if (found[one] < ENOUGH || found[one] < CLEARLY * found[other]) return undefined;
  const text = decoded(bytes, one);
  // A program's bytes hold what no text does: controls, characters that are none.
  return text !== undefined && /[\r\n]/.test(text) && !NO_TEXT.test(text) ? one : undefined;
}

const ORDERS = ["utf-16le", "utf-16be"] as const;
const REVERSED = ["utf-16be", "utf-16le"] as const;
const NO_TEXT = /[\p{Cn}\p{Co}]|(?![\t\r\n])\p{Cc}/u;

const isText = (byte: number) =>
  (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;

/** Undefined where half of a pair stands alone; the piece may end amid one. */
function decoded(bytes: Uint8Array, order: "utf-16le" | "utf-16be"): string | undefined {
  try {
    return new TextDecoder(order, { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return undefined;
  }
}
