/*
title: {zh: 及时回复率, en: Reply rate}
description:
  zh: 成员的提问中，员工在 30 分钟内回复的；只计服务时间，夜里的提问从早上开门算起。同一人五分钟内连着问算一条；回复要引用或点名提问的人，没有就看一小时内员工的下一句，但那时没有别人在等。靠字面认提问，实际只多不少。
  en: Questions of members that staff answered within 30 minutes; only service hours run, a question at night counts from the morning. Questions of one member at most five minutes apart are one; a reply quotes or names the asker or, failing that, is the next word of the staff within an hour while nobody else waits. Told by their words, so the number of questions is a lower bound.
unit: ratio
good: up
minDenominator: 10
of: {zh: 次提问, en: questions}
needs: messages
*/
select
    coalesce(group_id, '*') as group_id,
    week,
    '*' as segment,
    count(*) filter(is_reply_in_time) as numerator,
    count(*) as denominator
from
    marts.service_cases
where
    kind = 'question'
    and is_reply_in_time is not null
group by
    grouping sets ((group_id, week), (week))
