/*
title: Cases behind a finding
description: Cases of one kind that opened in the week, with what is missing. Those without a reply first.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  kind: {type: text, default: question}
people: []
*/
select
    cases.opened_at as happened_at,
    coalesce(people.display_name, '') as name,
    case
        when cases.first_reply_minutes is null then '没人接'
        else cases.first_reply_minutes || ' 分钟后首答'
    end as what_zh,
    case
        when cases.first_reply_minutes is null then 'no reply'
        else 'first reply after ' || cases.first_reply_minutes || ' min'
    end as what_en,
    '缺：' || array_to_string(
        [
            coalesce(
                map {
                    'auto': '机器人欢迎',
                    'greet': '点名欢迎',
                    'gift': '见面礼',
                    'reply': '回答',
                    'respond': '响应',
                    'calm': '安抚',
                    'solve': '解决',
                    'follow': '回访',
                    'shipped': '发货通知',
                    'ask': '使用询问',
                    'warn': '提醒',
                    'result': '告知结果'
                } [stage],
                stage
            ) for stage in nullif(cases.missing_stages, [])
        ],
        '、'
    ) as detail_zh,
    'missing: ' || array_to_string(nullif(cases.missing_stages, []), ', ') as detail_en
from
    marts.service_cases as cases
    left join marts.people as people using (person_id)
where
    cases.week = $week::date
    and (
        $group_id = '*'
        or cases.group_id = $group_id
    )
    and cases.kind = $kind
order by
    cases.first_reply_minutes desc nulls first,
    happened_at
limit
    200
