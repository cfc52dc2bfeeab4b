import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";

/** Every regular file below a folder, sorted. */
export function everyFile(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** How many bytes these files have; of one that is gone, the copy will tell. */
export function bytesOf(files: readonly string[]): number {
  return files.reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
}

/** For its owner alone, whatever a disk of another kind made of its mode; parts of the lake are not to be written. */
export function copyPrivate(from: string, to: string, mode: 0o400 | 0o600): void {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
  copyFileSync(from, to);
  chmodSync(to, mode);
}

/** The mode of a file of the workspace, by its path there. */
export function modeOf(path: string): 0o400 | 0o600 {
  return path.startsWith(join("lake", "/")) ? 0o400 : 0o600;
}

const CHUNK = 1 << 22;

/** Whether one of the values stands in the file as UTF-8. Memory does not follow the file's size. */
export function holds(path: string, values: readonly string[]): boolean {
  const needles = values.map((value) => Buffer.from(value));
  const longest = Math.max(0, ...needles.map(({ length }) => length));
  if (longest === 0) return false;
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(CHUNK + longest);
    for (let kept = 0; ; ) {
      const read = readSync(file, buffer, kept, CHUNK, null);
      if (read === 0) return false;
      const seen = buffer.subarray(0, kept + read);
      if (needles.some((needle) => seen.includes(needle))) return true;
      kept = Math.min(longest, seen.length);
      seen.copy(buffer, 0, seen.length - kept);
    }
  } finally {
    closeSync(file);
  }
}
