/*
title: Which message was which step
description: >-
  One message serves one step, of those for single members one for each member whom it calls, and one step takes one message. The best pair is taken first, then the best of what is
  left: each round takes every pair that is the best one of both its step and its message, which gives the same
  result whatever the order of the rows.
grain: [due_key]
*/
with recursive
    rounds as (
        select
            due_key,
            message_key,
            group_id,
            called_id,
            seconds_late,
            similarity,
            matched_by,
            rank,
            false as is_taken
        from
            intermediate.int_step_scores
        union all
        select
            due_key,
            message_key,
            group_id,
            called_id,
            seconds_late,
            similarity,
            matched_by,
            rank,
            is_best
        from
            (
                select
                    *,
                    bool_or(is_best) over (
                        partition by
                            due_key
                    ) as step_is_served,
                    bool_or(is_best) over (
                        partition by
                            message_key,
                            group_id,
                            called_id
                    ) as message_serves
                from
                    (
                        select
                            *,
                            row_number() over (
                                partition by
                                    due_key
                                order by
                                    rank,
                                    round(coalesce(similarity, 0), 1) desc,
                                    abs(seconds_late),
                                    message_key
                            ) = 1
                            and row_number() over (
                                partition by
                                    message_key,
                                    group_id,
                                    called_id
                                order by
                                    rank,
                                    round(coalesce(similarity, 0), 1) desc,
                                    abs(seconds_late),
                                    due_key
                            ) = 1 as is_best
                        from
                            rounds
                        where
                            not is_taken
                    )
            )
        where
            is_best
            or not (
                step_is_served
                or message_serves
            )
    )
select
    due_key,
    message_key,
    group_id,
    seconds_late,
    similarity,
    matched_by
from
    rounds
where
    is_taken
