import { existsSync, mkdirSync, rmSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { createFile, draftOf, rename, sweepDrafts, sync, syncFolders } from "../durable.ts";
import { sha256Of } from "../kit/disk.ts";
import { UserError } from "../kit/errors.ts";
import { ensureSpace } from "../kit/space.ts";
import { auditHead, headText } from "../state/audit.ts";
import { listParts } from "../state/ledger.ts";
import { MIGRATIONS } from "../state/migrations.ts";
import type { State } from "../state/state.ts";
import type { Workspace } from "../workspace.ts";
import { bytesOf, copyPrivate, modeOf } from "./copies.ts";
import { everyFile } from "./files.ts";
import { MANIFEST, type Manifest } from "./manifest.ts";

/**
 * Copies what can't be computed again into a new folder: the listed parts, the state, fupan.yaml, frozen reports and
 * lists. Marts are left out, a restore builds them. The folder gets its name when it is complete.
 * @param folder must not exist.
 */
export async function backup(
  workspace: Workspace,
  state: State,
  folder: string,
  now: Date,
): Promise<Manifest> {
  if (existsSync(folder)) {
    throw new UserError(
      { zh: `${folder} 已经存在`, en: `${folder} exists already` },
      { hint: { zh: "换一个文件夹名。", en: "Choose another folder." } },
    );
  }
  const draft = draftOf(folder);
  const own = basename(folder).replace(/\W/g, "\\$&");
  sweepDrafts(dirname(folder), new RegExp(`^(?:fupan-backup-|${own}\\.tmp-)`));
  try {
    const manifest = await copyInto(draft, workspace, state, now);
    rename(draft, folder);
    // The folder of all backups may be new itself.
    sync(dirname(dirname(folder)));
    return manifest;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function copyInto(draft: string, workspace: Workspace, state: State, now: Date): Promise<Manifest> {
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const listed = new Map((await listParts(state)).map(({ path, sha256 }) => [join("lake", path), sha256]));
  const copied = [
    ...listed.keys(),
    ...[workspace.reports, workspace.lists].flatMap(everyFile).map((file) => relative(workspace.root, file)),
    "fupan.yaml",
  ];
  ensureSpace(draft, bytesOf([...copied.map((path) => join(workspace.root, path)), workspace.state]));
  for (const path of copied) {
    copyPrivate(join(workspace.root, path), join(draft, path), modeOf(path));
    sync(join(draft, path));
  }
  // Before the copy: a line that is written meanwhile may be in the copy, and need not.
  const audit = headText(await state.read(auditHead));
  await state.copyTo(join(draft, "state.duckdb"));
  const files = [];
  for (const path of [...copied, "state.duckdb"]) {
    const sha256 = await sha256Of(join(draft, path));
    if (sha256 !== (listed.get(path) ?? sha256)) throw damagedPart(path);
    files.push({ path, sha256 });
  }
  const manifest: Manifest = {
    format: 1,
    madeAt: now.toISOString(),
    files,
    state: MIGRATIONS.length,
    audit,
  };
  createFile(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  syncFolders(draft);
  return manifest;
}

/** A backup of damage would pass for a good one until somebody needs it. */
function damagedPart(path: string): UserError {
  return new UserError(
    {
      zh: `${path} 和记录的不一样，没有备份`,
      en: `${path} is not what was written; nothing was backed up`,
    },
    {
      hint: {
        zh: "先运行 fupan verify，按提示修好再备份；旧的备份先别删。",
        en: "Run fupan verify, mend what it names, then back up. Keep the older backups.",
      },
    },
  );
}
