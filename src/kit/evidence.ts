import type { Evidence, Head } from "./importer.ts";
import { same, type Text } from "./say.ts";

const BOTH = "\u001f";

/** An observation in words; names that stand in the file are facts as they are. */
export function fact(zh: string, en: string): string {
  return `${zh}${BOTH}${en}`;
}

/** What a fact of an Evidence says. */
export function factText(one: string): Text {
  const [zh, en] = one.split(BOTH);
  return zh !== undefined && en !== undefined ? { zh, en } : same(one);
}

/** Header names are compared trimmed, case-folded, without blanks, `_`, `-`, and with half-width brackets. */
export function canonicalHeader(name: string): string {
  return name
    .normalize("NFKC")
    .replace(/^\uFEFF/, "")
    .replace(/[\s_\-'"]/g, "")
    .toLowerCase();
}

/** Rows in which a header is looked for: above that of a bill stand up to two dozen lines of whose it is and what it sums up to. */
const HEADER_WITHIN = 30;

/**
 * Which of the wanted columns one of the first rows has; the row with the most is taken for the header. Of a header over
 * two rows, whose cells are merged but for some that stand under the name of a group, the second has all names.
 */
export function hasColumns(head: Head, wanted: readonly (string | readonly string[])[]): Evidence {
  let best: Evidence = { found: [], missing: wanted.map((names) => title(names)) };
  head.rows.slice(0, HEADER_WITHIN).forEach((row, headerRow) => {
    const names = new Set(row.map(canonicalHeader));
    const has = (one: string) => names.has(canonicalHeader(one));
    const found = wanted.filter((names) => list(names).some(has));
    const isSecond =
      found.length > 0 && found.length === best.found.length && headerRow - 1 === best.headerRow;
    if (found.length <= best.found.length && !isSecond) return;
    best = {
      found: found.map(title),
      missing: wanted.filter((names) => !list(names).some(has)).map(title),
      headerRow,
    };
  });
  return best;
}

/** The same of a table of our own, which may also come as JSON objects under the names of its columns. */
export function hasOwnColumns(head: Head, wanted: readonly (string | readonly string[])[]): Evidence {
  return hasColumns(head.keys.length > 0 ? { ...head, rows: [head.keys] } : head, wanted);
}

/**
 * A header of one program's exports: all these names as it writes them, in one of the first rows. People put a title above
 * it, add columns and move them.
 * @param optional names that it also writes, which nothing hangs on.
 */
export function exportHeader(
  { rows }: Head,
  names: readonly string[],
  optional: readonly string[] = [],
): Evidence {
  const needed = names.filter((name) => !optional.includes(name));
  const all = rows.slice(0, HEADER_WITHIN).map((row, headerRow) => {
    const has = (name: string) => row.includes(name);
    return { found: names.filter(has), missing: needed.filter((name) => !has(name)), headerRow };
  });
  const none: Evidence = { found: [], missing: needed, headerRow: 0 };
  return all.reduce<Evidence>((best, one) => (one.missing.length < best.missing.length ? one : best), none);
}

/** Named observations: `probe({ "users.json": …, [fact("没有 meta", "no meta")]: … })`. */
export function probe(facts: Readonly<Record<string, boolean>>): Evidence {
  const names = Object.keys(facts);
  return { found: names.filter((name) => facts[name]), missing: names.filter((name) => !facts[name]) };
}

/** The value under a path of keys of the file's first JSON value, undefined where there is none. */
export function jsonAt(head: Head, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    head.json,
  );
}

function list(names: string | readonly string[]): readonly string[] {
  return typeof names === "string" ? [names] : names;
}

function title(names: string | readonly string[]): string {
  return list(names).join(" / ");
}
