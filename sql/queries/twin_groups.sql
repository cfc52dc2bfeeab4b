/*
title: Groups that are there twice
description: >-
  Groups that one source knows by their id and another by their name alone: most likely one group, whose members stand in one place and whose
  messages in another. And groups named after files whose names differ in a day or the mark of a copy alone, and in which mostly the
  same people speak: one chat that was exported several times.
params:
  group_id: {type: text, default: "*"}
people: []
*/
with
    twins as (
        select
            by_name.name
        from
            marts.groups as by_name
            inner join marts.groups as by_id on by_id.name = by_name.name
            and by_id.group_id <> by_name.group_id
        where
            by_name.group_id = by_name.name
            and $group_id = '*'
        group by
            by_name.name
    ),
    -- 茶友群_20261108 and 茶友群 (1), as programs name what they export again; groups that number themselves are told apart by who speaks.
    stems as (
        select
            group_id,
            name,
            regexp_replace(
                regexp_replace(name, '[ _-]?20\d\d-?\d\d-?\d\d.*$', ''),
                '( ?[(（]\d+[)）]|[ _-]*(副本|copy))+$',
                ''
            ) as stem
        from
            marts.groups
        where
            group_id = name
            and $group_id = '*'
    ),
    namesakes as (
        select
            a.group_id as a,
            b.group_id as b,
            a.stem
        from
            stems as a
            inner join stems as b on a.stem = b.stem
            and a.group_id < b.group_id
        where
            a.stem <> ''
    ),
    speakers as (
        select distinct
            said.group_id,
            people.display_name
        from
            marts.messages as said
            inner join marts.people on people.person_id = said.person_id
            semi join (
                select
                    a as group_id
                from
                    namesakes
                union
                select
                    b
                from
                    namesakes
            ) as named on named.group_id = said.group_id
        where
            said.is_counted
            and not said.is_staff
            and people.display_name is not null
    ),
    sizes as (
        select
            group_id,
            count(*) as speakers
        from
            speakers
        group by
            group_id
    ),
    again as (
        select
            namesakes.stem
        from
            namesakes
            inner join speakers as here on here.group_id = namesakes.a
            inner join speakers as there on there.group_id = namesakes.b
            and there.display_name = here.display_name
            inner join sizes as of_a on of_a.group_id = namesakes.a
            inner join sizes as of_b on of_b.group_id = namesakes.b
        group by
            namesakes.a,
            namesakes.b,
            namesakes.stem
        having
            count(*) >= 3
            and count(*) * 2 >= min(least(of_a.speakers, of_b.speakers))
    )
select
    'twin_groups' as code,
    'warn' as severity,
    format(
        '{} 个群名有两份数据：{}。多半是同一个群，一份文件里有群编号，另一份只有群名，现在各算各的，活跃率和流失率都不准。请撤销只有群名的那份，重新导入时选这个群（命令行 --group 群编号），或在表里加一列群编号。',
        count(*),
        array_to_string(list_sort(list(name)) [1:3], '、') || if (count(*) > 3, ' 等', '')
    ) as zh,
    format(
        'Names with data in two groups: {} ({}). Most likely each is one group, known by its id in one file and by its name alone in another, and counted apart: activity and churn are wrong. Undo the file without ids and import it again into the group (--group ID), or give it a column of ids.',
        count(*),
        array_to_string(list_sort(list(name)) [1:3], ', ') || if (count(*) > 3, ' and others', '')
    ) as en,
    '/imports' as href
from
    twins
having
    count(*) > 0
union all
select
    'groups_again',
    'warn',
    format(
        '{} 个群像是被拆成了几个：{}。名字只差日期或序号，说话的大多是同一批人，多半是同一个群分几次导出、文件名不一样；现在各算各的，成员和活跃都不准。请撤销后重新导入，选同一个群（命令行 --group），以后用同一个文件名。确实是不同的群就不用管。',
        count(distinct stem),
        array_to_string(list_sort(list(distinct stem)) [1:3], '、') || if (count(distinct stem) > 3, ' 等', '')
    ),
    format(
        'Groups that seem to be split: {} ({}). The names differ in a day or a number alone and mostly the same people speak: most likely one chat, exported several times into files of different names, and counted apart. Undo them and import them into one group (--group), and keep the name of the file. If they are different groups, all is well.',
        count(distinct stem),
        array_to_string(list_sort(list(distinct stem)) [1:3], ', ') || if (count(distinct stem) > 3, ' and others', '')
    ),
    '/imports'
from
    again
having
    count(*) > 0
