/*
title: Messages after red packets
description: Messages of the five minutes after a red packet. A table of its own, so that the engine knows how few they are.
grain: [message_key, group_id]
*/
with
    packet_minutes as (
        select distinct
            group_id,
            sent_at as packet_at,
            unnest(
                generate_series(
                    date_trunc('minute', sent_at),
                    date_trunc('minute', sent_at) + interval 5 minute,
                    interval 1 minute
                )
            ) as minute
        from
            staging.stg_messages
        where
            kind = 'red_packet'
    )
select distinct
    messages.message_key,
    messages.group_id
from
    staging.stg_messages as messages
    inner join packet_minutes on packet_minutes.group_id = messages.group_id
    and packet_minutes.minute = date_trunc('minute', messages.sent_at)
where
    messages.sent_at > packet_minutes.packet_at
    and messages.sent_at <= packet_minutes.packet_at + interval 5 minute
