/*
title: Messages
description: Every message of a group in UTC, known at as_of. A message without a group (a 1:1 chat) is left out.
grain: [message_key, group_id]
*/
select
    messages.group_id,
    messages.group_name,
    hash(
        messages.group_id,
        messages.message_id,
        messages.person_key,
        messages.sent_at,
        messages.kind,
        messages.text,
        messages.nth
    ) as message_key,
    messages.message_id,
    messages.person_key,
    utc_time (messages.sent_at, messages.sent_at_is_utc) as sent_at,
    messages.kind,
    messages.text,
    messages.reply_to,
    messages.mention_keys,
    messages.mentions_all,
    messages.source_format
from
    lake.messages
    cross join config.settings
where
    messages.group_id is not null
    and utc_time (messages.sent_at, messages.sent_at_is_utc) < settings.as_of
