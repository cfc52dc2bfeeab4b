import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createFile, draftOf, rename, sweepDrafts, sync, syncFolders } from "../durable.ts";
import { UserError } from "../kit/errors.ts";
import { ensureSpace } from "../kit/space.ts";
import { withLock } from "../state/lock.ts";
import { lockOf } from "../workspace.ts";
import { bytesOf, copyPrivate, modeOf } from "./copies.ts";
import { everyFile } from "./files.ts";
import { MANIFEST, type Manifest, readBackup } from "./manifest.ts";

/** Lies in the folder from the first file to the end, and says which backup it is of. */
const MARKER = "restoring.json";
/** Makes the folder a workspace, so it is the last to come. */
const CONFIG = "fupan.yaml";

/**
 * Puts a backup into an empty folder, after every file of it was compared with its hash. After an interruption the
 * same call completes it.
 * @param then what makes the workspace ready; an interruption of it is one of the restore.
 * @throws UserError for a damaged backup, where the disk has no space for it, and where the folder holds something else: nothing is overwritten.
 */
export async function restore(
  from: string,
  root: string,
  then: () => Promise<void> = async () => undefined,
): Promise<Manifest> {
  const manifest = await readBackup(from);
  const self = readFileSync(join(from, MANIFEST), "utf8");
  const marker = join(root, MARKER);
  const isBegun = () => existsSync(marker) && readFileSync(marker, "utf8") === self;
  if (
    !isBegun() &&
    existsSync(root) &&
    readdirSync(root).some((file) => !file.startsWith(`${MARKER}.tmp-`))
  ) {
    throw notEmpty(root);
  }
  const missing = manifest.files.map(({ path }) => path).filter((path) => !existsSync(join(root, path)));
  ensureSpace(root, bytesOf(missing.map((path) => join(from, path))));
  mkdirSync(root, { recursive: true, mode: 0o700 });
  createFile(marker, self);
  // Of two backups one is begun. Who came too late keeps away from the lock, or the other would find it taken and give way too.
  if (!isBegun()) throw notEmpty(root);
  // A second call for the same folder would put its copy of the state in the place of the one that is worked with.
  await withLock(lockOf(root), async () => {
    if (!isBegun()) throw notEmpty(root);
    if (!existsSync(join(root, CONFIG))) copyFiles(from, root, manifest);
    await then();
    rmSync(marker);
    sync(root);
  });
  return manifest;
}

function notEmpty(root: string): UserError {
  return new UserError(
    { zh: `${root} 不是空文件夹`, en: `${root} is not empty` },
    {
      hint: {
        zh: "恢复到一个新文件夹，核对后再换掉旧的。",
        en: "Restore into a new folder, look at it, then put it in the old one's place.",
      },
    },
  );
}

function copyFiles(from: string, root: string, { files }: Manifest): void {
  sweepDrafts(root);
  // Another call for this folder makes these two before it asks for the lock: what is left of them is swept once it has ended.
  const early = [lockOf(root), join(root, MARKER)].map((path) => `${path}.tmp-`);
  for (const file of everyFile(root))
    if (/\.tmp-\d+$/.test(file) && !early.some((start) => file.startsWith(start))) rmSync(file);
  const paths = files.map(({ path }) => path).filter((path) => path !== CONFIG);
  for (const path of [...paths, CONFIG]) {
    if (path === CONFIG) syncFolders(root);
    const to = join(root, path);
    if (existsSync(to)) continue;
    copyPrivate(join(from, path), draftOf(to), modeOf(path));
    rename(draftOf(to), to);
  }
}
