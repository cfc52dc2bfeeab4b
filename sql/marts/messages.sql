/*
title: Messages
description: Every message of a group without its text.
grain: [message_key, group_id]
columns:
  message_key: Key of the message; may change with a new version of DuckDB.
  group_id: The group.
  person_id: Sender; null for notices.
  sent_at: UTC.
  local_at: The workspace's time zone.
  week: First day of the local week.
  kind: text, image, … (sql/seeds/message_kinds.csv).
  text_length: Bytes of the text.
  is_counted: Counts as activity (metrics.md 2).
  is_recalled: Was recalled.
*/
select
    message_key,
    group_id,
    person_id,
    sent_at,
    local_at,
    week,
    kind,
    text_length,
    is_counted,
    is_recalled
from
    intermediate.int_messages
