import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const ROOT = new URL("../..", import.meta.url).pathname;

/** Files of the repository that match, tracked or new, by their path from the root. */
export function files(pattern: RegExp): string[] {
  return execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  })
    .split("\n")
    .filter((path) => pattern.test(path) && existsSync(join(ROOT, path)));
}

export const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
