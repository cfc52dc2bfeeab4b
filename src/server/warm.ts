import type { ReviewSource } from "../review/source.ts";

/** How often the pointer is looked at: one stat of a small file. Milliseconds. */
const LOOK_MS = 2000;
const LANGUAGES = ["zh", "en"];

/**
 * Makes the page of the week, of all groups and in both languages, as soon as another generation is published: its first
 * reader finds it ready. Where people sign in only the answers behind it are made, which every scope shares.
 * @returns how to end it.
 */
export function keepWarm(source: ReviewSource, url: string, every = LOOK_MS): () => void {
  let known: string | null = null;
  const warm = async () => {
    const id = source.currentId();
    if (id === known || id === null) return;
    known = id;
    await source.read((generation) => generation.review({ focus: null }));
    for (const lang of LANGUAGES) {
      const answer = await fetch(url, { headers: { cookie: `lang=${lang}` }, redirect: "manual" });
      await answer.arrayBuffer();
    }
  };
  // A reader meets the same trouble, and is told.
  const quietly = () => void warm().catch(() => undefined);
  quietly();
  const timer = setInterval(quietly, every).unref();
  return () => clearInterval(timer);
}
