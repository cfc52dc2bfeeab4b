/*
 * What JSON allows (y), forbids (n) and leaves open (i), as raw text in the place of one value. Written by us after
 * RFC 8259, in the manner of the well-known suites.
 */
const bigNumber = `1${"0".repeat(400)}`;
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

/** Valid: the record goes in. */
export const ALLOWED: Readonly<Record<string, string>> = {
  "an empty string": '""',
  "every short escape": '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
  "an escaped NUL": '"a\\u0000b"',
  "a pair of surrogates": '"\\ud83d\\ude00"',
  "upper-case digits of an escape": '"\\u00E9"',
  "a line separator": '"a\u2028b\u2029c"',
  "a BOM within": '"a\uFEFFb"',
  DEL: '"\u007f"',
  "a zero below nothing": "-0",
  "an exponent": "1E+2",
  "a tiny exponent": "1e-9",
  "a fraction": "0.1e1",
  "an id beyond 2^53": "11101571002822706744",
  true: "true",
  null: "null",
  "an empty list": "[]",
  "an empty object": "{}",
  "an empty key": '{"":0}',
  "the same key twice": '{"a":1,"a":2}',
  "the key __proto__": '{"__proto__":{"polluted":1}}',
  "the key constructor": '{"constructor":{"prototype":{"polluted":1}}}',
  "a dozen levels": nested(12),
  "blanks around": ' \t[ 1 , "a" ] ',
};

/** Valid, and too much for some: taken in or told, never fatal. */
export const OPEN: Readonly<Record<string, string>> = {
  "half a pair of surrogates": '"\\ud800"',
  "a pair the wrong way round": '"\\ude00\\ud83d"',
  "a number beyond any double": "1e400",
  "an id of 400 digits": bigNumber,
  "a fraction of 400 digits": `0.${bigNumber}`,
  "ten thousand levels": nested(10_000),
  "ten thousand objects": `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`,
  "a key of 64 KiB": `{"${"k".repeat(65_536)}":1}`,
};

/** No JSON: the record is refused with its line, the others go in. */
export const FORBIDDEN: Readonly<Record<string, string>> = {
  "single quotes": "'a'",
  "no quotes": "abc",
  "an upper-case word": "True",
  "a plus sign": "+1",
  "a leading zero": "012",
  "a lone minus": "-",
  "no digit before the point": ".5",
  "no digit behind the point": "1.",
  "an empty exponent": "1e",
  "a hexadecimal number": "0x1F",
  "two numbers": "1 2",
  "an unknown escape": '"\\x41"',
  "half an escape": '"\\u12"',
  "a tab as it is": '"a\tb"',
  "a missing comma": '["a" "b"]',
  "a comma too many": '["a",,"b"]',
  "a comma first": "[,1]",
  "a colon in a list": '["a":1]',
  "a missing colon": '{"a" 1}',
  "a number for a key": "{1:1}",
  "a comment": '"a" /* b */',
  "a bracket too many": "1]",
  "the wrong bracket": '["a"}',
  "a full-width quote": "“a”",
};

/** No JSON either; DuckDB's own reader lets them pass, which harms nothing: they are cells like others. */
export const LET_PASS: Readonly<Record<string, string>> = {
  NaN: "NaN",
  Infinity: "-Infinity",
  "a comma at the end": "[1,]",
};
