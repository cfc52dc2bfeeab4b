/*
title: Posts of the staff behind a finding
description: What the staff posted in the week, by kind; with calls = true only messages to everyone. Texts stay in the log.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  calls: {type: text, default: "false"}
people: []
*/
select
    messages.sent_at as happened_at,
    coalesce(people.display_name, '') as name,
    if ($calls = 'true', '@所有人', '员工帖') as what_zh,
    if ($calls = 'true', '@all', 'post of the staff') as what_en,
    messages.kind || if (
        messages.kind = 'text',
        ' · ' || messages.text_length || ' B',
        ''
    ) as detail
from
    marts.messages as messages
    left join marts.people as people using (person_id)
where
    messages.week = $week::date
    and (
        $group_id = '*'
        or messages.group_id = $group_id
    )
    and messages.is_staff
    and messages.is_counted
    and (
        $calls <> 'true'
        or list_contains(messages.mentions, '*')
    )
order by
    happened_at
limit
    200
