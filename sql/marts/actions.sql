/*
title: Kinds of action
description: What can be done in a group and may move a number (sql/seeds/actions.csv), in the order in which it is looked at.
grain: [action]
columns:
  position: Place in the list.
  action: Kind of action, as in marts.group_actions.
  title_zh: Its name in Chinese.
  title_en: Its name in English.
  unit_zh: Unit of its amount in Chinese.
  unit_en: Unit of its amount in English.
  source: Which records it comes from (labels, staff, sop, calendar or holidays).
  not_for: KPIs of which it is no possible cause, ';' between them, because they count it or because it follows them.
*/
select
    row_number() over () as position,
    action,
    title_zh,
    title_en,
    unit_zh,
    unit_en,
    source,
    coalesce(not_for, '') as not_for
from
    seeds.actions
