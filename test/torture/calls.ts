/** One system call on a file. */
export interface Call {
  name: string;
  /** Of the file, the folder, or the old name. */
  path: string;
  /** The new name of a rename or link. */
  to: string | undefined;
  /** Whether it may have changed what is on the disk: not a look-up, not a failure. */
  changes: boolean;
  /** "ENOSPC" of a call that failed. */
  error: string | undefined;
}

/** A line of `strace -y`, without its thread. Undefined for what is no call on a file. */
export function parseCall(line: string): Call | undefined {
  const found = /^(\w+)\((.*)\)\s+= (-?\d+)?(?:<([^>]*)>)?\s*(E[A-Z]+)?/.exec(line);
  if (!found) return undefined;
  const [, name = "", args = "", , opened, error] = found;
  const names = [...args.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? "");
  const byHandle = /^\d+<([^>]*)>/.exec(args)?.[1];
  const path = byHandle ?? opened ?? names[0];
  if (path === undefined) return undefined;
  const isLookup = name === "openat" && !args.includes("O_CREAT");
  return { name, path, to: names[1], changes: error === undefined && !isLookup, error };
}
