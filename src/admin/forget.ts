import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, extname, join, parse, relative } from "node:path";
import { replaceFile } from "../durable.ts";
import { textKeys } from "../ingest/forgotten.ts";
import { macros } from "../ingest/macros.ts";
import { sweepLake } from "../ingest/sweep.ts";
import type { AuditEntry } from "../state/audit.ts";
import { sourcesOf } from "../state/ledger.ts";
import type { State } from "../state/state.ts";
import { isErasing, listTombstones, recordErased, recordErasure } from "../state/tombstones.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import { Database } from "../warehouse/database.ts";
import { isPublished, removeOldGenerations } from "../warehouse/publish.ts";
import { configBeside, type Workspace } from "../workspace.ts";
import { isInAccounts } from "./accounts.ts";
import { everyFile, tells } from "./files.ts";
import { type Mentions, mentionsOf } from "./mentions.ts";
import { findPerson, type KnownPerson } from "./person.ts";
import { rewriteParts } from "./rewrite.ts";
import { unsealed } from "./seal.ts";
import { patternOf } from "./spellings.ts";

export interface Erasure {
  /** Records taken out, by fact. */
  removed: Record<string, number>;
  /** Reports and lists from which the person was taken out; binary ones were deleted. Relative to the workspace. */
  cleaned: string[];
  /** Whether a name or id was too common a text to be looked for in reports and lists. */
  isCommon: boolean;
  /** Whether fupan.yaml names the person: the operator's to take out. */
  isInSettings: boolean;
  /** Whether accounts or what says who did what name the person: that is kept. */
  isInAccounts: boolean;
  /** Records in which others name the person, which stay. */
  mentions: Mentions;
  /** Raw exports that still hold the person: they are the operator's to delete or to export again. */
  raw: string[];
}

const TEXT = new Set([".json", ".md", ".csv", ".html", ".txt", ".ics"]);
const DRAWN = new Set([".pdf", ".png"]);
const ERASED = "已删除";

const NOTHING: Erasure = {
  removed: {},
  cleaned: [],
  isCommon: false,
  isInSettings: false,
  isInAccounts: false,
  mentions: {},
  raw: [],
};

/**
 * Takes somebody out of everything the workspace derived, so that no byte of their ids, names and messages is left,
 * and lets no export bring them back. Orders stay for the books, as nobody's. What others wrote about them stays.
 * After an interruption the same call completes it.
 * @param rebuild publishes a generation without the person, or none where nothing is left; the older ones are removed then.
 *   Not called when none is published.
 * @param audited the line of the audit that goes with it.
 * @throws UserError when nobody is known by `wanted`.
 */
export async function forget(
  workspace: Workspace,
  state: State,
  catalog: Catalog,
  wanted: string,
  by: { who: string; at: Date },
  rebuild: () => Promise<void>,
  audited?: AuditEntry,
): Promise<Erasure> {
  const known = await findPerson(workspace, state, catalog, wanted).catch(async (error: unknown) => {
    if (await isErasing(state)) return null;
    throw error;
  });
  const erasure = known ? await takeOut(workspace, state, known, by, audited) : NOTHING;
  // What follows needs no name, so that it can be done by a later call when the facts know the person no more.
  await sweepLake(workspace, state);
  if (isPublished(workspace.marts)) await rebuild();
  removeOldGenerations(workspace.marts);
  // A list that somebody fixed meanwhile was drawn from the older generation.
  const buried = patternOf(await listTombstones(state));
  if (buried !== null) clean(await holding([workspace.lists], buried), buried);
  await state.rewrite();
  clearScratch(workspace);
  await recordErased(state);
  return erasure;
}

/** All but the lock of a running server: it holds nothing, and without it a second one would take the first one's files. */
function clearScratch({ scratch, serving }: Workspace): void {
  for (const entry of existsSync(scratch) ? readdirSync(scratch) : [])
    if (!join(scratch, entry).startsWith(serving))
      rmSync(join(scratch, entry), { recursive: true, force: true });
}

/** Out of the reports first: once the facts are without the person, nobody knows what to look for in them. */
async function takeOut(
  workspace: Workspace,
  state: State,
  { keys, raw, numbers, parts }: KnownPerson,
  by: { who: string; at: Date },
  audited: AuditEntry | undefined,
): Promise<Erasure> {
  const any = patternOf(raw.filter(isLong), numbers);
  const named = patternOf(raw.filter(isTelling), numbers);
  const telling = patternOf([...raw.filter(isTelling), ...keys], numbers);
  // An empty pattern would be in every text.
  if (telling === null) throw new Error("somebody without a key");
  const holders = await holding([workspace.reports, workspace.lists], telling);
  const cleaned = await unsealed(workspace.reports, holders, () => clean(holders, telling));
  const database = await Database.open(":memory:");
  for (const macro of macros(await state.secret(), workspace.config.timezone)) await database.run(macro);
  const rewriting = rewriteParts(database, workspace.lake, parts, keys, raw, { any, telling: named });
  const { replacements, replaced, removed, texts, mentions } = await rewriting
    .then(async (done) => {
      const replaced = done.replacements.map(({ old }) => old);
      const left = [
        ...parts.filter(({ path }) => !replaced.includes(path)),
        ...done.replacements.flatMap(({ part }) => part ?? []),
      ];
      const mentions = await mentionsOf(database, workspace.lake, left, named);
      return { ...done, replaced, mentions, texts: await textKeys(database, done.texts) };
    })
    .finally(() => database.close());
  const sources = new Set(await sourcesOf(state, replaced));
  const inInbox = await holding([workspace.inbox], [any, telling].flatMap((one) => one ?? []).join("|"));
  const inbox = everyFile(workspace.inbox).filter(
    (file) => sources.has(basename(file)) || inInbox.includes(file),
  );
  const without = (text: string) => text.replace(new RegExp(telling, "g"), ERASED);
  await recordErasure(state, { keys: [...keys, ...texts], without }, replacements, by, audited);
  const shown = (file: string) => relative(workspace.root, file);
  return {
    removed,
    cleaned: cleaned.map(shown),
    isCommon: raw.some((value) => !isTelling(value)),
    isInSettings: await tells(configBeside(workspace.state), new RegExp(telling)),
    isInAccounts: await isInAccounts(state, telling),
    mentions,
    raw: inbox.map(shown),
  };
}

const isLong = (value: string) => value.length > 1;

/**
 * Whether a text that holds the value is about the person. Somebody may be called 88 or review: taken out of a report,
 * that would take figures and tags with it, and every picture has these bytes somewhere.
 */
export function isTelling(value: string): boolean {
  // A name of one character is in half of all words: 月 in every date.
  if (/[^\x20-\x7e]/.test(value)) return [...value].length > 1;
  if (/^\+?\d+$/.test(value)) return value.length >= 7;
  return value.length >= 6 && /[a-z]/i.test(value) && /[^a-z-]/i.test(value);
}

/** Files with a text like this, and pictures of them: what is drawn on paper or in an image nothing finds there. */
async function holding(folders: readonly string[], pattern: string): Promise<string[]> {
  const [found, stems] = [new Set<string>(), new Set<string>()];
  const files = folders.flatMap(everyFile);
  for (const file of files) {
    if (!(await tells(file, new RegExp(pattern)))) continue;
    found.add(file);
    stems.add(stemOf(file));
  }
  return files.filter((file) => found.has(file) || (DRAWN.has(extname(file)) && stems.has(stemOf(file))));
}

const stemOf = (file: string) => join(parse(file).dir, parse(file).name);

function clean(files: readonly string[], pattern: string): string[] {
  for (const file of files) {
    if (TEXT.has(extname(file)))
      replaceFile(file, readFileSync(file, "utf8").replace(new RegExp(pattern, "g"), ERASED));
    else rmSync(file);
  }
  return [...files];
}
