import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { type FileResult, importFile } from "../../src/ingest/import-file.ts";
import { UserError } from "../../src/kit/errors.ts";
import { NOW } from "../support/community.ts";
import { fixtures } from "../support/golden.ts";
import { importSession } from "../support/session.ts";

const samples = fixtures();

const made = importSession();

/** "refused", or what became of it: an error of any other kind is a crash. */
async function imported(name: string, content: Buffer, id: string): Promise<FileResult | "refused"> {
  const path = join(made.community.root, name);
  writeFileSync(path, content);
  try {
    return await importFile(path, importers, made.session, { now: NOW, as: id, dryRun: true });
  } catch (error) {
    if (error instanceof UserError) return "refused";
    throw new Error(`${id} ${name}: ${String(error)}`);
  }
}

function expectCounted(result: FileResult | "refused", what: string): void {
  if (result === "refused") return;
  const { read, accepted, duplicate, rejected, issues } = result;
  expect([what, read]).toEqual([what, accepted + duplicate + rejected]);
  if (rejected > 0) expect([what, issues.length]).toEqual([what, expect.any(Number)]);
}

/** The same places in every run. */
let state = 8;
function next(below: number): number {
  state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
  return Math.floor((state / 2 ** 31) * below);
}

test("every sample cut somewhere is refused, or every row of it is accounted for", {
  timeout: 600_000,
}, async () => {
  for (const { id, path, name, content } of samples) {
    const at = 1 + next(content.length - 1);
    expectCounted(await imported(name, content.subarray(0, at), id), `${path} cut at ${at}`);
  }
});

test("a flipped bit in any sample crashes nothing, and every row is accounted for", {
  timeout: 600_000,
}, async () => {
  for (const { id, path, name, content: whole } of samples) {
    const content = Buffer.from(whole);
    const at = next(content.length);
    content[at] = (content[at] ?? 0) ^ (1 << next(8));
    expectCounted(await imported(name, content, id), `${path} byte ${at}`);
  }
});
