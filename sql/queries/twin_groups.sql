/*
title: Groups that are there twice
description: >-
  Groups that one source knows by their id and another by their name alone: most likely one group, whose members stand in one place and whose
  messages in another.
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
