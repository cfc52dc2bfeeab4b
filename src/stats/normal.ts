/** 97.5 % quantile of the standard normal distribution (R: qnorm(.975)). */
export const Z95 = 1.959963984540054;

/** Complementary error function: series below 2.5, Lentz' continued fraction above; relative error about 1e-14. */
export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  return x < 2.5 ? 1 - erfSeries(x) : Math.exp(-x * x) * scaledTail(x);
}

/** e^(x²)·erfc(x) for x ≥ 2.5, which neither under- nor overflows. */
function scaledTail(x: number): number {
  const tiny = 1e-300;
  let f = x;
  let c = x;
  let d = 0;
  for (let n = 1; n < 500; n++) {
    const a = n / 2;
    d = 1 / (x + a * d || tiny);
    c = x + a / (c || tiny);
    const step = c * d;
    f *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return 1 / (f * Math.sqrt(Math.PI));
}

function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    const next = term / (2 * n + 1);
    sum += next;
    if (Math.abs(next) < 1e-17 * Math.abs(sum)) break;
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** Two-sided p of a standard normal z. */
export function twoSidedP(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/**
 * The same for SQL, which has no error function: erfc(x) = t·exp(P(2t − 1) − x²) with t = 2 / (2 + x), where P is
 * interpolated at Chebyshev nodes of `erfc` above. Relative error below 1e-9.
 * @param z name of a column with a standard normal z.
 */
export function twoSidedPSql(z: string): string {
  const x = `(abs(${z}) / sqrt(2))`;
  const t = `(2 / (2 + ${x}))`;
  const polynomial = tailPolynomial().reduceRight(
    (inner, coefficient) =>
      inner === "" ? `${coefficient}` : `(${coefficient} + (2 * ${t} - 1) * ${inner})`,
    "",
  );
  return `${t} * exp(${polynomial} - ${x} * ${x})`;
}

const NODES = 16;

/** Coefficients, lowest power first, of ln(e^(x²)·erfc(x) / t) in y = 2t − 1 on [−1, 1]. */
function tailPolynomial(): number[] {
  const angles = Array.from({ length: NODES }, (_, k) => (Math.PI * (k + 0.5)) / NODES);
  const values = angles.map((angle) => {
    const t = (Math.cos(angle) + 1) / 2;
    const x = 2 / t - 2;
    return Math.log((x < 2.5 ? Math.exp(x * x) * erfc(x) : scaledTail(x)) / t);
  });
  const powers = new Array<number>(NODES).fill(0);
  let [before, now] = [[1], [0, 1]];
  for (let n = 0; n < NODES; n++) {
    const weight =
      ((n === 0 ? 1 : 2) / NODES) *
      values.reduce((sum, value, k) => sum + value * Math.cos(n * (angles[k] ?? 0)), 0);
    before.forEach((coefficient, power) => {
      powers[power] = (powers[power] ?? 0) + weight * coefficient;
    });
    const next = [0, ...now.map((one) => 2 * one)].map((one, power) => one - (before[power] ?? 0));
    [before, now] = [now, next];
  }
  return powers;
}
