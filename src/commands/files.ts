import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { HIDDEN } from "../ingest/archive.ts";
import type { Importer } from "../kit/importer.ts";

/**
 * Every file below a folder, sorted; hidden ones, what systems keep beside (Thumbs.db) and spreadsheet locks are left out. A
 * folder that an importer knows as one export stands for its files.
 * @param seen folders that are being read: a link may lead back to one.
 */
export function filesUnder(
  folder: string,
  importers: readonly Importer[],
  seen: Set<string> = new Set(),
): string[] {
  const real = realpathSync(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !HIDDEN.test(entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  if (importers.some((importer) => importer.folder?.(names))) return [folder];
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    // Told as one file that can't be read, not left out.
    if (isUnreadable(path)) return [path];
    // What a link leads to is in the inbox.
    const what = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : entry;
    if (what?.isDirectory()) return filesUnder(path, importers, seen);
    return what?.isFile() ? [path] : [];
  });
}

/** Whose name is no UTF-8: what can be said of it leads nowhere. */
function isUnreadable(path: string): boolean {
  return path.includes("\ufffd") && !existsSync(path);
}
