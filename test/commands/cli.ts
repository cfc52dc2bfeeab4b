import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CLI = new URL("../../src/cli.ts", import.meta.url).pathname;
// By its place: the shell stands in another folder.
const TSX = ["--import", import.meta.resolve("tsx")];

/** Without what npm and CI add: a user's shell has neither. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { INIT_CWD: _, NO_COLOR: __, ...env } = process.env;
  // A report printed at every run would take longer than the run; test/report prints one.
  return { ...env, CHROMIUM: "/no/chromium" };
}

export interface Ran {
  code: number | null;
  out: string;
  log: string;
}

/** A folder of its own, in which the program runs as from a shell. */
export class Shell {
  readonly root = mkdtempSync(join(tmpdir(), "fupan-cli-"));

  fupan(...args: string[]): Ran {
    return this.#run(args, {});
  }

  /** On a machine that stands in that zone. */
  inZone(TZ: string, ...args: string[]): Ran {
    return this.#run(args, { TZ });
  }

  #run(args: readonly string[], more: NodeJS.ProcessEnv): Ran {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...TSX, CLI, ...args], {
      cwd: this.root,
      env: { ...plainEnvironment(), ...more },
      encoding: "utf8",
    });
    return { code: status, out: stdout, log: stderr };
  }

  /** The same without waiting for its end. */
  start(...args: string[]): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [...TSX, CLI, ...args], { cwd: this.root, env: plainEnvironment() });
  }

  json<T>(...args: string[]): T {
    const { out, code, log } = this.fupan(...args, "--json");
    if (code !== 0) throw new Error(`exit ${code}: ${log}`);
    return JSON.parse(out) as T;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
