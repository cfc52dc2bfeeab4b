import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Call, parseCall } from "./calls.ts";

export interface Traced {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  log: string;
  /** Calls below `root`, in the order in which they ended. */
  calls: Call[];
}

export interface TraceOptions {
  /** Calls on other paths are not told. */
  root: string;
  env?: NodeJS.ProcessEnv;
  /** System calls after which the process is stopped, as strace names them: "fsync,rename". */
  stopAfter?: string;
  /** With every thread stopped: the disk is as a SIGKILL would leave it. `calls` are those since the last stop. */
  onStop?: (calls: readonly Call[]) => Promise<"go" | "kill">;
  /** Kills the process from outside, wherever it is. */
  killOn?: AbortSignal;
  /** strace's own form: "fsync:error=EIO:when=3". */
  inject?: string;
  /** Paths that the injection is limited to. Calls on other paths are not traced then. */
  only?: readonly string[];
}

const TRACED = "openat,write,pwrite64,fsync,fdatasync,rename,unlink,link,ftruncate,mkdir,chmod,rmdir";

/**
 * As root on Debian it is installed, as the browser of the page tests is.
 * @throws Error that says what to install. A crash test that skips itself would prove nothing.
 */
export function ensureStrace(): void {
  const isThere = () => spawnSync("strace", ["-V"]).status === 0;
  if (isThere()) return;
  if (existsSync("/usr/bin/apt-get") && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    for (const args of [
      ["update", "-qq"],
      ["install", "-y", "-qq", "--no-install-recommends", "strace"],
    ])
      spawnSync("apt-get", args, { stdio: "inherit", env });
    if (isThere()) return;
  }
  throw new Error(
    "No strace found for the crash tests. Install it (Debian, Ubuntu: sudo apt-get install strace).",
  );
}

/** Runs a command under strace to its end, or until `onStop` kills it. */
export async function trace(command: readonly string[], options: TraceOptions): Promise<Traced> {
  const { stopAfter, inject } = options;
  const folder = mkdtempSync(join(tmpdir(), "fupan-strace-"));
  const told = join(folder, "calls");
  writeFileSync(told, "");
  const args = ["-f", "-y", "-s", "0", "-o", told, "-e", `trace=${TRACED}`];
  // Without a signal to inject, only the traced calls need to stop the process.
  if (!stopAfter) args.push("--seccomp-bpf");
  else args.push("-e", `inject=${stopAfter}:signal=STOP:when=1+`);
  if (inject) args.push("-e", `inject=${inject}`);
  for (const path of options.only ?? []) args.push("-P", path);
  const child = spawn("strace", [...args, ...command], {
    env: { ...process.env, CHROMIUM: "/no/chromium", INIT_CWD: "", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", log: "" };
  child.stdout?.on("data", (text: Buffer) => {
    said.out += text.toString();
  });
  child.stderr?.on("data", (text: Buffer) => {
    said.log += text.toString();
  });
  const watch = new Watch(options);
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  try {
    await watch.follow(told, child, ended);
  } finally {
    rmSync(folder, { recursive: true });
  }
  const [code, signal] = await ended;
  return { code, signal, ...said, calls: watch.calls };
}

/** Reads strace's lines, and lets the process go on from each stop. */
class Watch {
  readonly calls: Call[] = [];
  readonly #options: TraceOptions;
  readonly #begun = new Map<string, string>();
  #pid: number | undefined;
  #since: Call[] = [];
  /** A thread has said that it was stopped; the others follow. */
  #stopped: boolean;
  #rest = "";
  #killed: boolean = false;

  constructor(options: TraceOptions) {
    this.#options = options;
    this.#stopped = false;
  }

  async follow(told: string, child: ChildProcess, ended: Promise<unknown>): Promise<void> {
    const file = openSync(told, "r");
    try {
      while (child.exitCode === null && child.signalCode === null) {
        await Promise.race([ended, wait(this.#options.stopAfter ? 1 : 50)]);
        this.#read(file);
        if (this.#options.killOn?.aborted && !this.#killed && this.#pid !== undefined) {
          this.#killed = true;
          process.kill(this.#pid, "SIGKILL");
        } else if (this.#stopped && this.#pid !== undefined && isStopped(this.#pid))
          await this.#goOn(file, this.#pid);
      }
      this.#read(file);
    } finally {
      closeSync(file);
    }
  }

  async #goOn(file: number, pid: number): Promise<void> {
    // What the other threads did before they stopped.
    this.#read(file);
    this.#stopped = false;
    const since = this.#since;
    this.#since = [];
    const then = since.length > 0 && this.#options.onStop ? await this.#options.onStop(since) : "go";
    if (then === "kill") process.kill(pid, "SIGKILL");
    else letGo(pid);
  }

  #read(file: number): void {
    const buffer = Buffer.alloc(1 << 16);
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      const lines = (this.#rest + buffer.toString("latin1", 0, read)).split("\n");
      this.#rest = lines.pop() ?? "";
      for (const line of lines) this.#line(line);
    }
  }

  #line(line: string): void {
    const [, thread = "", rest = ""] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    this.#pid ??= Number(thread);
    if (rest.startsWith("--- stopped by SIGSTOP")) this.#stopped = true;
    const unfinished = /^(.*) <unfinished \.\.\.>$/.exec(rest)?.[1];
    if (unfinished !== undefined) return void this.#begun.set(thread, unfinished);
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(rest)?.[1];
    const call = parseCall(resumed === undefined ? rest : `${this.#begun.get(thread) ?? ""}${resumed}`);
    if (!call?.path.startsWith(this.#options.root)) return;
    this.calls.push(call);
    if (call.changes) this.#since.push(call);
  }
}

/** A thread that strace holds for a moment looks as if it were stopped, so the process may have ended since. */
function letGo(pid: number): void {
  try {
    process.kill(pid, "SIGCONT");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Whether every thread stands still. */
function isStopped(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).every((task) =>
      /^State:\s+[tT]/m.test(readFileSync(`/proc/${pid}/task/${task}/status`, "utf8")),
    );
  } catch {
    return false;
  }
}
