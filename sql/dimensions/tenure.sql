/*
title: {zh: 入群时长, en: Tenure}
description:
  zh: 到本周开始时，这个人第一次入群有多久了。
  en: How long ago, at the week's start, the person first joined a group.
grain: [person_id, week]
grainCheckedBy: marts.person_weeks
values:
  week_0: {zh: 本周入群, en: Joined this week}
  weeks_1_4: {zh: 4 周以内, en: Up to 4 weeks}
  weeks_5_12: {zh: 5–12 周, en: 5 to 12 weeks}
  weeks_13: {zh: 12 周以上, en: Over 12 weeks}
*/
select
    person_id,
    week,
    case
        when first_joined_week is null then 'weeks_13'
        when first_joined_week >= week then 'week_0'
        when first_joined_week >= week - 28 then 'weeks_1_4'
        when first_joined_week >= week - 84 then 'weeks_5_12'
        else 'weeks_13'
    end as value
from
    marts.person_weeks
