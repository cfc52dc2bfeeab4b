/*
title: {zh: 上周末状态, en: State a week before}
description:
  zh: 这个人在上一周周末属于哪一类；刚入群的还没有。
  en: The lifecycle segment at the end of the week before; nobody who has just joined has one.
grain: [person_id, week]
grainCheckedBy: marts.person_weeks
values:
  none: {zh: 新入群, en: Just joined}
  new: {zh: 新人, en: New}
  dormant: {zh: 沉默, en: Dormant}
  repeat: {zh: 复购, en: Repeat}
  active: {zh: 活跃, en: Active}
  quiet: {zh: 一般, en: Quiet}
*/
select
    person_id,
    week,
    -- What a member was before the first week of the review nobody has seen.
    if (
        is_member_start
        and week = (
            select
                min(week)
            from
                marts.segment_weeks
        ),
        null,
        previous_segment
    ) as value
from
    marts.person_weeks
