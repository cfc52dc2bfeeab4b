import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeDemo } from "../../fixtures/demo/index.ts";

/** One hash over the names and bytes of everything that the generator writes. */
export async function digest(seed?: number): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "fupan-demo-"));
  try {
    await writeDemo(dir, seed === undefined ? {} : { seed });
    const hash = createHash("sha256");
    const names = (await readdir(dir, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const name of names) hash.update(name.slice(dir.length)).update(await readFile(name));
    return hash.digest("hex");
  } finally {
    await rm(dir, { recursive: true });
  }
}

// Run by itself, it prints the hash: the test starts it under other time zones.
if (process.argv[1]?.endsWith("digest.ts")) process.stdout.write(await digest());
