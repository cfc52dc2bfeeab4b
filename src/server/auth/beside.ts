import type { Row } from "../../warehouse/rows.ts";
import { isFew, SMALL } from "./few.ts";

/**
 * Parts that stay hidden where their total is told: those of few people, and beside a single one, or several that are few
 * together, the smallest other: it would be the total less all that is shown. Nothing is hidden where nobody is few.
 */
export function hiddenParts<P>(
  parts: readonly P[],
  count: (part: P) => unknown,
  name: (part: P) => unknown = () => "",
): Set<P> {
  const hidden = new Set(parts.filter((part) => isFew(count(part))));
  if (hidden.size === 0) return hidden;
  const size = (part: P) => Number(count(part));
  const others = parts
    .filter((part) => size(part) >= SMALL)
    .sort((one, two) => size(one) - size(two) || (String(name(one)) < String(name(two)) ? -1 : 1));
  const told = () => [...hidden].reduce((sum, part) => sum + size(part), 0);
  while (others.length > 0 && (hidden.size < 2 || told() < SMALL)) hidden.add(others.shift() as P);
  return hidden;
}

/** Which rows of an answer add up to a total: of which columns, for each value of others; `with` goes where one of them goes. */
export interface Sums {
  of: readonly string[];
  by: readonly string[];
  with: readonly string[];
}

/** The rows with 1 for what must be hidden beside a count of few people: whoever cuts counts of few takes that away too. */
export function markedBeside(rows: readonly Row[], { of, by, with: along }: Sums): Row[] {
  const totals = groupBy(rows, (row) => JSON.stringify(by.map((column) => row[column])));
  const marked = new Map<Row, Row>();
  for (const parts of totals.values())
    for (const column of of)
      for (const row of hiddenParts(
        parts,
        (part) => part[column],
        (part) => JSON.stringify(part),
      ))
        marked.set(row, {
          ...(marked.get(row) ?? row),
          ...Object.fromEntries([column, ...along].map((one) => [one, 1])),
        });
  return rows.map((row) => marked.get(row) ?? row);
}

/** The same of figures by a part: a figure is of as many people as its denominator, else its numerator, says. */
export function figuresBeside(rows: readonly Row[], total: (row: Row) => string | null): Row[] {
  const size = (row: Row) => row["denominator"] ?? row["numerator"];
  const hidden = new Set<Row>();
  const totals = groupBy(rows, total);
  for (const [key, parts] of totals)
    if (key !== null)
      for (const row of hiddenParts(parts, size, (part) => JSON.stringify(part))) hidden.add(row);
  return rows.map((row) =>
    hidden.has(row) ? { ...row, numerator: null, denominator: null, value: null } : row,
  );
}

function groupBy<K>(rows: readonly Row[], key: (row: Row) => K): Map<K, Row[]> {
  const groups = new Map<K, Row[]>();
  for (const row of rows) {
    const of = key(row);
    const known = groups.get(of);
    if (known) known.push(row);
    else groups.set(of, [row]);
  }
  return groups;
}
