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
    case messages.kind
        when 'text' then '文字 · ' || messages.text_length || ' 字节'
        when 'image' then '图片'
        when 'video' then '视频'
        when 'voice' then '语音'
        when 'file' then '文件'
        when 'link' then '链接'
        when 'miniapp' then '小程序'
        when 'red_packet' then '红包'
        when 'poll' then '投票'
        when 'solitaire' then '接龙'
        when 'announcement' then '群公告'
        else messages.kind
    end as detail_zh,
    messages.kind || if (
        messages.kind = 'text',
        ' · ' || messages.text_length || ' bytes',
        ''
    ) as detail_en
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
