import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readHead } from "../ingest/head.ts";
import { identify, knownSheet } from "../ingest/identify.ts";
import { openSource } from "../ingest/source.ts";
import { UserError } from "../kit/errors.ts";
import type { Importer } from "../kit/importer.ts";
import { type Context, callerPath, openHere, print } from "./context.ts";

interface Answer {
  path: string;
  encoding: string;
  importer: string | null;
  matches: { id: string; found: readonly string[] }[];
  nearest: { id: string; found: readonly string[]; missing: readonly string[] }[];
}

/** Which importer takes a file and why, or which came nearest and what was missing. Needs no workspace. */
export async function identifyFiles(context: Context, files: readonly string[]): Promise<void> {
  const importers = await importersHere(context);
  const scratch = mkdtempSync(join(tmpdir(), "fupan-identify-"));
  const answers: Answer[] = [];
  try {
    for (const file of files) answers.push(await answerFor(file, importers, scratch));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  if (answers.some(({ importer }) => importer === null)) process.exitCode = 1;
  print(context, answers, () => answers.map((answer) => lines(answer, context.lang === "zh")).join("\n"));
}

async function answerFor(file: string, importers: readonly Importer[], scratch: string): Promise<Answer> {
  const source = await openSource(callerPath(file), scratch, { rank: knownSheet(importers) });
  try {
    const { matches, nearest } = identify(await readHead(source), importers);
    const [only] = matches;
    const settled = matches.length === 1;
    return {
      path: file,
      encoding: source.encoding,
      importer: settled && only ? only.importer.id : null,
      matches: matches.map(({ importer, evidence }) => ({ id: importer.id, found: evidence.found })),
      nearest: settled
        ? []
        : nearest.map(({ importer, evidence }) => ({
            id: importer.id,
            found: evidence.found,
            missing: evidence.missing,
          })),
    };
  } finally {
    await source.dispose();
  }
}

function lines({ path, encoding, importer, matches, nearest }: Answer, zh: boolean): string {
  if (importer)
    return `✓ ${path}: ${importer} (${encoding})\n    ${zh ? "依据" : "because"}: ${matches[0]?.found.join(", ")}`;
  const near = nearest.map(
    ({ id, missing }) =>
      `    ${zh ? "接近" : "near"} ${id}, ${zh ? "缺少" : "missing"}: ${missing.join(", ")}`,
  );
  const both = [`    ${zh ? "同时符合" : "matches all of"}: ${matches.map(({ id }) => id).join(", ")}`];
  return [`✗ ${path}`, ...(matches.length > 1 ? both : near)].join("\n");
}

async function importersHere(context: Context): Promise<readonly Importer[]> {
  try {
    return (await openHere(context)).importers;
  } catch (error) {
    if (error instanceof UserError) return context.content.importers;
    throw error;
  }
}
