import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const POINTER = "CURRENT";

const pointerSchema = z.object({
  generation: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  asOf: z.string(),
  parts: z.number(),
});

/** Which generation readers see, as the file marts/CURRENT names it. */
export type Pointer = z.infer<typeof pointerSchema>;

export function generationPath(marts: string, generation: string): string {
  return join(marts, `marts-${generation}.duckdb`);
}

/** Null when nothing was built yet. */
export function readPointer(marts: string): Pointer | null {
  const path = join(marts, POINTER);
  const file = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!file) return null;
  const version = `${file.ino} ${file.mtimeNs} ${file.size}`;
  const known = read.get(path);
  if (known?.version === version) return known.pointer;
  const pointer = pointerSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  read.set(path, { version, pointer });
  return pointer;
}

/** Every request asks; the file is replaced by a rename, so another one has another inode. */
const read = new Map<string, { version: string; pointer: Pointer }>();

/**
 * Makes a finished draft the published generation: fsync, rename, fsync of the folder, and only then the pointer,
 * itself replaced by a rename. Readers see the old generation or the new one, nothing else.
 */
export function publish(marts: string, draft: string, pointer: Pointer): void {
  sync(draft);
  renameSync(draft, generationPath(marts, pointer.generation));
  sync(marts);
  const next = join(marts, `${POINTER}.tmp-${process.pid}`);
  writeFileSync(next, `${JSON.stringify(pointer, null, 2)}\n`);
  sync(next);
  const previous = readPointer(marts);
  renameSync(next, join(marts, POINTER));
  sync(marts);
  sweep(marts, new Set([pointer.generation, previous?.generation ?? pointer.generation]));
}

/** Leaves the published generation alone: the one before still holds whoever was forgotten since. */
export function removeOldGenerations(marts: string): void {
  const pointer = readPointer(marts);
  if (pointer) sweep(marts, new Set([pointer.generation]));
}

/** Removes older generations; the one before stays for readers that have not moved on yet. */
function sweep(marts: string, keep: ReadonlySet<string>): void {
  for (const file of readdirSync(marts)) {
    const generation = /^marts-(.+)\.duckdb$/.exec(file)?.[1];
    if (generation !== undefined && !keep.has(generation)) rmSync(join(marts, file), { force: true });
  }
}

function sync(path: string): void {
  const file = openSync(path, "r");
  fsyncSync(file);
  closeSync(file);
}

/** Back to before the first build; the files of earlier generations go with the next one. */
export function unpublish(marts: string): void {
  rmSync(join(marts, POINTER), { force: true });
}
