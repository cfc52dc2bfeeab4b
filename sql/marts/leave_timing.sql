/*
title: Leave timing
description: >-
  When members leave: days since joining, days since the last campaign of the calendar (flash sale, group buy, lottery,
  live), and the advertisements of the day before against the same hours of the 4 weeks before.
grain: [group_id, person_id, nth]
columns:
  group_id: The group that was left.
  person_id: Who left.
  nth: Which stay of this person in this group.
  week: First day of the local week of leaving.
  days_since_join: Whole days from joining; null when the join is unknown.
  days_since_campaign: Whole days from the last campaign of the group; null without one in the 60 days before.
  ads_24h: Advertisements in the 24 hours before leaving; null when the hour is unknown, or the log ends a day before it.
  ads_72h: In the 72 hours before.
  control_windows: Same hours 1 to 4 weeks earlier in which the person was a member and the group's log had begun; 0 where ads_24h is null.
  control_windows_with_ad: Of these, with an advertisement.
  segment: Lifecycle segment at the end of the week before leaving; new for who joined since; null in the first week of the review for who was there before.
*/
with
    campaigns as (
        select
            group_id,
            starts_at
        from
            intermediate.int_calendar
        where
            type in ('flash_sale', 'group_buy', 'lottery', 'live')
    ),
    last_campaigns as (
        select
            events.group_id,
            events.person_id,
            events.nth,
            max(campaigns.starts_at) as campaign_at
        from
            marts.churn_events as events
            inner join campaigns on coalesce(campaigns.group_id, events.group_id) = events.group_id
            and campaigns.starts_at <= events.left_at
            and campaigns.starts_at > events.left_at - interval 60 day
        group by
            events.group_id,
            events.person_id,
            events.nth
    )
select
    events.group_id,
    events.person_id,
    events.nth,
    events.week,
    events.days_since_join,
    floor(
        epoch(events.left_at - last_campaigns.campaign_at) / 86400
    )::integer as days_since_campaign,
    exposures.ads_24h,
    exposures.ads_72h,
    exposures.control_windows,
    exposures.control_windows_with_ad,
    case
        when persons.person_id is not null then coalesce(nullif(persons.segment, 'left'), 'new')
        when week_of (local_time (memberships.joined_at)) >= events.week then 'new'
    end as segment
from
    marts.churn_events as events
    inner join marts.memberships as memberships using (group_id, person_id, nth)
    left join last_campaigns using (group_id, person_id, nth)
    left join intermediate.int_ad_exposures as exposures using (group_id, person_id, nth)
    left join marts.person_weeks as persons on persons.person_id = events.person_id
    and persons.week = events.week - 7
