/*
title: Segments by group and week
description: >-
  What the members of each group ('*' = all groups, each person once) and lifecycle segment did in each week, in
  counts: the KPIs of members add these up.
grain: [group_id, week, segment]
columns:
  group_id: The group, or '*'.
  week: First day of the week (local).
  segment: Lifecycle segment at the week's end.
  members_present: Members whose stay overlaps the week.
  members_end: Members just before the week's end.
  established: Members for the whole of this week and the one before.
  churned: Left and not there at the week's end.
  speakers: Sent a counted message.
  organic_speakers: Sent one that is neither a mere acknowledgement nor right after a red packet.
  speakers_end: Of the members at the week's end, those who spoke in it.
  speakers_established: Of the established members, those who spoke.
  messages: Their counted messages.
  buyers: With a valid order.
  active: Spoke or bought.
  first_active: Of these, for the first time ever.
  retained: Active this week and the week before.
  gone_quiet: Active the week before, not now, and still there at the week's end.
  newcomers: Joined for the first time.
  observed_24h: Newcomers observed for 24 hours.
  spoke_24h: Of these, spoke within 24 hours.
  left_24h: Of these, left within 24 hours.
  observed_7d: Newcomers observed for 7 days.
  spoke_7d: Of these, spoke within 7 days.
*/
select
    group_id,
    week,
    segment,
    count(*) as members_present,
    count(*) filter(is_member_end) as members_end,
    count(*) filter(is_established) as established,
    count(*) filter(churned) as churned,
    count(*) filter(spoke) as speakers,
    count(*) filter(spoke_organic) as organic_speakers,
    count(*) filter(
        spoke
        and is_member_end
    ) as speakers_end,
    count(*) filter(
        spoke
        and is_established
    ) as speakers_established,
    sum(messages)::bigint as messages,
    count(*) filter(bought) as buyers,
    count(*) filter(
        spoke
        or bought
    ) as active,
    count(*) filter(is_first_active) as first_active,
    count(*) filter(
        (
            spoke
            or bought
        )
        and (
            messages_before > 0
            or bought_before
        )
    ) as retained,
    count(*) filter(
        not spoke
        and not bought
        and (
            messages_before > 0
            or bought_before
        )
        and is_member_end
    ) as gone_quiet,
    count(*) filter(is_newcomer) as newcomers,
    count(*) filter(observed_24h) as observed_24h,
    count(*) filter(spoke_24h) as spoke_24h,
    count(*) filter(left_24h) as left_24h,
    count(*) filter(observed_7d) as observed_7d,
    count(*) filter(spoke_7d) as spoke_7d
from
    marts.presence
where
    in_group
group by
    group_id,
    week,
    segment
union all
select
    '*',
    week,
    segment,
    count(*) as members_present,
    count(*) filter(is_member_end) as members_end,
    count(*) filter(is_established) as established,
    count(*) filter(churned) as churned,
    count(*) filter(spoke) as speakers,
    count(*) filter(spoke_organic) as organic_speakers,
    count(*) filter(
        spoke
        and is_member_end
    ) as speakers_end,
    count(*) filter(
        spoke
        and is_established
    ) as speakers_established,
    sum(messages)::bigint as messages,
    count(*) filter(bought) as buyers,
    count(*) filter(
        spoke
        or bought
    ) as active,
    count(*) filter(is_first_active) as first_active,
    count(*) filter(
        (
            spoke
            or bought
        )
        and (
            messages_before > 0
            or bought_before
        )
    ) as retained,
    count(*) filter(
        not spoke
        and not bought
        and (
            messages_before > 0
            or bought_before
        )
        and is_member_end
    ) as gone_quiet,
    count(*) filter(is_newcomer) as newcomers,
    count(*) filter(observed_24h) as observed_24h,
    count(*) filter(spoke_24h) as spoke_24h,
    count(*) filter(left_24h) as left_24h,
    count(*) filter(observed_7d) as observed_7d,
    count(*) filter(spoke_7d) as spoke_7d
from
    marts.presence
where
    in_total
group by
    week,
    segment
