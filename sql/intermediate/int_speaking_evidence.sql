/*
title: Speaking as evidence of membership
description: >-
  Who speaks is there. The first message of a person in a group, and the first after each leave and after each member
  list without them, opens an implied membership where no other is open. What comes within the debounce minutes of a
  stated leave does not: clocks differ, and many logs know minutes only.
grain: [group_id, person_id, happened_at]
*/
with
    lists as (
        select distinct
            group_id,
            snapshot_at
        from
            staging.stg_member_lists
        where
            snapshot_at is not null
    ),
    -- The newest list before each day's first and last word.
    heard as (
        select distinct
            spoken.group_id,
            spoken.person_id,
            lists.snapshot_at
        from
            (
                select distinct
                    group_id,
                    person_id,
                    unnest([first_at, last_at]) as sent_at
                from
                    intermediate.int_speaking_days
                    semi join lists using (group_id)
            ) as spoken
            asof inner join lists on lists.group_id = spoken.group_id
            and lists.snapshot_at < spoken.sent_at
    ),
    leaves as (
        select
            stated.group_id,
            stated.person_id,
            stated.happened_at as left_at,
            if (
                stated.trust = 4,
                stated.happened_at + to_minutes(settings.debounce_minutes),
                stated.happened_at
            ) as gone_until
        from
            intermediate.int_stated_evidence as stated
            cross join config.settings
        where
            stated.kind = 'leave'
        union all
        select
            heard.group_id,
            heard.person_id,
            heard.snapshot_at,
            heard.snapshot_at
        from
            heard
            anti join (
                select
                    lists.group_id,
                    keys.person_id,
                    lists.snapshot_at
                from
                    staging.stg_member_lists as lists
                    inner join intermediate.int_person_keys as keys using (person_key)
                where
                    lists.snapshot_at is not null
            ) as listed using (group_id, person_id, snapshot_at)
    ),
    spoke_on as (
        -- Hardly anyone speaks after leaving: only their messages are looked at one by one.
        select distinct
            days.group_id,
            days.person_id
        from
            intermediate.int_speaking_days as days
            inner join leaves on leaves.group_id = days.group_id
            and leaves.person_id = days.person_id
            and leaves.left_at <= days.last_at
    ),
    leavers as (
        select
            messages.group_id,
            messages.person_id,
            messages.sent_at,
            leaves.left_at,
            leaves.gone_until
        from
            (
                select
                    group_id,
                    person_id,
                    sent_at
                from
                    intermediate.int_messages
                    semi join spoke_on using (group_id, person_id)
                where
                    kind <> 'system'
            ) as messages
            asof inner join leaves on leaves.group_id = messages.group_id
            and leaves.person_id = messages.person_id
            and leaves.left_at <= messages.sent_at
    ),
    firsts as (
        select
            group_id,
            person_id,
            min(first_at) as happened_at
        from
            intermediate.int_speaking_days
        group by
            group_id,
            person_id
    )
select
    firsts.group_id,
    firsts.person_id,
    firsts.happened_at
from
    firsts
    anti join leavers on leavers.group_id = firsts.group_id
    and leavers.person_id = firsts.person_id
    and leavers.sent_at = firsts.happened_at
    and leavers.gone_until >= firsts.happened_at
union
select
    group_id,
    person_id,
    min(sent_at)
from
    leavers
where
    sent_at > gone_until
group by
    group_id,
    person_id,
    left_at
