import { dirname, join } from "node:path";
import { type Collection, openCollection } from "../ingest/collection.ts";
import { UserError } from "../kit/errors.ts";
import type { Importer } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";

/** Files to be imported, where those of archives that hold several lie unpacked. */
export interface Unpacked {
  paths: string[];
  failed: { path: string; error: UserError }[];
  /** The path as it was given, with that in the archive behind the archive's. */
  shownOf: (path: string) => string;
  /** `archive.zip/folder/name` of what came out of one. */
  within: (path: string) => string | undefined;
  /** What is told with the first file of an archive. */
  notesOf: (path: string) => readonly Text[];
  dispose: () => void;
}

/** Every file as it is, or its files where it is an archive of several exports. */
export async function unpackAll(
  files: readonly string[],
  scratch: string,
  importers: readonly Importer[],
): Promise<Unpacked> {
  const inner = new Map<string, { name: string; shown: string; notes: readonly Text[] }>();
  const opened: Collection[] = [];
  const dispose = () => {
    for (const one of opened) one.dispose();
  };
  const made: Unpacked = {
    paths: [],
    failed: [],
    shownOf: (path) => inner.get(path)?.shown ?? path,
    within: (path) => inner.get(path)?.name,
    notesOf: (path) => inner.get(path)?.notes ?? [],
    dispose,
  };
  try {
    for (const file of files) {
      const collection = await collectionOf(file, scratch, importers);
      if (!collection) {
        made.paths.push(file);
        continue;
      }
      opened.push(collection);
      let { notes } = collection;
      for (const { name, made: one } of collection.files) {
        const shown = join(dirname(file), name);
        if ("error" in one) made.failed.push({ path: shown, error: one.error });
        else {
          made.paths.push(one.path);
          inner.set(one.path, { name, shown, notes });
          notes = [];
        }
      }
    }
    return made;
  } catch (error) {
    dispose();
    throw error;
  }
}

/** An archive that can't be opened is one file, whose import says why. */
async function collectionOf(file: string, scratch: string, importers: readonly Importer[]) {
  try {
    return await openCollection(file, scratch, importers);
  } catch (error) {
    if (error instanceof UserError || (error as NodeJS.ErrnoException).path === file) return undefined;
    throw error;
  }
}
