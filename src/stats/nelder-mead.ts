export interface Found {
  at: number[];
  value: number;
}

/**
 * Nelder–Mead (1965): reflection 1, expansion 2, contraction ½, shrink ½. Stops when the best and the worst corner
 * agree and the simplex is small; `large` data need fewer digits. Also when the best corner is no longer `within`, and
 * after so many `turns`.
 */
export function minimise(
  of: (at: readonly number[]) => number,
  start: readonly number[],
  {
    step,
    large = false,
    within,
    turns = 5_000,
  }: { step: number; large?: boolean; within?: readonly [number, number]; turns?: number },
): Found {
  const [relative, width] = large ? [1e-10, 1e-6] : [1e-14, 1e-10];
  const n = start.length;
  const corner = (at: number[]): Found => ({ at, value: of(at) });
  let corners = [
    corner([...start]),
    ...start.map((_, k) => corner(start.map((x, i) => (i === k ? x + step : x)))),
  ];
  for (let turn = 0; turn < turns; turn++) {
    corners.sort((a, b) => a.value - b.value);
    const [best, worst, second] = [corners[0], corners[n], corners[n - 1]] as [Found, Found, Found];
    if (within && best.at.some((x) => x < within[0] || x > within[1])) break;
    const spread = Math.max(
      ...best.at.map((x, i) => Math.max(...corners.map(({ at }) => Math.abs((at[i] ?? 0) - x)))),
    );
    if (Math.abs(worst.value - best.value) <= relative * Math.abs(best.value) && spread <= width) break;
    const centre = best.at.map(
      (_, i) => corners.slice(0, n).reduce((sum, { at }) => sum + (at[i] ?? 0), 0) / n,
    );
    const towards = (point: Found, factor: number) =>
      corner(centre.map((c, i) => c + factor * ((point.at[i] ?? 0) - c)));
    const reflected = towards(worst, -1);
    let next: Found | null = null;
    if (reflected.value < best.value) {
      const expanded = towards(reflected, 2);
      next = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < second.value) next = reflected;
    else {
      const outside = reflected.value < worst.value;
      const contracted = towards(outside ? reflected : worst, 0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) next = contracted;
    }
    corners = next
      ? [...corners.slice(0, n), next]
      : [best, ...corners.slice(1).map(({ at }) => corner(at.map((x, i) => ((best.at[i] ?? 0) + x) / 2)))];
  }
  corners.sort((a, b) => a.value - b.value);
  return corners[0] as Found;
}
