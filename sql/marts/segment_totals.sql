/*
title: Segments by group and week, and all of them together
description: >-
  marts.segment_weeks with a row more for each group and week, its segment '*': all segments together. Added up once,
  for every KPI of members.
grain: [group_id, week, segment]
columns:
  group_id: The group, or '*'.
  week: First day of the week (local).
  segment: Lifecycle segment at the week's end, or '*'.
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
select
    group_id,
    week,
    segment,
    members_present,
    members_end,
    established,
    members_heard,
    members_end_heard,
    established_heard,
    members_watched,
    churned,
    speakers,
    organic_speakers,
    speakers_end,
    speakers_established,
    messages,
    buyers,
    active,
    first_active,
    retained,
    gone_quiet,
    newcomers,
    heard_24h,
    spoke_24h,
    watched_24h,
    left_24h,
    heard_7d,
    spoke_7d
from
    marts.segment_weeks
union all
select
    group_id,
    week,
    '*',
    sum(members_present)::bigint,
    sum(members_end)::bigint,
    sum(established)::bigint,
    sum(members_heard)::bigint,
    sum(members_end_heard)::bigint,
    sum(established_heard)::bigint,
    sum(members_watched)::bigint,
    sum(churned)::bigint,
    sum(speakers)::bigint,
    sum(organic_speakers)::bigint,
    sum(speakers_end)::bigint,
    sum(speakers_established)::bigint,
    sum(messages)::bigint,
    sum(buyers)::bigint,
    sum(active)::bigint,
    sum(first_active)::bigint,
    sum(retained)::bigint,
    sum(gone_quiet)::bigint,
    sum(newcomers)::bigint,
    sum(heard_24h)::bigint,
    sum(spoke_24h)::bigint,
    sum(watched_24h)::bigint,
    sum(left_24h)::bigint,
    sum(heard_7d)::bigint,
    sum(spoke_7d)::bigint
from
    marts.segment_weeks
group by
    group_id,
    week
