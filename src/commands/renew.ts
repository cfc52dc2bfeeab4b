import { type ChildProcess, spawn } from "node:child_process";
import type { Text } from "../kit/say.ts";
import type { ReviewSource } from "../review/source.ts";
import { UnusableError } from "../state/damage.ts";
import { listParts } from "../state/ledger.ts";
import { positionOf } from "../state/position.ts";
import type { State } from "../state/state.ts";
import { OutdatedError } from "../warehouse/outdated.ts";
import { lastPointer } from "../warehouse/publish.ts";
import type { Workspace } from "../workspace.ts";
import { type Context, say } from "./context.ts";

/** Of one generation that can't be used; what failed so often needs somebody who reads the log. */
const TRIES = 3;
const PAUSE_MS = 20_000;
const NONE_YET: Text = { zh: "还没有算好的结果", en: "There are no results yet" };
const GONE: Text = { zh: "算好的结果不见了", en: "The results are gone" };

/** A source whose results are computed anew by themselves where they can't be used. */
export interface Renewed {
  source: ReviewSource;
  /**
   * Looks at once.
   * @param isAfterKill somebody's import may have been killed before its build. Who imports on the command line builds there:
   * a build that nobody asked for would stand in the way of theirs.
   */
  begin: (isAfterKill: boolean) => Promise<void>;
  /** Whether a build runs, or will with the next look. */
  isRenewing: () => boolean;
  close: () => void;
}

/**
 * After an upgrade, or where the results are gone or damaged: all of them can be computed from what was imported, so nobody
 * need know how. The build is a process of its own, begun by the first look that finds the trouble; pages say so meanwhile.
 * @param command this program, as it was started.
 */
export function renewed(
  context: Context,
  workspace: Workspace,
  state: State,
  source: ReviewSource,
  command: readonly string[],
  now = () => performance.now(),
): Renewed {
  const tries = new Map<string, number>();
  let child: ChildProcess | undefined;
  let begun = Number.NEGATIVE_INFINITY;
  /** Whether this server has shown results: where none are left, somebody took them away. */
  let isShown = false;
  const key = () => lastPointer(workspace.marts)?.generation ?? "none";
  const left = () => TRIES - (tries.get(key()) ?? 0);

  const begin = (why: Text) => {
    if (child || left() <= 0 || now() - begun < PAUSE_MS) return;
    begun = now();
    tries.set(key(), (tries.get(key()) ?? 0) + 1);
    context.effects.log(
      say(context, {
        zh: `${why.zh}，正在重新计算……`,
        en: `${why.en}; they are being computed again …`,
      }),
    );
    const [program = process.execPath, ...args] = command;
    const running = spawn(
      program,
      [...args, "--workspace", workspace.root, "--lang", context.lang, "build"],
      {
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    child = running;
    running.on("error", ({ message }) => context.effects.log(message));
    running.on("close", () => {
      child = undefined;
    });
    for (const said of [running.stdout, running.stderr])
      said.on("data", (text: Buffer) => context.effects.log(text.toString().trimEnd()));
  };

  const look = <T>(error: unknown): T => {
    if (error instanceof OutdatedError || error instanceof UnusableError) begin(error.text);
    throw error;
  };

  /** Where something was imported and its results are missing, a page must not say that there is no data. */
  const assertNotMissing = async () => {
    if (!isShown && !tries.has("none")) return;
    if ((await listParts(state)).length === 0) return;
    look(isShown ? new UnusableError(GONE) : new UnusableError(NONE_YET));
  };

  const renewing: ReviewSource = {
    currentId() {
      try {
        return source.currentId();
      } catch (error) {
        return look(error);
      }
    },
    async read(use) {
      const made = await source.read(use).catch(look<never>);
      if (made !== null) isShown = true;
      else if (source.currentId() === null) await assertNotMissing();
      return made;
    },
  };
  return {
    async begin(isAfterKill) {
      const found = await renewing.read(async () => true).catch(() => false);
      if (found === null && (await listParts(state)).length > 0) begin(NONE_YET);
      const known = found && isAfterKill ? lastPointer(workspace.marts)?.ledger : undefined;
      if (known !== undefined && (await state.read(positionOf)) > known)
        begin({ zh: "有导入的数据还没有算进去", en: "Something was imported that the results do not have" });
    },
    isRenewing: () => child !== undefined || left() > 0,
    close: () => void child?.kill("SIGKILL"),
    source: renewing,
  };
}
