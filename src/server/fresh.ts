import { Lru } from "../kit/lru.ts";

/** How long an answer may still be given after something that it depends on changed elsewhere. Milliseconds. */
const STALE_MS = 3000;

interface Kept<V> {
  revision: string;
  value: V;
  /** When it was last known to be of today's revision. */
  at: number;
  renewing: Promise<void> | undefined;
}

/**
 * Answers that are made once and given to everyone. Fifty readers do not wait while an import in another process changes
 * the ledger: within three seconds of its last good use the answer of before is given, and made anew behind it, once.
 * What must never be old, a new generation and what this process wrote itself, belongs into the key.
 */
export class FreshAnswers<V> {
  readonly #kept: Lru<Kept<V>>;
  readonly #isKept: (value: V) => boolean;
  readonly #now: () => number;

  constructor(size: number, isKept: (value: V) => boolean = () => true, now = () => performance.now()) {
    this.#kept = new Lru(size);
    this.#isKept = isKept;
    this.#now = now;
  }

  /** @returns the value with the revision that it is of. */
  async get(key: string, revision: string, make: () => Promise<V>): Promise<{ revision: string; value: V }> {
    const kept = await this.#kept.get(
      key,
      async () => ({ revision, value: await make(), at: this.#now(), renewing: undefined }),
      ({ value }) => this.#isKept(value),
    );
    if (kept.revision === revision) {
      kept.at = this.#now();
      return { ...kept };
    }
    if (!kept.renewing) {
      kept.renewing = this.#renew(kept, revision, make);
      // Nobody may be waiting for it: then the next reader tries again.
      kept.renewing.catch(() => undefined);
    }
    if (this.#now() - kept.at >= STALE_MS) await kept.renewing;
    return { ...kept };
  }

  async #renew(kept: Kept<V>, revision: string, make: () => Promise<V>): Promise<void> {
    try {
      kept.value = await make();
      kept.revision = revision;
      kept.at = this.#now();
    } finally {
      kept.renewing = undefined;
    }
  }
}
