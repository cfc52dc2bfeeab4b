/*
title: Talk by group and week
description: >-
  How the talk of each group ('*' = all groups) is spread over its members and days. Equal numbers of messages count
  together, so that nobody has to be ranked one by one.
grain: [group_id, week]
columns:
  group_id: The group, or '*'.
  week: First day of the week (local).
  members: Members present in a group whose chat log reaches back to the week.
  speakers: Of these, who sent a counted message.
  messages: Their messages.
  median_messages: Half of the speakers sent no more.
  p90_messages: Nine in ten speakers sent no more; null without one.
  gini: Gini coefficient of messages over members, silent ones as 0; null without messages or with one member.
  gini_speakers: The same over speakers only.
  top1_share: Share of the messages that the one who sent most sent.
  top10_share: Share of the tenth of speakers (rounded up) who sent most.
  days: Days of the week that have begun at as_of; 7 unless the week is not over.
  speaker_days: Days on which members spoke, each member's counted apart.
  speakers_28d: Members who spoke in the 28 days to the week's end.
  speaker_days_28d: Days on which they did.
checks:
  - days between 1 and 7
  - gini is null or gini between 0 and 1
  - speakers <= speakers_28d
*/
with
    equals as (
        select
            group_id,
            week,
            messages,
            count(*) as persons
        from
            marts.presence
        where
            in_group
            and is_heard
        group by
            group_id,
            week,
            messages
        union all
        select
            '*',
            week,
            messages,
            count(*)
        from
            marts.presence
        where
            in_total
            and is_heard
        group by
            week,
            messages
    ),
    ranked as (
        select
            *,
            sum(persons) over upwards as up_to,
            sum(if (messages > 0, persons, 0)) over upwards as speakers_up_to,
            sum(if (messages > 0, persons, 0)) over everyone as speakers,
            sum(persons) over downwards - persons as above
        from
            equals
        window
            upwards as (
                partition by
                    group_id,
                    week
                order by
                    messages
            ),
            downwards as (
                partition by
                    group_id,
                    week
                order by
                    messages desc
            ),
            everyone as (
                partition by
                    group_id,
                    week
            )
    ),
    spread as (
        select
            group_id,
            week,
            sum(persons)::bigint as members,
            max(speakers)::bigint as speakers,
            sum(messages * persons)::bigint as messages,
            -- Ranks of equals follow each other, so their sum is known.
            sum(
                messages * (
                    persons * (up_to - persons) + persons * (persons + 1) / 2
                )
            ) as ranked_all,
            sum(
                messages * (
                    persons * (speakers_up_to - persons) + persons * (persons + 1) / 2
                )
            ) filter(messages > 0) as ranked_speakers,
            max(messages) as most,
            min(messages) filter(
                messages > 0
                and speakers_up_to >= 0.9 * speakers
            ) as p90_messages,
            sum(
                messages * greatest(least(persons, ceil(0.1 * speakers) - above), 0)
            ) filter(messages > 0) as top10,
            min(messages) filter(speakers_up_to >= 0.5 * speakers) as low_middle,
            min(messages) filter(speakers_up_to > 0.5 * speakers) as high_middle
        from
            ranked
        group by
            group_id,
            week
    ),
    active_weeks as (
        select
            group_id,
            person_id,
            week,
            active_days
        from
            intermediate.int_talk_days
    ),
    days as (
        select
            group_id,
            week,
            sum(active_days)::bigint as speaker_days
        from
            active_weeks
        group by
            group_id,
            week
    ),
    -- Who spoke in a week is one of the 28-day speakers until four weeks later, or until speaking again.
    steps as (
        select
            group_id,
            unnest([week, least(next_week, week + 28)::date]) as week,
            unnest([1, -1]) as step
        from
            (
                select
                    group_id,
                    week,
                    lead (week, 1, date '9999-01-01') over (
                        partition by
                            group_id,
                            person_id
                        order by
                            week
                    ) as next_week
                from
                    active_weeks
            )
    ),
    -- Summed where anything changes: also in weeks that no row below is of.
    entered as (
        select
            group_id,
            week,
            sum(sum(step)) over (
                partition by
                    group_id
                order by
                    week
            ) as speakers
        from
            steps
        group by
            group_id,
            week
    )
select
    spread.group_id,
    spread.week,
    spread.members,
    spread.speakers,
    spread.messages,
    (spread.low_middle + spread.high_middle) / 2 as median_messages,
    spread.p90_messages,
    if (
        spread.messages > 0
        and spread.members > 1,
        greatest(
            2 * spread.ranked_all / (spread.members * spread.messages) - (spread.members + 1) / spread.members,
            0
        ),
        null
    ) as gini,
    if (
        spread.messages > 0
        and spread.speakers > 1,
        greatest(
            2 * spread.ranked_speakers / (spread.speakers * spread.messages) - (spread.speakers + 1) / spread.speakers,
            0
        ),
        null
    ) as gini_speakers,
    spread.most / nullif(spread.messages, 0) as top1_share,
    spread.top10 / nullif(spread.messages, 0) as top10_share,
    least(
        7,
        local_time (settings.as_of - interval 1 microsecond)::date - spread.week + 1
    ) as days,
    coalesce(days.speaker_days, 0) as speaker_days,
    coalesce(entered.speakers, 0)::bigint as speakers_28d,
    sum(coalesce(days.speaker_days, 0)) over (
        partition by
            spread.group_id
        order by
            spread.week range between interval 21 day preceding
            and current row
    )::bigint as speaker_days_28d
from
    spread
    left join days using (group_id, week)
    cross join config.settings
    asof left join entered on entered.group_id = spread.group_id
    and entered.week <= spread.week
