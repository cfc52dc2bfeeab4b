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
  members_heard: Of the members present, in a group whose chat log reaches back to the week.
  members_end_heard: Members just before the week's end of such a group.
  established_heard: Members for the whole of this week and the one before of such a group.
  members_watched: Of the members present, in a group whose sources can show who left.
  churned: Left and not there at the week's end.
  speakers: Sent a counted message.
  organic_speakers: Sent one that is neither a mere acknowledgement nor right after a red packet.
  speakers_end: Of members_end_heard, those who spoke in the week.
  speakers_established: Of established_heard, those who spoke.
  messages: Their counted messages.
  buyers: With a valid order.
  active: Spoke or bought.
  first_active: Of these, for the first time ever.
  retained: Active this week and the week before.
  gone_quiet: Active the week before, not now, and still there at the week's end.
  newcomers: Joined for the first time.
  heard_24h: Newcomers observed for 24 hours in a group whose chat log reaches back to the week.
  spoke_24h: Of these, spoke within 24 hours.
  watched_24h: Newcomers observed for 24 hours in a group whose sources can show who left.
  left_24h: Of these, left within 24 hours.
  heard_7d: Newcomers observed for 7 days in a group whose chat log reaches back to the week.
  spoke_7d: Of these, spoke within 7 days.
*/
with
    -- One pass: who is in one group alone is a row of both, of the group and of the total.
    counted as (
        select
            group_id,
            week,
            segment,
            in_group,
            in_total,
            count(*) as members_present,
            count(*) filter(is_member_end) as members_end,
            count(*) filter(is_established) as established,
            count(*) filter(is_heard) as members_heard,
            count(*) filter(is_end_heard) as members_end_heard,
            count(*) filter(is_established_heard) as established_heard,
            count(*) filter(is_watched) as members_watched,
            count(*) filter(churned) as churned,
            count(*) filter(spoke) as speakers,
            count(*) filter(spoke_organic) as organic_speakers,
            count(*) filter(
                spoke
                and is_end_heard
            ) as speakers_end,
            count(*) filter(
                spoke
                and is_established_heard
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
            count(*) filter(heard_24h) as heard_24h,
            count(*) filter(spoke_24h) as spoke_24h,
            count(*) filter(watched_24h) as watched_24h,
            count(*) filter(left_24h) as left_24h,
            count(*) filter(heard_7d) as heard_7d,
            count(*) filter(spoke_7d) as spoke_7d
        from
            marts.presence
        group by
            group_id,
            week,
            segment,
            in_group,
            in_total
    ),
    scoped as (
        select
            *,
            unnest(
                case
                    when not in_total then [group_id]
                    when in_group then [group_id, '*']
                    else ['*']
                end
            ) as scope
        from
            counted
        where
            in_group
            or in_total
    )
select
    scope as group_id,
    week,
    segment,
    sum(members_present)::bigint as members_present,
    sum(members_end)::bigint as members_end,
    sum(established)::bigint as established,
    sum(members_heard)::bigint as members_heard,
    sum(members_end_heard)::bigint as members_end_heard,
    sum(established_heard)::bigint as established_heard,
    sum(members_watched)::bigint as members_watched,
    sum(churned)::bigint as churned,
    sum(speakers)::bigint as speakers,
    sum(organic_speakers)::bigint as organic_speakers,
    sum(speakers_end)::bigint as speakers_end,
    sum(speakers_established)::bigint as speakers_established,
    sum(messages)::bigint as messages,
    sum(buyers)::bigint as buyers,
    sum(active)::bigint as active,
    sum(first_active)::bigint as first_active,
    sum(retained)::bigint as retained,
    sum(gone_quiet)::bigint as gone_quiet,
    sum(newcomers)::bigint as newcomers,
    sum(heard_24h)::bigint as heard_24h,
    sum(spoke_24h)::bigint as spoke_24h,
    sum(watched_24h)::bigint as watched_24h,
    sum(left_24h)::bigint as left_24h,
    sum(heard_7d)::bigint as heard_7d,
    sum(spoke_7d)::bigint as spoke_7d
from
    scoped
group by
    scope,
    week,
    segment
