/*
title: Who brings members
description: Members by how many they invited in the weeks up to the one given, and how many of those stayed, spoke and bought.
params:
  group_id: {type: text, default: "*"}
  week: {type: date, default: null}
  weeks: {type: number, default: 13}
people: [invited, persons, stayed, spoke, bought]
needs: {messages: [spoke], orders: [bought], leavers: [stayed], buyers: [bought]}
*/
select
    invites.inviter_id as person_id,
    coalesce(people.display_name, '') as name,
    count(*) as invited,
    count(distinct invites.person_id) as persons,
    count(*) filter(invites.has_stayed) as stayed,
    count(*) filter(invites.has_spoken) as spoke,
    count(*) filter(invites.has_bought) as bought
from
    marts.invites
    inner join marts.people on people.person_id = invites.inviter_id
where
    invites.is_by_member
    and invites.week between $week::date - 7 * ($weeks::integer - 1) and $week::date
    and (
        $group_id = '*'
        or invites.group_id = $group_id
    )
group by
    invites.inviter_id,
    people.display_name
order by
    persons desc,
    bought desc,
    invites.inviter_id
limit
    50
