import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readHead } from "../ingest/head.ts";
import { identify, knownBy, shown } from "../ingest/identify.ts";
import { rosterFact } from "../ingest/roster.ts";
import { openSource } from "../ingest/source.ts";
import { diskError } from "../kit/disk.ts";
import { UserError } from "../kit/errors.ts";
import { factText } from "../kit/evidence.ts";
import type { Importer } from "../kit/importer.ts";
import { pathError } from "../kit/paths.ts";
import type { Lang, Text } from "../kit/say.ts";
import { visible } from "../kit/visible.ts";
import { type Context, callerPath, openHere, print } from "./context.ts";
import { unpackAll } from "./unpack.ts";

interface Answer {
  path: string;
  encoding: string;
  importer: string | null;
  matches: { id: string; title: Text; found: readonly string[] }[];
  /** Why it can't be opened at all, or is refused. */
  refusal?: Text;
  nearest: { id: string; title: Text; found: readonly string[]; missing: readonly string[] }[];
}

/** Which importer takes a file and why, or which came nearest and what was missing. Needs no workspace. */
export async function identifyFiles(context: Context, files: readonly string[]): Promise<void> {
  const importers = await importersHere(context);
  const scratch = mkdtempSync(join(tmpdir(), "fupan-identify-"));
  const answers: Answer[] = [];
  try {
    const unpacked = await unpackAll(files.map(callerPath), scratch, importers);
    const given = new Map(files.map((file) => [callerPath(file), file]));
    for (const { path, error } of unpacked.failed) answers.push(refusal(path, error));
    for (const path of unpacked.paths)
      answers.push(await answerFor(path, given.get(path) ?? unpacked.shownOf(path), importers, scratch));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  if (answers.some(({ importer }) => importer === null)) process.exitCode = 1;
  print(
    context,
    answers.map((answer) => inWords(answer, context.lang)),
    () => answers.map((answer) => lines(answer, context.lang)).join("\n"),
  );
}

function refusal(path: string, error: UserError): Answer {
  const why = { zh: error.in("zh"), en: error.in("en") };
  return { path, encoding: "", importer: null, matches: [], nearest: [], refusal: why };
}

async function answerFor(
  path: string,
  file: string,
  importers: readonly Importer[],
  scratch: string,
): Promise<Answer> {
  const source = await openSource(path, scratch, knownBy(importers)).catch(refused);
  if (source instanceof UserError) return refusal(file, source);
  try {
    const head = await readHead(source);
    const { matches, nearest } = identify(head, importers);
    const [only] = matches;
    const settled = matches.length === 1;
    const told = settled && only ? await rosterFact(source, head, only) : undefined;
    return {
      path: file,
      encoding: source.encoding,
      importer: settled && only ? only.importer.id : null,
      matches: matches.map(({ importer, evidence }) => ({
        id: importer.id,
        title: importer.title,
        found: told === undefined ? evidence.found : [told, ...evidence.found],
      })),
      nearest: settled
        ? []
        : nearest.map(({ importer, evidence }) => ({
            id: importer.id,
            title: importer.title,
            found: evidence.found,
            missing: evidence.missing,
          })),
    };
  } finally {
    await source.dispose();
  }
}

function refused(error: unknown): UserError {
  const told = error instanceof UserError ? error : (diskError(error) ?? pathError(error));
  if (told) return told;
  throw error;
}

/** What the JSON says: facts in the reader's language. */
function inWords(answer: Answer, lang: Lang): Answer {
  const said = (facts: readonly string[]) => facts.map((one) => factText(one)[lang]);
  return {
    ...answer,
    matches: answer.matches.map((one) => ({ ...one, found: said(one.found) })),
    nearest: answer.nearest.map((one) => ({ ...one, found: said(one.found), missing: said(one.missing) })),
  };
}

function lines({ path, encoding, importer, matches, nearest, refusal: why }: Answer, lang: Lang): string {
  const zh = lang === "zh";
  const named = ({ id, title }: { id: string; title: Text }) =>
    zh ? `${title.zh}（${id}）` : `${title.en} (${id})`;
  const [only] = matches;
  if (importer && only)
    return `✓ ${visible(path)}: ${named(only)}, ${encoding}\n    ${zh ? "依据" : "because"}: ${shown(only.found, lang)}`;
  if (why) return `✗ ${visible(path)}\n    ${why[lang].replaceAll("\n", "\n  ")}`;
  const near = nearest.map(
    (one) =>
      `    ${zh ? "接近" : "near"} ${named(one)}, ${zh ? "缺少" : "missing"}: ${shown(one.missing, lang)}`,
  );
  const none = [
    `    ${zh ? "不像任何一种认识的格式，全部格式见 fupan formats" : "like no known format; all formats: fupan formats"}`,
  ];
  const both = [`    ${zh ? "同时符合" : "matches all of"}: ${matches.map(named).join(zh ? "、" : ", ")}`];
  return [`✗ ${visible(path)}`, ...(matches.length > 1 ? both : near.length > 0 ? near : none)].join("\n");
}

async function importersHere(context: Context): Promise<readonly Importer[]> {
  try {
    return (await openHere(context)).importers;
  } catch (error) {
    if (error instanceof UserError) return context.content.importers;
    throw error;
  }
}
