/*
title: Camps by day
description: >-
  A camp on day n against the camp before it, and all earlier ones, on their day n, whatever weekday each began: of
  those who had joined by then, who had spoken, bought and left. Of all groups: the newest camp.
params:
  group_id: {type: text, default: "*"}
  days: {type: number, default: 30}
  until: {type: date, default: "9999-12-31"}
people: [joined, spoke, bought, gone, previous_joined, previous_spoke, previous_bought, previous_gone]
needs: {orders: [bought, previous_bought, earlier_bought_rate], buyers: [bought, previous_bought, earlier_bought_rate]}
*/
with
    chosen as (
        select
            group_id
        from
            marts.camp_days
        where
            group_id = $group_id
            or $group_id = '*'
        group by
            group_id
        order by
            max(starts_on) desc,
            group_id desc
        limit
            1
    )
select
    days.group_id,
    groups.name,
    days.day,
    days.local_day,
    days.joined,
    days.spoke,
    days.bought,
    days.gone,
    compared.previous_group_id,
    previous.name as previous_name,
    before.joined as previous_joined,
    before.spoke as previous_spoke,
    before.bought as previous_bought,
    before.gone as previous_gone,
    any_value(compared.earlier_camps) as earlier_camps,
    any_value(compared.earlier_mean) filter(compared.kpi = 'activity_rate') as earlier_spoke_rate,
    any_value(compared.earlier_mean) filter(compared.kpi = 'conversion_rate') as earlier_bought_rate
from
    chosen
    inner join marts.camp_days as days using (group_id)
    inner join marts.groups as groups using (group_id)
    inner join marts.camp_comparisons as compared on compared.group_id = days.group_id
    and compared.day = days.day
    left join marts.groups as previous on previous.group_id = compared.previous_group_id
    left join marts.camp_days as before on before.group_id = compared.previous_group_id
    and before.day = days.day
where
    days.day <= $days::integer
    and days.local_day <= $until::date
group by all
order by
    days.day
