import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { createFile, draftOf, rename, sweepDrafts, sync } from "../durable.ts";
import { UserError } from "../kit/errors.ts";
import { listParts } from "../state/ledger.ts";
import type { State } from "../state/state.ts";
import type { Workspace } from "../workspace.ts";
import { everyFile } from "./files.ts";
import { sha256Of } from "./verify.ts";

const MANIFEST = "manifest.json";
const manifestSchema = z.object({
  format: z.literal(1),
  madeAt: z.string(),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
});

export type Manifest = z.infer<typeof manifestSchema>;

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
  sweepDrafts(dirname(folder), /^fupan-backup-/);
  try {
    const manifest = await copyInto(draft, workspace, state, now);
    rename(draft, folder);
    return manifest;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function copyInto(draft: string, workspace: Workspace, state: State, now: Date): Promise<Manifest> {
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  const parts = await listParts(state);
  const copied = [
    ...parts.map(({ path }) => join("lake", path)),
    ...[workspace.reports, workspace.lists].flatMap(everyFile).map((file) => relative(workspace.root, file)),
    "fupan.yaml",
  ];
  for (const path of copied) {
    mkdirSync(dirname(join(draft, path)), { recursive: true, mode: 0o700 });
    copyFileSync(join(workspace.root, path), join(draft, path));
    sync(join(draft, path));
  }
  await state.copyTo(join(draft, "state.duckdb"));
  const files = [];
  for (const path of [...copied, "state.duckdb"])
    files.push({ path, sha256: await sha256Of(join(draft, path)) });
  const manifest: Manifest = { format: 1, madeAt: now.toISOString(), files };
  createFile(join(draft, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/**
 * Puts a backup into an empty folder, after every file of it was compared with its hash.
 * @throws UserError for a damaged backup, and where the folder holds something already: nothing is overwritten.
 */
export async function restore(from: string, root: string): Promise<Manifest> {
  const file = join(from, MANIFEST);
  if (!existsSync(file)) {
    throw new UserError({
      zh: `${from} 不是复盘的备份：没有 ${MANIFEST}`,
      en: `${from} is no backup: there is no ${MANIFEST}`,
    });
  }
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  for (const { path, sha256 } of manifest.files) {
    const source = join(from, path);
    if (
      relative(from, source).startsWith("..") ||
      !existsSync(source) ||
      (await sha256Of(source)) !== sha256
    ) {
      throw new UserError(
        { zh: `备份坏了：${path} 缺失或被改动`, en: `The backup is damaged: ${path} is missing or changed` },
        { hint: { zh: "换一份更早的备份。", en: "Use an earlier backup." } },
      );
    }
  }
  if (existsSync(root) && readdirSync(root).length > 0) {
    throw new UserError(
      { zh: `${root} 不是空文件夹`, en: `${root} is not empty` },
      {
        hint: {
          zh: "恢复到一个新文件夹，核对后再换掉旧的。",
          en: "Restore into a new folder, look at it, then put it in the old one's place.",
        },
      },
    );
  }
  for (const { path } of manifest.files) {
    mkdirSync(dirname(join(root, path)), { recursive: true, mode: 0o700 });
    copyFileSync(join(from, path), join(root, path));
  }
  return manifest;
}
