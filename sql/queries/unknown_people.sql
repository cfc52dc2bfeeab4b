/*
title: People of the settings whom nobody is
description: Entries under staff, bots and optOut of fupan.yaml that are nobody who was imported, and what that does to numbers and lists.
params:
  group_id: {type: text, default: "*"}
people: []
*/
select
    'unknown_' || setting as code,
    'warn' as severity,
    case setting
        when 'optOut' then format(
            '设置文件 fupan.yaml 里不想被联系的人（optOut）有 {} 个对不上任何人：名单里可能还有他们，请核对编号、手机号或邮箱。',
            unknown
        )
        when 'bots' then format(
            '设置文件 fupan.yaml 里的机器人（bots）有 {} 个对不上任何人：写错的会算成群友，请核对编号。',
            unknown
        )
        else format(
            '设置文件 fupan.yaml 里的员工（staff、jobs）有 {} 个对不上任何人：写错的会算成群友，请核对编号。',
            unknown
        )
    end as zh,
    case setting
        when 'optOut' then format(
            'People under optOut in fupan.yaml who are nobody: {}. They may still be on lists; check the id, phone number or e-mail address.',
            unknown
        )
        when 'bots' then format(
            'Bots in fupan.yaml that are nobody: {}. One that is misspelt counts as a member; check the ids.',
            unknown
        )
        else format(
            'Staff in fupan.yaml (staff, jobs) who are nobody: {}. Whoever is misspelt counts as a member; check the ids.',
            unknown
        )
    end as en,
    null::varchar as href
from
    marts.named_people
where
    unknown > 0
    and $group_id = '*'
order by
    setting desc
