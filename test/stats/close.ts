import { expect } from "vitest";

/** Every number within 1e-9 (or what is asked) of its oracle. */
export function close(
  got: readonly (number | null | undefined)[],
  wanted: readonly number[],
  tolerance = 1e-9,
): void {
  expect(got).toHaveLength(wanted.length);
  wanted.forEach((one, at) => {
    expect(Math.abs(Number(got[at] ?? Number.NaN) - one), `${got[at]} is not ${one}`).toBeLessThanOrEqual(
      tolerance,
    );
  });
}
