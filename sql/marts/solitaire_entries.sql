/*
title: Solitaires (接龙) by entry
description: >-
  Everyone reposts the whole list with one line more, so a list is counted once: lists of one group and title that
  follow each other within three days are versions of one chain, and each line belongs to whoever posted the first
  version with it. A line that the last version no longer has was withdrawn. An entry says what somebody wants; it is
  no paid order.
grain: [chain_key, entry_key]
columns:
  chain_key: The chain; nothing can be read from it.
  entry_key: The line, without its number; equal lines of one version are told apart.
  group_id: The group.
  title: First line of the list, at most 40 characters.
  position: Number of the line in the version that added it.
  quantity: Its last number with a unit, else 1.
  person_id: Who added it; null where the sender is unknown.
  added_at: When (UTC).
  week: First day of the local week in which it was added.
  message_key: The version that added it.
  started_at: When the chain began (UTC).
  is_withdrawn: The last version does not have it.
checks:
  - added_at >= started_at
*/
with
    lists as (
        select
            messages.message_key,
            messages.group_id,
            messages.person_id,
            messages.sent_at,
            messages.week,
            regexp_replace(
                messages.match_text,
                '^\s*#?\s*(?:接龙|(?i:Group Note))[：: \t]*\n?',
                ''
            ) as body
        from
            intermediate.int_messages as messages
        where
            messages.is_solitaire
            and messages.is_counted
            and messages.match_text is not null
    ),
    lines as (
        select
            *,
            string_split(body, chr(10)) as rows
        from
            lists
    ),
    items as (
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            week,
            coalesce(
                trim(
                    list_filter(
                        rows,
                        lambda x: trim(x) <> ''
                        and not regexp_matches(x, '^\s*\d{1,3}\s*[.、．:：]')
                    ) [1]
                ),
                ''
            ) as title,
            unnest(
                list_filter(
                    rows,
                    lambda x: regexp_matches(x, '^\s*\d{1,3}\s*[.、．:：]\s*\S')
                )
            ) as item
        from
            lines
    ),
    -- Two people may want the very same: the nth of equal lines is an entry of its own.
    numbered as (
        select
            message_key,
            group_id,
            person_id,
            sent_at,
            week,
            title,
            script_text (title) as title_key,
            try_cast (
                regexp_extract(item, '^\s*(\d{1,3})', 1) as integer
            ) as position,
            trim(
                regexp_replace(item, '^\s*\d{1,3}\s*[.、．:：]\s*', '')
            ) as entry,
            row_number() over (
                partition by
                    group_id,
                    message_key,
                    trim(
                        regexp_replace(item, '^\s*\d{1,3}\s*[.、．:：]\s*', '')
                    )
                order by
                    item
            ) as nth
        from
            items
        where
            -- 例 shows how to fill in the list.
            not regexp_matches(item, '^\s*\d{1,3}\s*[.、．:：]\s*例')
    ),
    versions as (
        select
            group_id,
            title_key,
            message_key,
            sent_at,
            coalesce(
                sent_at - lag (sent_at) over (
                    partition by
                        group_id,
                        title_key
                    order by
                        sent_at,
                        message_key
                ) > interval 3 day,
                true
            ) as is_start
        from
            numbered
        group by
            group_id,
            title_key,
            message_key,
            sent_at
    ),
    chained as (
        select
            group_id,
            title_key,
            message_key,
            sent_at,
            sum(is_start::integer) over (
                partition by
                    group_id,
                    title_key
                order by
                    sent_at,
                    message_key rows unbounded preceding
            ) as nth_chain
        from
            versions
    ),
    chains as (
        select
            *,
            min(sent_at) over chain as started_at,
            row_number() over (
                partition by
                    group_id,
                    title_key,
                    nth_chain
                order by
                    sent_at desc,
                    message_key desc
            ) = 1 as is_last
        from
            chained
        window
            chain as (
                partition by
                    group_id,
                    title_key,
                    nth_chain
            )
    ),
    entries as (
        select
            chains.group_id,
            chains.title_key,
            chains.nth_chain,
            numbered.entry,
            numbered.nth,
            chains.started_at,
            min_by(
                numbered.message_key,
                (numbered.sent_at, numbered.message_key)
            ) as message_key,
            bool_or(chains.is_last) as is_kept
        from
            numbered
            inner join chains using (group_id, title_key, message_key)
        group by
            chains.group_id,
            chains.title_key,
            chains.nth_chain,
            numbered.entry,
            numbered.nth,
            chains.started_at
    )
select
    md5(
        concat_ws(
            '|',
            entries.group_id,
            entries.title_key,
            entries.started_at::varchar
        )
    ) as chain_key,
    md5(
        concat_ws('|', entries.entry, entries.nth::varchar)
    ) as entry_key,
    entries.group_id,
    left(numbered.title, 40) as title,
    numbered.position,
    coalesce(
        try_cast (
            regexp_extract(
                entries.entry,
                '.*?(\d{1,4})\s*[份箱盒件包袋斤瓶个只套单罐提]\D*$',
                1
            ) as integer
        ),
        1
    ) as quantity,
    numbered.person_id,
    numbered.sent_at as added_at,
    numbered.week,
    entries.message_key,
    entries.started_at,
    not entries.is_kept as is_withdrawn
from
    entries
    inner join numbered on numbered.group_id = entries.group_id
    and numbered.message_key = entries.message_key
    and numbered.entry = entries.entry
    and numbered.nth = entries.nth
