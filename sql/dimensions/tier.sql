/*
title: {zh: 会员等级, en: Member level}
description:
  zh: 名单里的会员等级，以最近一次导入为准。
  en: The member level of the last imported list.
grain: [person_id]
*/
select
    person_id,
    level as value
from
    marts.people
where
    level is not null
