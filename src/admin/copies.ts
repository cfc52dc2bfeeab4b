import { chmodSync, copyFileSync, mkdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

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
