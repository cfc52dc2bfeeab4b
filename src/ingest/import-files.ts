import { diskError } from "../kit/disk.ts";
import { UserError } from "../kit/errors.ts";
import type { Importer } from "../kit/importer.ts";
import { pathError } from "../kit/paths.ts";
import { type FileResult, finishFile, type ImportOptions, type ReadFile, readFile } from "./import-file.ts";
import type { ImportSession } from "./session.ts";

/** A file that could not be used, or what became of it. */
export type Imported = { path: string; result: FileResult } | { path: string; error: UserError };

/**
 * Imports files in their order. While the engine finishes one on its own threads, JavaScript reads the next: two logs
 * keep two cores busy.
 */
export async function* importFiles(
  paths: readonly string[],
  importers: readonly Importer[],
  session: ImportSession,
  options: ImportOptions,
): AsyncGenerator<Imported> {
  const begin = (path: string) =>
    readFile(path, importers, session, options).then(
      (read) => ({ path, read }),
      (error: unknown) => ({ path, error }),
    );
  type Begun = { path: string; read: ReadFile } | { path: string; error: unknown };
  const [first, ...others] = paths;
  let ahead: Promise<Begun> | undefined = first === undefined ? undefined : begin(first);
  try {
    while (ahead) {
      const one: Begun = await ahead;
      const next = others.shift();
      ahead = next === undefined ? undefined : begin(next);
      try {
        if ("error" in one) throw one.error;
        const result = await finishFile(one.read, session, options);
        yield { path: one.path, result };
      } catch (error) {
        const told = error instanceof UserError ? error : ofThisFile(error, one.path);
        if (!told) throw await session.trouble(error);
        yield { path: one.path, error: told };
      }
    }
  } finally {
    const left = await ahead;
    if (left && "read" in left) await left.read.dispose();
  }
}

/** A file that may not be read or was moved away meanwhile is one file's trouble; a full disk is everybody's. */
function ofThisFile(error: unknown, path: string): UserError | null {
  return (error as NodeJS.ErrnoException).path === path ? (diskError(error) ?? pathError(error)) : null;
}
