/*
title: Who buys again, and how well it can be told
description: >-
  The model of who buys again (MBG/NBD, in weeks), and how it and two plain orders would have done eight weeks ago: area
  under the curve and how much more often the first tenth of the list came again than all. Status says why there is no
  model: few_buyers, few_repeats or diverged.
people: [buyers, repeaters, tested, came_again]
*/
select
    status,
    until_day,
    buyers,
    repeaters,
    tested_from,
    horizon_days,
    half_life_days,
    tested,
    came_again,
    auc_plain,
    auc_recent,
    auc_model,
    lift_plain,
    lift_recent,
    lift_model,
    expected_share,
    seen_share
from
    report.repurchase_model
