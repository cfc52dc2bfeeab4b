import { readdirSync } from "node:fs";
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
    if (entry.isDirectory()) return filesUnder(path, importers);
    return entry.isFile() ? [path] : [];
  });
}
