import { getPriority, setPriority } from "node:os";

/** Of Unix's -20 (first) to 19 (last): a quarter of a processor that a reader wants too, all of one that nobody wants. */
const LATER = 5;

/**
 * Work that can wait lets whoever looks at a page go first. Threads that a process has already keep their priority, so
 * it is asked for before the work begins.
 * @param pid another process; default: this one.
 */
export function yieldToReaders(pid = 0): void {
  try {
    if (getPriority(pid) < LATER) setPriority(pid, LATER);
  } catch {
    // Ended already, or a system that forbids it: then the work takes its share as before.
  }
}
