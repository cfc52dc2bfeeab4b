import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DateOrder } from "../../kit/importer.ts";
import { yieldToReaders } from "../../kit/priority.ts";

export interface JobFile {
  path: string;
  within?: string | undefined;
  as?: string | undefined;
  group?: string | undefined;
  dateOrder?: DateOrder | undefined;
  date?: string | undefined;
  mapping?: unknown;
  remember?: boolean | undefined;
}

export interface JobSpec {
  task: "check" | "import" | "undo" | "build";
  batch: string;
  files: readonly JobFile[];
}

/** What a job said, in order; `id` counts from 1, so that a listener can go on where it was cut off. */
export interface JobEvent {
  id: number;
  data: Record<string, unknown>;
}

const LAST = new Set(["done", "error", "cancelled"]);
const KEPT = 50;

export class Job {
  readonly spec: JobSpec;
  readonly events: JobEvent[] = [];
  readonly #listeners = new EventEmitter().setMaxListeners(100);
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(spec: JobSpec) {
    this.spec = spec;
  }

  get isOver(): boolean {
    return this.events.some(({ data }) => LAST.has(String(data["type"])));
  }

  /** How many are listening. */
  get followers(): number {
    return this.#listeners.listenerCount("event");
  }

  say(data: Record<string, unknown>): void {
    if (this.isOver) return;
    const event = { id: this.events.length + 1, data };
    this.events.push(event);
    this.#listeners.emit("event", event);
  }

  /** Everything after `id`, then what comes. @returns a function that ends it. */
  follow(after: number, hear: (event: JobEvent) => void): () => void {
    for (const event of this.events) if (event.id > after) hear(event);
    this.#listeners.on("event", hear);
    return () => void this.#listeners.off("event", hear);
  }

  run(child: ChildProcess): Promise<void> {
    this.#child = child;
    const { stdout } = child;
    if (stdout)
      createInterface({ input: stdout }).on("line", (line) => {
        if (line.startsWith("{")) this.say(JSON.parse(line) as Record<string, unknown>);
      });
    this.#ended = new Promise((settled) => {
      child.once("error", () => this.say({ type: "error", code: "stopped" }));
      child.once("close", (code) => {
        if (!child.killed)
          this.say(code === 0 ? { type: "done", weeks: [] } : { type: "error", code: "stopped" });
        settled();
      });
    });
    return this.#ended;
  }

  /** The process may be killed anywhere: what the ledger does not list does not exist. */
  cancel(): void {
    this.say({ type: "cancelled" });
    this.#child?.kill("SIGKILL");
  }

  /** The same for whoever has something to clear away before "cancelled" is said. @returns when the process has ended. */
  stop(): Promise<void> {
    this.#child?.kill("SIGKILL");
    return this.#ended;
  }
}

/** Runs jobs in processes of their own: a broken file or a full memory ends the job, never the server. */
export class Jobs {
  readonly #command: readonly string[];
  readonly #workspace: string;
  readonly #scratch: string;
  readonly #jobs = new Map<string, Job>();
  /** A server before this one was killed, and jobs of it with it. */
  readonly isAfterKill: boolean;

  /** @param command the program and its arguments up to the command's name. */
  constructor(command: readonly string[], workspace: string, scratch: string) {
    this.#command = command;
    this.#workspace = workspace;
    this.#scratch = scratch;
    const left = (existsSync(scratch) ? readdirSync(scratch) : []).filter((file) =>
      /^job-[\w-]+\.json$/.test(file),
    );
    for (const file of left) rmSync(join(scratch, file), { force: true });
    this.isAfterKill = left.length > 0;
  }

  get(batch: string): Job | undefined {
    return this.#jobs.get(batch);
  }

  /** Imports that have not ended, oldest first. */
  running(): Job[] {
    return [...this.#jobs.values()].filter(({ spec, isOver }) => spec.task === "import" && !isOver);
  }

  /** @returns the job and when its process has ended. */
  start(spec: JobSpec): { job: Job; ended: Promise<void> } {
    const job = new Job(spec);
    this.#jobs.set(spec.task === "import" ? spec.batch : `${spec.task} ${spec.batch}`, job);
    const [oldest] = this.#jobs.keys();
    if (this.#jobs.size > KEPT && oldest !== undefined) this.#jobs.delete(oldest);
    const file = join(this.#scratch, `job-${spec.task}-${spec.batch}.json`);
    // Somebody may have cleared it away, as it is hidden and holds nothing of theirs.
    mkdirSync(this.#scratch, { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(spec), { mode: 0o600 });
    const [program = process.execPath, ...args] = this.#command;
    const child = spawn(program, [...args, "--workspace", this.#workspace, "import-job", file], {
      // What a bug says of itself, without values, stands in the server's log; by the channel it knows that the server lives.
      stdio: ["ignore", "pipe", "inherit", "ipc"],
      env: { ...process.env, INIT_CWD: this.#workspace },
    });
    if (child.pid !== undefined) yieldToReaders(child.pid);
    const ended = job.run(child).finally(() => rmSync(file, { force: true }));
    return { job, ended };
  }

  /** Runs one to its end. @returns what it said. */
  async finish(spec: JobSpec): Promise<Record<string, unknown>[]> {
    const { job, ended } = this.start(spec);
    await ended;
    return job.events.map(({ data }) => data);
  }

  close(): void {
    for (const job of this.#jobs.values()) if (!job.isOver) job.cancel();
  }
}
