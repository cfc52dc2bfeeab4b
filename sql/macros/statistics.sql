-- Wilson's 95 % interval of y out of n. None of n is exactly 0 at its lower end and all of n exactly 1 at its upper one:
-- rounding would leave 1e-11 that is more than a baseline of nothing.
create or replace macro wilson_low (y, n) as if (
    y = 0,
    0.0,
    (
        y + 1.9207294103 - 1.959963984540054 * sqrt(y * (n - y) / n::double + 0.9603647051)
    ) / (n + 3.8414588206)
);

create or replace macro wilson_high (y, n) as if (
    y = n,
    1.0,
    (
        y + 1.9207294103 + 1.959963984540054 * sqrt(y * (n - y) / n::double + 0.9603647051)
    ) / (n + 3.8414588206)
);

-- P(X >= k) of n trials with chance p, summed in logarithms.
create or replace macro binomial_tail (k, n, p) as if (
    k <= 0,
    1.0,
    coalesce(
        list_sum(
            list_transform(
                range(k::bigint, n::bigint + 1),
                lambda i: exp(
                    lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * ln(p) + (n - i) * ln(1 - p)
                )
            )
        ),
        0.0
    )
);

-- McNemar's mid-p (two-sided) that more people named this and not that than the other way round; where they did not, 1.
create or replace macro mcnemar_lead_p (only_this, only_that) as if (
    only_this <= only_that,
    1.0,
    binomial_tail (only_this, only_this + only_that, 0.5) + binomial_tail (only_this + 1, only_this + only_that, 0.5)
);

-- P(X >= k) of a count with this mean.
create or replace macro poisson_tail (k, mean) as if (
    mean <= 0,
    if (k <= 0, 1.0, 0.0),
    greatest(
        0.0,
        1 - coalesce(
            list_sum(
                list_transform(
                    range(0, k::bigint),
                    lambda i: exp(i * ln(mean) - mean - lgamma(i + 1))
                )
            ),
            0.0
        )
    )
);

-- Two-sided p of a standard normal z; error below 1.5e-7 (Abramowitz and Stegun 7.1.26).
create or replace macro two_sided_p (z) as list_transform(
    [1 / (1 + 0.3275911 * abs(z) / sqrt(2.0))],
    lambda t: exp(- z * z / 2.0) * t * (
        0.254829592 + t * (
            -0.284496736 + t * (
                1.421413741 + t * (-1.453152027 + t * 1.061405429)
            )
        )
    )
) [1];

-- P(X < x) of a beta distribution, midpoint rule of 400 steps.
create or replace macro beta_below (x, a, b) as list_sum(
    list_transform(
        range(0, 400),
        lambda i: x / 400 * exp(
            lgamma(a + b) - lgamma(a) - lgamma(b) + (a - 1) * ln(x * (i + 0.5) / 400) + (b - 1) * ln(1 - x * (i + 0.5) / 400)
        )
    )
);
