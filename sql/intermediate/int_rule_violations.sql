/*
title: Foreign ads and removals for the rules
description: >-
  Per group and week the ads of members, whether the staff answered them, what newcomers did against the rules, and removals without a warning in the 30 days before. In a marketing group a red packet of the same sender within 180 seconds before or after, of 50 yuan and 20 shares at least, makes an ad fair; an amount that cannot be read is no violation.
grain: [group_id, week]
*/
with
    ads as (
        select
            messages.group_id,
            messages.week,
            messages.message_key,
            messages.person_id,
            messages.sent_at,
            groups.kind = 'marketing' as is_marketing,
            coalesce(labels.source = 'operator', false) as is_confirmed
        from
            marts.messages
            inner join marts.groups as groups using (group_id)
            semi join intermediate.int_rule_weeks as weeks on weeks.group_id = messages.group_id
            and weeks.week = messages.week
            left join marts.message_labels as labels on labels.message_key = messages.message_key
            and labels.group_id = messages.group_id
            and labels.label = 'ad'
        where
            messages.role = 'member'
            and messages.is_ad
            and not messages.is_recalled
    ),
    packets as (
        select
            ads.message_key,
            ads.group_id,
            bool_or(
                packet_is_fair (
                    epoch(packets.sent_at - ads.sent_at),
                    packet_yuan (packets.match_text),
                    packet_shares (packets.match_text)
                )
            ) as is_paid
        from
            ads
            inner join intermediate.int_messages as packets on packets.group_id = ads.group_id
            and packets.person_id = ads.person_id
            and packets.kind = 'red_packet'
            and packets.sent_at between ads.sent_at - interval 10 minute and ads.sent_at + interval 10 minute
        where
            ads.is_marketing
        group by
            ads.message_key,
            ads.group_id
    ),
    reminders as (
        select
            ads.message_key,
            ads.group_id
        from
            ads
            inner join intermediate.int_staff_messages as staff on staff.group_id = ads.group_id
            and staff.sent_at between ads.sent_at and ads.sent_at + interval 10 minute
            left join intermediate.int_staff_targets as targets on targets.message_key = staff.message_key
            and targets.group_id = staff.group_id
            and targets.person_id = ads.person_id
        where
            targets.person_id is not null
            or regexp_matches(staff.text, '公约|广告|撤回|推广|不许|不要发|别发')
        group by
            ads.message_key,
            ads.group_id
    ),
    ad_weeks as (
        select
            ads.group_id,
            ads.week,
            count(*) filter(ads.is_confirmed) as member_ads_confirmed,
            count(*) filter(
                ads.is_confirmed
                and reminders.message_key is null
                and not coalesce(packets.is_paid, false)
            ) as member_ads_unhandled
        from
            ads
            left join reminders using (message_key, group_id)
            left join packets using (message_key, group_id)
        group by
            ads.group_id,
            ads.week
    ),
    newcomers as (
        select
            ads.group_id,
            ads.week,
            count(distinct ads.message_key) as newcomer_violations,
            count(distinct ads.person_id) as newcomer_violators
        from
            ads
            inner join marts.memberships as stays on stays.group_id = ads.group_id
            and stays.person_id = ads.person_id
            -- Who is known from the first word alone may have been there for years.
            and stays.join_evidence <> 'implied'
            and stays.joined_at <= ads.sent_at
            and stays.joined_at >= ads.sent_at - interval 14 day
            left join packets on packets.message_key = ads.message_key
            and packets.group_id = ads.group_id
        where
            not coalesce(packets.is_paid, false)
        group by
            ads.group_id,
            ads.week
    ),
    warnings as (
        select
            targets.group_id,
            targets.person_id,
            staff.sent_at
        from
            intermediate.int_staff_targets as targets
            inner join intermediate.int_staff_messages as staff on staff.message_key = targets.message_key
            and staff.group_id = targets.group_id
        where
            regexp_matches(staff.text, '公约|提醒|撤回|不许|禁止|警告|不能发|别发')
    ),
    kicks as (
        select
            churn.group_id,
            churn.week,
            churn.person_id,
            churn.nth,
            bool_or(
                coalesce(
                    warnings.sent_at between churn.left_at - interval 30 day and churn.left_at,
                    false
                )
            ) as is_warned,
            -- Before the log begins nobody's warning is known.
            bool_or(
                coalesce(
                    groups.messages_from <= local_time (churn.left_at)::date - 30,
                    false
                )
            ) as is_known
        from
            marts.churn_events as churn
            inner join marts.groups as groups on groups.group_id = churn.group_id
            left join warnings on warnings.group_id = churn.group_id
            and warnings.person_id = churn.person_id
        where
            churn.leave_kind = 'kick'
        group by
            churn.group_id,
            churn.week,
            churn.person_id,
            churn.nth
    ),
    kick_weeks as (
        select
            group_id,
            week,
            count(*) as kicks,
            count(*) filter(
                is_known
                and not is_warned
            ) as kicks_without_warning
        from
            kicks
        group by
            group_id,
            week
    )
select
    weeks.group_id,
    weeks.week,
    coalesce(ad_weeks.member_ads_confirmed, weeks.no_word) as member_ads_confirmed,
    coalesce(ad_weeks.member_ads_unhandled, weeks.no_word) as member_ads_unhandled,
    coalesce(newcomers.newcomer_violations, weeks.no_word) as newcomer_violations,
    coalesce(newcomers.newcomer_violators, weeks.no_word) as newcomer_violators,
    coalesce(kick_weeks.kicks, 0) as kicks,
    coalesce(kick_weeks.kicks_without_warning, weeks.no_word) as kicks_without_warning
from
    intermediate.int_rule_weeks as weeks
    left join ad_weeks using (group_id, week)
    left join newcomers using (group_id, week)
    left join kick_weeks using (group_id, week)
