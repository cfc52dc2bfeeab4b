/*
title: {zh: 会员等级, en: Member level}
description:
  zh: 名单里的会员等级，以最新的一次说法为准。
  en: The member level by the newest statement of a list.
grain: [person_id]
*/
select
    person_id,
    level as value
from
    marts.people
where
    level is not null
