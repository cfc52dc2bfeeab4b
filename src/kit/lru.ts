/** A bounded cache: widths and weeks come from URLs, so it must not grow with what visitors ask. */
export class Lru<V> {
  readonly #entries = new Map<string, V>();
  /** What is being made: many visitors of a fresh page wait for one answer. */
  readonly #making = new Map<string, Promise<V>>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  /** @param isKept whether what was made is worth its memory. */
  async get(key: string, make: () => Promise<V>, isKept: (value: V) => boolean = () => true): Promise<V> {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known;
    }
    const making = this.#making.get(key) ?? this.#make(key, make, isKept);
    this.#making.set(key, making);
    return making;
  }

  async #make(key: string, make: () => Promise<V>, isKept: (value: V) => boolean): Promise<V> {
    try {
      const value = await make();
      if (!isKept(value)) return value;
      this.#entries.set(key, value);
      const [oldest] = this.#entries.keys();
      if (this.#entries.size > this.#size && oldest !== undefined) this.#entries.delete(oldest);
      return value;
    } finally {
      this.#making.delete(key);
    }
  }
}
