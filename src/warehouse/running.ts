/** How often what still runs is told to stop: an interrupt reaches only what runs at that moment. Milliseconds. */
const AGAIN = 10;

/**
 * What runs on one connection, so that the connection is closed after it and not under it: DuckDB frees a connection
 * and its statements at once, also those that a thread is at work on, and that ends the whole process.
 */
export class Running {
  readonly #interrupt: () => void;
  #count: number = 0;
  #isOver: boolean = false;
  #ended: (() => void) | undefined;

  constructor(interrupt: () => void) {
    this.#interrupt = interrupt;
  }

  /** @throws when the end has been asked for: nothing begins any more. */
  async do<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isOver) throw new Error("the database was closed");
    this.#count++;
    try {
      return await work();
    } finally {
      this.#count--;
      if (this.#count === 0) this.#ended?.();
    }
  }

  /** Stops what runs. @returns when all of it has ended; undefined when nothing runs. */
  end(): Promise<void> | undefined {
    this.#isOver = true;
    if (this.#count === 0) return undefined;
    this.#interrupt();
    const again = setInterval(this.#interrupt, AGAIN);
    return new Promise((ended) => {
      this.#ended = () => {
        clearInterval(again);
        ended();
      };
    });
  }
}
