import { basename, dirname, join } from "node:path";
import type { Call } from "./calls.ts";

/**
 * Where a power cut could lose what was promised: a file that gets its name before its bytes are on the disk, a ledger
 * that lists it before the folder is, a pointer that is turned before all else is. Empty when the order holds.
 * @param calls of one command in their order. @param root the workspace: what lies outside is not looked at.
 */
export function brokenOrder(calls: readonly Call[], root: string): string[] {
  const broken: string[] = [];
  /** Files with bytes that are in memory only. */
  const written = new Set<string>();
  /** Folders with names that are in memory only. */
  const named = new Set<string>();
  for (const { name, path, to } of calls.filter(
    ({ changes, path }) => changes && !path.includes("/.scratch/"),
  )) {
    if (name === "write" || name === "pwrite64" || name === "ftruncate") {
      const isLedger = path === join(root, "state.duckdb.wal");
      const lake = join(root, "lake");
      const early = isLedger ? [...written, ...named].filter((other) => other.startsWith(lake)) : [];
      for (const other of early) broken.push(`listed before it was synced: ${other}`);
      written.add(path);
    } else if (name === "fsync" || name === "fdatasync") {
      written.delete(path);
      named.delete(path);
    } else if ((name === "rename" || name === "link") && to !== undefined) {
      if (written.has(path)) broken.push(`named before it was synced: ${to}`);
      if (basename(to) === "CURRENT" && named.has(dirname(to)))
        broken.push(`pointed to before its folder was synced: ${to}`);
      named.add(dirname(to));
    } else if (name === "mkdir") {
      named.add(dirname(path));
    } else if (name === "unlink" || name === "rmdir") {
      written.delete(path);
    }
  }
  for (const path of [...written, ...named].filter((one) => one.startsWith(root)))
    broken.push(`never synced: ${path}`);
  return broken;
}
