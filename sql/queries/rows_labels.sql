/*
title: Messages behind a finding
description: >-
  Messages of the week that carry a label, with the words that made it fire. Texts stay in the log. sender: staff, member, or
  seller, which is whoever promotes for the community (staff and partners).
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  label: {type: text, default: ad}
  sender: {type: text, default: "*"}
people: []
*/
select
    labels.sent_at as happened_at,
    coalesce(people.display_name, '') as name,
    case $label
        when 'ad' then '推广'
        when 'complaint' then '抱怨'
        when 'question' then '提问'
        when 'purchase_intent' then '想买'
        when 'greeting' then '问候'
        when 'topic' then '话题'
        when 'benefit' then '福利'
    end as what_zh,
    case $label
        when 'ad' then 'advertisement'
        when 'complaint' then 'complaint'
        when 'question' then 'question'
        when 'purchase_intent' then 'wants to buy'
        when 'greeting' then 'greeting'
        when 'topic' then 'topic'
        when 'benefit' then 'benefit'
    end as what_en,
    string_agg(
        distinct labels.term,
        '、'
        order by
            labels.term
    ) as detail_zh,
    string_agg(
        distinct replace(labels.term, '、', ', '),
        ', '
        order by
            replace(labels.term, '、', ', ')
    ) as detail_en
from
    marts.message_labels as labels
    inner join marts.messages as messages on messages.message_key = labels.message_key
    and messages.group_id = labels.group_id
    and messages.week = labels.week
    left join marts.people as people on people.person_id = labels.person_id
where
    labels.week = $week::date
    and (
        $group_id = '*'
        or labels.group_id = $group_id
    )
    and labels.label = $label
    and (
        $sender in ('*', messages.role)
        or (
            $sender = 'seller'
            and messages.role in ('staff', 'partner')
        )
    )
group by
    labels.message_key,
    labels.sent_at,
    people.display_name
order by
    happened_at
limit
    200
