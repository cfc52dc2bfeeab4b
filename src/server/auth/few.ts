/** Fewer people than this are not shown to a viewer: a count of two names somebody. */
export const SMALL = 5;

/** More than nobody, fewer than five. */
export function isFew(count: unknown): boolean {
  return typeof count === "number" && count > 0 && count < SMALL;
}
