import { spawn } from "node:child_process";
import type { ReviewSource } from "../review/source.ts";
import { OutdatedError } from "../warehouse/outdated.ts";
import type { Workspace } from "../workspace.ts";
import { type Context, say } from "./context.ts";

/**
 * After an upgrade: what other models made is built anew in a process of its own, and pages say so until it is published.
 * @param command this program, as it was started.
 * @returns how to stop it.
 */
export async function renew(
  context: Context,
  workspace: Workspace,
  source: ReviewSource,
  command: readonly string[],
): Promise<() => void> {
  if (!(await isOutdated(source))) return () => undefined;
  context.effects.log(
    say(context, {
      zh: "结果是另一个版本的复盘算的，正在重新计算……",
      en: "The results were computed by another version of Fupan and are being computed again …",
    }),
  );
  const [program = process.execPath, ...args] = command;
  const child = spawn(program, [...args, "--workspace", workspace.root, "--lang", context.lang, "build"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  child.on("error", ({ message }) => context.effects.log(message));
  for (const said of [child.stdout, child.stderr])
    said.on("data", (text: Buffer) => context.effects.log(text.toString().trimEnd()));
  return () => void child.kill("SIGKILL");
}

async function isOutdated(source: ReviewSource): Promise<boolean> {
  try {
    await source.read(async () => null);
    return false;
  } catch (error) {
    // Whatever else is wrong with it, each page says.
    return error instanceof OutdatedError;
  }
}
