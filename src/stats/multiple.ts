/** Benjamini–Hochberg step-up q-values, q_(i) = min over j ≥ i of p_(j)·m/j. Nulls stay null and do not count in m. */
export function benjaminiHochberg(ps: readonly (number | null)[]): (number | null)[] {
  const ranked = ps.flatMap((p, at) => (p === null ? [] : [{ p, at }])).sort((a, b) => b.p - a.p);
  const qs: (number | null)[] = ps.map(() => null);
  let least = 1;
  ranked.forEach(({ p, at }, fromTop) => {
    least = Math.min(least, (p * ranked.length) / (ranked.length - fromTop));
    qs[at] = least;
  });
  return qs;
}
