import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Importer } from "../kit/importer.ts";

/**
 * Every file below a folder, sorted; hidden ones, editors' backups and spreadsheet locks are left out. A folder that
 * an importer knows as one export stands for its files.
 */
export function filesUnder(folder: string, importers: readonly Importer[]): string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith(".") && !name.startsWith("~$"))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  if (importers.some((importer) => importer.folder?.(names))) return [folder];
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !isUnreadable(path)) return filesUnder(path, importers);
    // Told as one file that can't be read, not left out.
    if (isUnreadable(path)) return [path];
    // A link to a file is a file of the inbox; one to a folder may lead in a circle.
    const isFile =
      entry.isFile() || (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isFile());
    return isFile ? [path] : [];
  });
}

/** Whose name is no UTF-8: what can be said of it leads nowhere. */
function isUnreadable(path: string): boolean {
  return path.includes("\ufffd") && !existsSync(path);
}
