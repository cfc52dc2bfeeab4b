import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { ChartRow, RenderOptions, Spec } from "./compile.ts";

export interface Wanted {
  spec: Spec;
  rows: readonly ChartRow[];
  options: RenderOptions;
}

export type Drawn = { svg: string } | { error: string };

/** A page has a dozen charts of 10 to 30 ms each; a machine may be busy. */
const LONGEST_MS = 30_000;
const MOST_MEMORY_MB = 512;
/** Beside this file in the package, and as a source where sources are run as they stand. */
const OWN_FILE = new URL(
  `./drawing-thread.${import.meta.url.endsWith(".ts") ? "ts" : "mjs"}`,
  import.meta.url,
);

/**
 * Draws charts in a thread of its own: readers of other pages do not wait for a drawing, and one that fails, never ends
 * or eats memory takes its thread with it, not the server. The next chart starts another.
 */
export class DrawingThread {
  readonly #file: URL;
  readonly #longest: number;
  #thread: Worker | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param longest milliseconds that a chart may take. */
  constructor(file = OWN_FILE, longest = LONGEST_MS) {
    this.#file = file;
    this.#longest = longest;
  }

  /** A Vega-Lite spec with rows as an SVG string, when those that were asked for before are drawn. */
  draw(spec: Spec, rows: readonly ChartRow[], options: RenderOptions): Promise<string> {
    const drawing = this.#turn.then(() => this.#ask({ spec, rows, options }));
    this.#turn = drawing.catch(() => undefined);
    return drawing;
  }

  async #ask(wanted: Wanted): Promise<string> {
    this.#thread ??= this.#started();
    const thread = this.#thread;
    const drawn = await this.#answer(thread, wanted).catch((error: unknown) => {
      this.#thread = null;
      void thread.terminate();
      throw error;
    });
    if ("error" in drawn) throw new Error(drawn.error);
    return drawn.svg;
  }

  async #answer(thread: Worker, wanted: Wanted): Promise<Drawn> {
    const over = new AbortController();
    const late = setTimeout(() => over.abort(), this.#longest);
    // A command that is done ends, whether its thread waits for more charts or not.
    thread.ref();
    try {
      thread.postMessage(wanted);
      const answered = once(thread, "message", { signal: over.signal }) as Promise<[Drawn]>;
      const ended = once(thread, "exit", { signal: over.signal }).then(() => {
        throw new Error("chart: its thread ended");
      });
      const [drawn] = await Promise.race([answered, ended]);
      return drawn;
    } catch (error) {
      throw over.signal.aborted ? new Error(`chart: not drawn in ${this.#longest} ms`) : error;
    } finally {
      clearTimeout(late);
      over.abort();
      thread.unref();
    }
  }

  #started(): Worker {
    const resourceLimits = { maxOldGenerationSizeMb: MOST_MEMORY_MB };
    const thread = this.#file.pathname.endsWith(".ts")
      ? new Worker(sourceOf(this.#file), { eval: true, resourceLimits })
      : new Worker(this.#file, { resourceLimits });
    // Vega draws some things from promises that nobody waits for: a thread may end between two charts.
    thread.on("error", () => undefined);
    thread.on("exit", () => {
      if (this.#thread === thread) this.#thread = null;
    });
    return thread;
  }
}

/** Node reads no types of a thread's own, and what reads them for the first thread does it for that one alone. */
function sourceOf(file: URL): string {
  const loader = import.meta.resolve("tsx/esm/api");
  return `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(file)}); })`;
}

const own = new DrawingThread();

/** {@link DrawingThread.draw} in the one thread of this process. */
export const drawChart: DrawingThread["draw"] = (...wanted) => own.draw(...wanted);
