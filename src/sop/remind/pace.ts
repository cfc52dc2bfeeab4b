/** Keeps a documented limit: so many calls in any span of so many seconds. */
export class Pace {
  readonly #messages: number;
  readonly #span: number;
  #made: number[] = [];

  constructor({ messages, seconds }: { messages: number; seconds: number }) {
    this.#messages = messages;
    this.#span = seconds * 1000;
  }

  /** Milliseconds until the next call may be made. */
  wait(now: number): number {
    this.#made = this.#made.filter((at) => now - at < this.#span);
    const first = this.#made[this.#made.length - this.#messages];
    return first === undefined ? 0 : first + this.#span - now;
  }

  count(now: number): void {
    this.#made.push(now);
  }
}
