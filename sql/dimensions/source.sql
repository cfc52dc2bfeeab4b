/*
title: {zh: 来源, en: Source}
description:
  zh: 这个人第一次入群的渠道。
  en: The channel through which the person first joined.
grain: [person_id]
values:
  invite: {zh: 邀请, en: Invitation}
  qr: {zh: 扫码, en: QR code}
  link: {zh: 链接, en: Link}
  request: {zh: 申请入群, en: Request to join}
*/
select
    person_id,
    arg_min(
        join_source,
        (
            coalesce(joined_at, timestamp '1900-01-01'),
            join_source
        )
    ) as value
from
    marts.memberships
where
    join_source is not null
group by
    person_id
