/*
title: Figures of WeCom against our own
description: >-
  The newest day that groupchat/statistic states, per owner or group: its figure, ours, and why they may differ.
people: []
*/
with
    titles (name, place, zh, en) as (
        values
            ('wecom_chat_total', 1, '客户群数', 'Groups'),
            (
                'wecom_new_chat_cnt',
                2,
                '当天新增群',
                'New groups that day'
            ),
            (
                'wecom_member_total',
                3,
                '群人数（含员工，按人次）',
                'Members (staff included, once per group)'
            ),
            (
                'wecom_new_member_cnt',
                4,
                '当天入群',
                'Joins that day'
            ),
            (
                'wecom_chat_has_msg',
                5,
                '有过消息的群',
                'Groups that ever had a message'
            ),
            (
                'wecom_member_has_msg',
                6,
                '发过言的人（截至当天）',
                'Members who ever spoke'
            ),
            (
                'wecom_msg_total',
                7,
                '消息总数（截至当天）',
                'Messages up to that day'
            )
    ),
    reasons (reason, zh, en) as (
        values
            (
                'groups',
                '有的群一份文件都没有导入',
                'some groups are in no imported file'
            ),
            (
                'lists',
                '有的群没有成员名单',
                'some groups have no member list'
            ),
            (
                'logs',
                '有的群没有聊天记录',
                'some groups have no chat log'
            ),
            (
                'early',
                '聊天记录没有从建群开始导入',
                'the chat logs do not begin with the groups'
            ),
            (
                'less',
                '成员名单比统计早，或不全',
                'the member list is older than the figure, or not whole'
            ),
            (
                'more',
                '退群没有记录，或名单比统计晚',
                'leaves are not recorded, or the list is later'
            )
    )
select
    stats.day,
    stats.scope_name,
    stats.name as id,
    titles.zh,
    titles.en,
    stats.stated,
    stats.counted,
    stats.tolerance,
    stats.is_within,
    reasons.zh as reason_zh,
    reasons.en as reason_en
from
    marts.group_stats as stats
    inner join titles using (name)
    left join reasons using (reason)
qualify
    stats.day = max(stats.day) over (
        partition by
            stats.scope
    )
order by
    stats.scope_name nulls first,
    stats.scope,
    titles.place
