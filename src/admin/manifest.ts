import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { sha256Of } from "../kit/disk.ts";
import { UserError } from "../kit/errors.ts";
import { MIGRATIONS } from "../state/migrations.ts";
import { newerVersion } from "../state/upgrade.ts";

export const MANIFEST = "manifest.json";
const manifestSchema = z.object({
  format: z.literal(1),
  madeAt: z.string(),
  files: z.array(z.object({ path: z.string(), sha256: z.string() })),
  /** Version of the state's tables; backups of the first versions do not say it. */
  state: z.number().optional(),
  /** How the audit ended then, as `headText` gives it. */
  audit: z.string().optional(),
});

/** What a backup holds, as its manifest.json says. */
export type Manifest = z.infer<typeof manifestSchema>;

/**
 * @throws UserError unless the folder is a backup that this version can read, and every file of it is as it was written.
 */
export async function readBackup(folder: string): Promise<Manifest> {
  const file = join(folder, MANIFEST);
  if (!existsSync(file)) {
    throw new UserError({
      zh: `${folder} 不是复盘的备份：没有 ${MANIFEST}`,
      en: `${folder} is no backup: there is no ${MANIFEST}`,
    });
  }
  const manifest = parsed(readFileSync(file, "utf8"));
  if (!manifest) throw damagedBackup(MANIFEST);
  if ((manifest.state ?? 0) > MIGRATIONS.length) throw newerVersion(folder, manifest.state ?? 0);
  for (const { path, sha256 } of manifest.files) {
    const source = join(folder, path);
    const isInside = !relative(folder, source).startsWith("..");
    if (!isInside || !existsSync(source) || (await sha256Of(source)) !== sha256) throw damagedBackup(path);
  }
  return manifest;
}

/** How the audit ended when the backup was made, as far as its manifest can be read. */
export function auditOf(file: string): string | undefined {
  return parsed(readFileSync(file, "utf8"))?.audit;
}

function parsed(text: string): Manifest | null {
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function damagedBackup(path: string): UserError {
  return new UserError(
    { zh: `备份坏了：${path} 缺失或被改动`, en: `The backup is damaged: ${path} is missing or changed` },
    { hint: { zh: "换一份更早的备份。", en: "Use an earlier backup." } },
  );
}
