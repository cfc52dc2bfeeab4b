import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { createFile } from "../durable.ts";
import { sha256Of } from "../kit/disk.ts";
import { everyFile } from "./files.ts";

const SEAL = "seal.json";
const sealSchema = z.object({ files: z.array(z.object({ name: z.string(), sha256: z.string() })) });

/** Writes down what the files of a frozen report are: no other file would tell that one of them was changed. */
export async function seal(folder: string): Promise<void> {
  const files = [];
  for (const file of everyFile(folder).filter((one) => basename(one) !== SEAL))
    files.push({ name: basename(file), sha256: await sha256Of(file) });
  createFile(join(folder, SEAL), `${JSON.stringify({ files }, null, 2)}\n`);
}

/** Files that are not what they were when their report was frozen, and seals that can't be read. Reports without one pass. */
export async function brokenSeals(reports: string): Promise<string[]> {
  const broken = [];
  for (const path of everyFile(reports).filter((file) => basename(file) === SEAL)) {
    const sealed = parsed(readFileSync(path, "utf8"));
    if (!sealed) broken.push(path);
    for (const { name, sha256 } of sealed?.files ?? []) {
      const file = join(dirname(path), name);
      if (!existsSync(file) || (await sha256Of(file)) !== sha256) broken.push(file);
    }
  }
  return broken;
}

/** Changes files of reports on purpose: without their seals meanwhile, so that an interruption leaves no false one. */
export async function unsealed<T>(
  reports: string,
  concerned: readonly string[],
  change: () => T,
): Promise<T> {
  for (const folder of new Set(concerned.map(dirname))) rmSync(join(folder, SEAL), { force: true });
  const changed = change();
  const open = readdirSync(reports, { withFileTypes: true })
    .filter((one) => one.isDirectory() && !one.name.includes(".tmp-"))
    .map((one) => join(reports, one.name));
  for (const folder of open.filter((one) => !existsSync(join(one, SEAL)))) await seal(folder);
  return changed;
}

function parsed(text: string): z.infer<typeof sealSchema> | null {
  try {
    return sealSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
