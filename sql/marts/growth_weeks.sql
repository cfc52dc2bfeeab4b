/*
title: Growth accounting
description: >-
  Where the active members of each group ('*' = all groups) come from and where those of the week before went.
  Active = spoke or bought. active = new + retained + returned, and last week's active = retained + lost.
grain: [group_id, week]
columns:
  group_id: The group, or '*'.
  week: First day of the week (local).
  active: Members who spoke or bought.
  new: Of these, for the first time ever; somebody silent for months who speaks is new here, though no newcomer.
  retained: Active in the week before too.
  returned: Active before, but not in the week before.
  lost: Active in the week before and not this week.
  lost_left: Of these, no longer a member at the week's end.
  lost_quiet: Of these, still a member.
  quick_ratio: (new + returned) / lost; null when nobody was lost.
checks:
  - active = new + retained + returned
  - lost = lost_left + lost_quiet
*/
with
    weekly as (
        select
            group_id,
            week,
            sum(active)::bigint as active,
            sum(first_active)::bigint as new,
            sum(retained)::bigint as retained,
            sum(gone_quiet)::bigint as lost_quiet
        from
            marts.segment_weeks
        group by
            group_id,
            week
    ),
    steps as (
        select
            this.*,
            this.active - this.new - this.retained as returned,
            coalesce(before.active, 0) - this.retained as lost
        from
            weekly as this
            left join weekly as before on before.group_id = this.group_id
            and before.week = this.week - 7
    )
select
    group_id,
    week,
    active,
    new,
    retained,
    returned,
    lost,
    lost - lost_quiet as lost_left,
    lost_quiet,
    (new + returned) / nullif(lost, 0) as quick_ratio
from
    steps
