import { setTimeout } from "node:timers/promises";
import type { ReviewSource } from "../review/source.ts";

/** How often the pointer is looked at: one stat of a small file. Milliseconds. */
const LOOK_MS = 2000;
const LANGUAGES = ["zh", "en"];
/** Weeks made ahead: those that a meeting turns back to, and those whose splits a build has summed. */
const WEEKS = 4;
/** A quarter of them where one takes so long that a reader would wait, in milliseconds: the goal of a page never seen. */
const MOST_WEEKS = 13;
const SLOW_MS = 800;

/**
 * Makes the page of the week, of all groups and in both languages, as soon as another generation is published: its first
 * reader finds it ready. Then the weeks before it, one after another, of which a reader finds the answers: some, or as
 * long as they are slow to make more of them, with as much time for others between two. Where people sign in only the answers behind the pages are made, which every scope shares.
 * @returns how to end it.
 */
export function keepWarm(source: ReviewSource, url: string, every = LOOK_MS, slow = SLOW_MS): () => void {
  let known: string | null = null;
  const warm = async () => {
    const id = source.currentId();
    if (id === known || id === null) return;
    known = id;
    const newest = await source.read((generation) => generation.review({ focus: null }));
    for (const lang of LANGUAGES) await visit(url, lang);
    const complete = (newest?.weeks ?? []).filter((one) => one.complete);
    let took = 0;
    for (const [at, { week }] of complete.slice(1, MOST_WEEKS).entries()) {
      if (at >= WEEKS - 1) {
        if (took < slow) return;
        await setTimeout(took, undefined, { ref: false });
      }
      // Of a generation that is no longer the published one nobody asks.
      if (source.currentId() !== id) return;
      const began = performance.now();
      await source.read((generation) => generation.review({ week, focus: null }));
      await visit(`${url}?week=${week}`, LANGUAGES[0]);
      took = performance.now() - began;
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
