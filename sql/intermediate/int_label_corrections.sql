/*
title: Corrected messages
description: >-
  The labels that operators put on messages or took off them, by message. A table of its own, so that the engine knows
  how few they are.
grain: [message_key, group_id]
*/
select
    messages.message_key,
    messages.group_id,
    list(corrections.label) filter(corrections.is_on) as added,
    list(corrections.label) filter(not corrections.is_on) as removed
from
    staging.stg_messages as messages
    inner join config.label_corrections as corrections on corrections.group_id = messages.group_id
    and corrections.sent_at = messages.sent_at
    and corrections.message_id is not distinct from messages.message_id
    and (
        corrections.message_id is not null
        or (
            corrections.person_key is not distinct from messages.person_key
            and corrections.text_key is not distinct from person_key (messages.text)
        )
    )
group by all
