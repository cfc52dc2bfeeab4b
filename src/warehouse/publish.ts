import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { rename, replaceFile, sweepDrafts } from "../durable.ts";
import { UserError } from "../kit/errors.ts";
import { UnusableError } from "../state/damage.ts";
import { olderState } from "../state/lost.ts";

const POINTER = "CURRENT";

const pointerSchema = z.object({
  generation: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  asOf: z.string(),
  parts: z.number(),
  /** How the audit ended then ("12:0a1b…"), outside of the file that it is in. */
  audit: z.string().optional(),
  /** How often the ledger had been changed then: an earlier state.duckdb has a smaller number. */
  ledger: z.number().optional(),
});

/** Which generation readers see, as the file marts/CURRENT names it. */
export type Pointer = z.infer<typeof pointerSchema>;

/** As the file holds it: with a hash of the rest, since no other file says what it ought to be. */
const storedSchema = pointerSchema.extend({ check: z.string().optional() });

function checkOf({ generation, sha256, bytes, asOf, parts, audit, ledger }: Pointer): string {
  const all = JSON.stringify([
    generation,
    sha256,
    bytes,
    asOf,
    parts,
    ...(audit === undefined ? [] : [audit]),
    ...(ledger === undefined ? [] : [ledger]),
  ]);
  return createHash("sha256").update(all).digest("hex");
}

export function generationPath(marts: string, generation: string): string {
  return join(marts, `marts-${generation}.duckdb`);
}

/** Null when nothing was built yet. @throws UserError when the file is damaged. */
export function readPointer(marts: string): Pointer | null {
  const path = join(marts, POINTER);
  const file = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (!file) return null;
  const version = `${file.ino} ${file.mtimeNs} ${file.size}`;
  const known = read.get(path);
  if (known?.version === version) return known.pointer;
  const pointer = parsePointer(readFileSync(path, "utf8"));
  read.set(path, { version, pointer });
  return pointer;
}

function parsePointer(text: string): Pointer {
  try {
    const { check, ...pointer } = storedSchema.parse(JSON.parse(text));
    // Without one it was written before pointers had it.
    if (check !== undefined && check !== checkOf(pointer)) throw new Error("its check does not fit");
    return pointer;
  } catch (cause) {
    throw new UnusableError(
      { zh: "marts/CURRENT 坏了，读不出来", en: "marts/CURRENT is damaged and cannot be read" },
      cause,
    );
  }
}

/** What was published before a new build, as far as it can be read: a damaged pointer is mended by the next one. */
export function lastPointer(marts: string): Pointer | null {
  try {
    return readPointer(marts);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/**
 * Before parts that the ledger does not list are swept away, or anything is built on it.
 * @param position of the ledger. @throws UserError where more was published than it knows of.
 */
export function assertNewest({ marts, state }: { marts: string; state: string }, position: number): void {
  if (position < (lastPointer(marts)?.ledger ?? 0)) throw olderState(state);
}

/** Every request asks; the file is replaced by a rename, so another one has another inode. */
const read = new Map<string, { version: string; pointer: Pointer }>();

/**
 * Makes a finished draft the published generation: fsync, rename, fsync of the folder, and only then the pointer,
 * itself replaced by a rename. Readers see the old generation or the new one, nothing else.
 */
export function publish(marts: string, draft: string, pointer: Pointer): void {
  rename(draft, generationPath(marts, pointer.generation));
  const previous = lastPointer(marts);
  replaceFile(join(marts, POINTER), `${JSON.stringify({ ...pointer, check: checkOf(pointer) }, null, 2)}\n`);
  sweepDrafts(marts);
  sweep(marts, new Set([pointer.generation, previous?.generation ?? pointer.generation]));
}

/** Whether a generation is pointed to, readable or not. */
export function isPublished(marts: string): boolean {
  return existsSync(join(marts, POINTER));
}

/** Leaves the published generation alone, if there is one: the one before still holds whoever was forgotten since. */
export function removeOldGenerations(marts: string): void {
  if (existsSync(marts)) sweep(marts, new Set([readPointer(marts)?.generation ?? ""]));
}

/** Removes older generations; the one before stays for readers that have not moved on yet. */
function sweep(marts: string, keep: ReadonlySet<string>): void {
  for (const file of readdirSync(marts)) {
    const generation = /^marts-(.+)\.duckdb$/.exec(file)?.[1];
    if (generation !== undefined && !keep.has(generation)) rmSync(join(marts, file), { force: true });
  }
}

/** Back to before the first build; the files of earlier generations go with the next one. */
export function unpublish(marts: string): void {
  rmSync(join(marts, POINTER), { force: true });
}
