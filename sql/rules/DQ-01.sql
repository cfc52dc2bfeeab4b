/*
title:
  zh: "数据先修"
  en: "Data first"
description:
  zh: "认不出的发言人超过 5%，或导出缺口超过 24 小时，或重复率超过 1%。"
  en: "More than 5 % of the speakers are on no list, the log has a gap of more than 24 hours, or more than 1 % of the messages repeat."
severity: urgent
owner: 数据分析
rootCause: data
gate: true
params:
  unknown_max: {default: 0.05, zh: "名单外发言人占比", en: "speakers on no list"}
  gap_hours_max: {default: 24, zh: "空档（小时）", en: "gap in hours"}
  duplicates_max: {default: 0.01, zh: "重复率", en: "repeats"}
  speakers_min: {default: 10, zh: "最少发言人", en: "fewest speakers"}
evidence:
  unknown_share: ["名单外的发言人", "speakers on no list", ratio]
  gap_hours: ["最长的空档", "longest gap", hours]
  duplicate_share: ["重复率", "repeats", ratio]
without:
  unknown_share: {zh: "没人发言", en: "nobody spoke"}
  gap_hours: {zh: "多久不知道", en: "an unknown time"}
  duplicate_share: {zh: "没有消息", en: "no messages"}
suggestion:
  zh: "这周名单外的发言人：{unknown_share}；记录最长空了 {gap_hours}；重复的消息：{duplicate_share}。先补导出、合并身份，再看其他建议。"
  en: "Speakers on no list: {unknown_share}; the log is silent for {gap_hours} at the longest; messages that repeat: {duplicate_share}. Mend the export and identities before reading on."
expect:
  - {kpi: match_rate, direction: up}
followUp:
  weeks: 1
  zh: "下周：数据补齐"
  en: "next week: mended"
sources: [S2-16, S2-17]
falsePositives:
  zh: "合法的静默时段；群确实停用"
  en: "Agreed quiet times; a group that is no longer used"
*/
with
    usual as (
        select
            *,
            quantile_cont(longest_gap_hours, 0.75) over (
                partition by
                    group_id
                order by
                    week rows between 8 preceding
                    and 1 preceding
            ) as usual_gap
        from
            marts.rule_inputs
    )
select
    group_id,
    week,
    members_present as sample,
    members_present as affected,
    unknown_speakers / nullif(speakers, 0) as unknown_share,
    longest_gap_hours as gap_hours,
    duplicate_messages / nullif(messages_read, 0) as duplicate_share
from
    usual
where
    (
        has_members
        and speakers >= $speakers_min
        and unknown_speakers > $unknown_max * speakers
    )
    -- A group that often is silent for a day has no gap in its export.
    or (
        longest_gap_hours > $gap_hours_max
        and coalesce(usual_gap, 0) <= $gap_hours_max
    )
    or duplicate_messages > $duplicates_max * messages_read
