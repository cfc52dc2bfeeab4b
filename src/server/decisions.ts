import { statSync } from "node:fs";
import type { Action } from "../rules/suggestion.ts";
import { type State, writesOf } from "../state/state.ts";
import { listActions } from "../state/suggestions.ts";

const known = new WeakMap<State, { version: string; actions: Promise<readonly Action[]> }>();

/**
 * What was decided on suggestions, read again only after the state's file changed: opening it takes longer than all
 * other questions of a page together, and shuts other processes out meanwhile. None without a state.
 */
export async function decidedActions(state: State | undefined): Promise<readonly Action[]> {
  if (!state) return [];
  const version = `${writesOf(state.path)} ${changedAt(state.path)}`;
  const before = known.get(state);
  if (before?.version === version) return before.actions;
  const now = { version, actions: listActions(state) };
  known.set(state, now);
  try {
    return await now.actions;
  } catch (error) {
    if (known.get(state) === now) known.delete(state);
    throw error;
  }
}

/** When a file was last written, 0 where there is none. Milliseconds. */
export function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
