import { diskError } from "../kit/disk.ts";
import { messageOf } from "../kit/errors.ts";
import { outliveReaders } from "../kit/pipes.ts";
import type { Lang } from "../kit/say.ts";
import { printable } from "../kit/visible.ts";

/** To people, on stderr. */
export function tell(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/** What was asked for, on stdout: into a file or another program go its bytes as they are. */
export function give(text: string): void {
  process.stdout.write(`${process.stdout.isTTY ? printable(text) : text}\n`);
}

/**
 * What was asked for and could not be written is told, and the command has failed. A log whose disk is full ends no work: an
 * import goes on, a server serves on.
 */
export function outliveDisk(lang: () => Lang): void {
  outliveReaders([process.stderr], () => undefined);
  outliveReaders([process.stdout], (error) => {
    tell(diskError(error)?.in(lang()) ?? messageOf(error));
    process.exitCode = 1;
  });
}
