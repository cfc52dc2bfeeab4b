const WINDOW_MS = 15 * 60_000;
const LIMIT = 5;
const KEPT = 10_000;

/** Failed sign-ins per account and per address: five in a quarter of an hour, then nobody gets in there. */
export class Attempts {
  readonly #failed = new Map<string, number[]>();

  isLocked(keys: readonly string[], now: number): boolean {
    return keys.some((key) => this.#recent(key, now).length >= LIMIT);
  }

  fail(keys: readonly string[], now: number): void {
    for (const key of keys) {
      const recent = [...this.#recent(key, now), now];
      // Taken out first, so that the newest stand last.
      this.#failed.delete(key);
      this.#failed.set(key, recent);
    }
    // Names that nobody has must not fill the memory.
    for (const [oldest] of this.#failed) {
      if (this.#failed.size <= KEPT) break;
      this.#failed.delete(oldest);
    }
  }

  succeed(key: string): void {
    this.#failed.delete(key);
  }

  #recent(key: string, now: number): number[] {
    return (this.#failed.get(key) ?? []).filter((at) => now - at < WINDOW_MS);
  }
}
