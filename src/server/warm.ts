import type { ReviewSource } from "../review/source.ts";

/** How often the pointer is looked at: one stat of a small file. Milliseconds. */
const LOOK_MS = 2000;
const LANGUAGES = ["zh", "en"];
/** Weeks made ahead: those that a meeting turns back to, and those whose splits a build has summed. */
const WEEKS = 4;

/**
 * Makes the page of the week, of all groups and in both languages, as soon as another generation is published: its first
 * reader finds it ready. Then the weeks before it, one after another, of which a reader finds the answers. Where people
 * sign in only the answers behind the pages are made, which every scope shares.
 * @returns how to end it.
 */
export function keepWarm(source: ReviewSource, url: string, every = LOOK_MS): () => void {
  let known: string | null = null;
  const warm = async () => {
    const id = source.currentId();
    if (id === known || id === null) return;
    known = id;
    const newest = await source.read((generation) => generation.review({ focus: null }));
    for (const lang of LANGUAGES) await visit(url, lang);
    const complete = (newest?.weeks ?? []).filter((one) => one.complete);
    for (const { week } of complete.slice(1, WEEKS)) {
      // Of a generation that is no longer the published one nobody asks.
      if (source.currentId() !== id) return;
      await source.read((generation) => generation.review({ week, focus: null }));
      await visit(`${url}?week=${week}`, LANGUAGES[0]);
    }
  };
  // A reader meets the same trouble, and is told.
  const quietly = () => void warm().catch(() => undefined);
  quietly();
  const timer = setInterval(quietly, every).unref();
  return () => clearInterval(timer);
}

async function visit(url: string, lang: string | undefined): Promise<void> {
  const answer = await fetch(url, { headers: { cookie: `lang=${lang}` }, redirect: "manual" });
  await answer.arrayBuffer();
}
