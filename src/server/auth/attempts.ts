const WINDOW_MS = 15 * 60_000;
const LIMIT = 5;
const KEPT = 10_000;

/**
 * Sign-ins per account and per address: five in a quarter of an hour that did not succeed, then nobody gets in there. A
 * try counts from its beginning: two hundred at once would all have passed before the first had failed.
 */
export class Attempts {
  readonly #made = new Map<string, number[]>();

  /** Counts a try. @returns whether it may be made at all. */
  begin(keys: readonly string[], now: number): boolean {
    if (keys.some((key) => this.#recent(key, now).length >= LIMIT)) return false;
    for (const key of keys) {
      const recent = [...this.#recent(key, now), now];
      // Taken out first, so that the newest stand last.
      this.#made.delete(key);
      this.#made.set(key, recent);
    }
    // Names that nobody has must not fill the memory.
    for (const [oldest] of this.#made) {
      if (this.#made.size <= KEPT) break;
      this.#made.delete(oldest);
    }
    return true;
  }

  /** The right password: the account's tries are forgotten, and of the address's this one. */
  succeed([account, ...others]: readonly string[], began: number): void {
    if (account !== undefined) this.#made.delete(account);
    for (const key of others) {
      const made = this.#made.get(key) ?? [];
      const at = made.indexOf(began);
      this.#made.set(key, at < 0 ? made : made.toSpliced(at, 1));
    }
  }

  #recent(key: string, now: number): number[] {
    return (this.#made.get(key) ?? []).filter((at) => now - at < WINDOW_MS);
  }
}
