import fc from "fast-check";

/** A sample up to here is cut at each of its bytes, a longer one at as many places as this by chance. */
const EACH = 600;

/** Where a sample is cut: other places in every run; what fails names its place. */
export function cuts(content: Uint8Array): number[] {
  const last = content.length - 1;
  if (last <= EACH) return Array.from({ length: Math.max(last, 0) }, (_, at) => at + 1);
  const some = fc.uniqueArray(fc.integer({ min: 1, max: last }), {
    minLength: EACH / 2,
    maxLength: EACH / 2,
  });
  return fc.sample(some, 1).flat();
}
