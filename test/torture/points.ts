import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Moment, Moments, problems } from "./inspect.ts";
import type { Scene } from "./scene.ts";
import { type Traced, trace } from "./strace.ts";

/** Every call that changes a file, but the creation of an empty one: its first write follows. */
const CHANGES = "write,pwrite64,fsync,fdatasync,rename,unlink,link,ftruncate,mkdir,chmod,rmdir";
/** Builds write thousands of times to pipes of their own; what they write to files, they sync. */
const WITHOUT_WRITE = CHANGES.replace("write,", "");

/** One kind of moment: the first kill point after which it was so. */
export interface Kind {
  moment: Moment;
  /** "3 rename lake/…": the point and the call before it. */
  after: string;
  /** The whole workspace as a SIGKILL would have left it. */
  copy: string;
  problems: readonly string[];
}

export interface Tortured extends Traced {
  points: number;
  kinds: Kind[];
}

/**
 * Runs a command to its end and stops it after every system call that changed a file of the workspace. What lies on
 * the disk then is what a SIGKILL there leaves: it is looked at, and copied where it differs from the point before.
 */
export async function killPoints(
  scene: Scene,
  args: readonly string[],
  { everyWrite = true } = {},
): Promise<Tortured> {
  const moments = new Moments(scene.root, scene.folder);
  const kinds: Kind[] = [];
  let points = 0;
  const traced = await trace([...scene.program.command, ...args, "--workspace", scene.root], {
    root: scene.root,
    stopAfter: everyWrite ? CHANGES : WITHOUT_WRITE,
    onStop: async (calls) => {
      points++;
      const moment = await moments.now();
      const last = calls.at(-1);
      const known = kinds.at(-1);
      if (known && JSON.stringify(known.moment) === JSON.stringify(moment)) return "go";
      const copy = scene.copy(`kind-${kinds.length}`);
      const after = `${points} ${last?.name} ${last?.path.slice(scene.root.length + 1)}`;
      kinds.push({ moment, after, copy, problems: await problems(copy) });
      return "go";
    },
  });
  return { ...traced, points, kinds };
}

export function removeKinds(scene: Scene, kinds: readonly Kind[]): void {
  for (const [at] of kinds.entries())
    rmSync(join(scene.folder, `kind-${at}`), { recursive: true, force: true });
}
