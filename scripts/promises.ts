// What docs/reliability.md and docs/handbook-cases.md list: promises with the tests that hold them.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

interface Written {
  promise: string;
  /** Titles by file under test/. */
  tests?: Readonly<Record<string, readonly string[]>>;
  /** What no test covers. */
  open?: string;
}

export interface Promised {
  id: string;
  promise: string;
  tests: { file: string; titles: readonly string[] }[];
  open: string | undefined;
}

/**
 * In the order of their numbers.
 * @param file under test/.
 * @throws when a test that is named does not exist.
 */
export function promises(root: string, file = "reliability.yaml"): Promised[] {
  const all = parse(readFileSync(join(root, "test", file), "utf8")) as Record<string, Written>;
  const number = ({ id }: Promised) => Number(id.replace(/^\D+/, ""));
  return Object.entries(all)
    .map(([id, one]) => checked(root, id, one))
    .sort((a, b) => number(a) - number(b));
}

export function checked(root: string, id: string, { promise, tests = {}, open }: Written): Promised {
  const list = Object.entries(tests).map(([file, titles]) => ({ file, titles }));
  if (list.length === 0 && open === undefined)
    throw new Error(`${id} has neither a test nor a word on what is open`);
  for (const { file, titles } of list) {
    const path = join(root, "test", file);
    const source = existsSync(path) ? readFileSync(path, "utf8") : "";
    const gone = titles.filter(
      (title) => !['"', "`", "'"].some((quote) => source.includes(quote + title + quote)),
    );
    if (gone.length > 0) throw new Error(`${id}: test/${file} has no test called ${gone.join("; ")}`);
  }
  return { id, promise, tests: list, open };
}
