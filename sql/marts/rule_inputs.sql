/*
title: Inputs of the rules
description: >-
  The counts that the rules of sql/rules judge, one row per group and week. What is counted in the chat log is null in a
  week of which no message was imported: nobody knows of it what was not said.
grain: [group_id, week]
columns:
  group_id: The group.
  week: First day of the local week.
  kind: Kind of group from fupan.yaml.
  is_complete: The week is over at as_of.
  has_members: A member list of the group was imported.
  past_pairs: Complete week-to-week moves before this week, of those that the group's chat log reaches back to where it has one.
  age_weeks: Weeks since the group was created or first seen.
  members_start: Members just before the week's start.
  members_end: Members just before the week's end.
  members_present: Members whose stay overlaps the week.
  joins: Stays of members that began this week.
  leaves: Stays of members that ended this week; null in a week before which the sources could not show who left.
  lasting_leaves: Of these, not back within 24 hours; null where who left is not known from the week's first day on.
  placed_leaves: Of these, known to be of the week, to eight days where only two lists tell.
  speakers: Members who sent a counted message.
  unknown_speakers: Of the speakers, those whom no list and no notice of a join ever named.
  buyers: Members present with a valid order of the group.
  orders: Valid orders of the group.
  has_orders: Orders were imported up to the Friday of the week at least; null without any.
  newcomers: Members who joined for the first time this week.
  newcomers_observed_24h: Of these, observed for 24 hours, in a week of the group's chat log.
  newcomers_spoke_24h: Of these, spoke within 24 hours.
  newcomers_observed_7d: Newcomers observed for 7 days, since the sources can show who left.
  newcomers_left_7d: Of these, left within 7 days.
  leavers_repeat: Leavers of the week with two purchase days or more, not back within 24 hours.
  leavers_repeat_3: Of these, with three or more.
  dormant: Members at the week's end who are dormant; null while the log seems to lack one of the weeks that tell.
  repeat_to_dormant: Of these, repeat buyers the week before.
  staff: Staff in the group at the week's end, bots left out.
  member_messages: Counted messages of members.
  top1_messages: Messages of the member who wrote most.
  top3_messages: Messages of the three who wrote most.
  talk_gini: Gini of messages over the members who spoke.
  messages_read: Counted messages of everyone.
  duplicate_messages: Of these, equal to another in sender, second, kind and text; 0 in a log without seconds.
  longest_gap_hours: Longest silence after a message of the group, in hours, the one at the week's end included.
  days_silent: Full days from the last message of a member to the week's end.
  floods: Runs of five messages or more by one member, nobody between, gaps of 10 minutes at most.
  floods_6: Of these, of six or more.
  flooders_6: Members who sent those.
  flooders: Members who flooded.
  staff_messages: Messages of the staff.
  staff_posts: Of these, to the group and no answer.
  staff_ads: Posts that promote something.
  staff_greetings: Posts that begin with a greeting and welcome no newcomer.
  topic_posts: Posts that open a topic.
  staff_questions: Posts that ask something.
  closed_questions: Of these, to be answered yes or no.
  gift_posts: Benefits for newcomers.
  ad_units: Ads of staff and partners, as the KPI counts them.
  ad_days: Days with ads of staff or partners.
  at_all: Messages to everyone (@all).
  at_all_gap_seconds: Shortest time from one @all to the next that falls into this week.
  intro_posts: General introductions, to the whole group.
  intro_gap_seconds: Shortest time from one introduction to the next that falls into this week.
  post_kinds: Kinds of messages among the posts.
  top_kind_posts: Posts of the commonest kind.
  duplicate_posts: Posts that repeat another one of the week but for its numbers.
  member_messages_4w: Messages of members in four weeks.
  staff_posts_4w: Posts of staff to the group in four weeks, answers left out.
  off_peak_posts_4w: Of these, outside the four hours in which members talk most.
  peak_hours: Those hours.
  questions: Questions of members, at least.
  questions_in_time: Of these, answered in time.
  unanswered_24h: Of these, without an answer for 24 hours.
  newcomer_unanswered_2h: Questions of members seen to join 7 days ago or less without an answer for 2 hours of the service.
  reply_median_minutes: Kaplan-Meier median of the first reply in minutes of the service hours; null when fewer than half were answered within a day.
  watched_minutes: How long the one that was watched longest was, answered or not, in minutes of the service hours.
  welcome_cases: Joinings whose first day is over.
  welcome_done: Of these, greeted by staff within 24 hours.
  complainers: Members who complained, at least.
  complaints_confirmed: Complaints that a person confirmed.
  complaints_late: Of these, without a first answer in time.
  complaints_escalated: Of these, without one for 2 hours of the service.
  complaints_argued: Confirmed complaints that staff answered with a denial.
  complaints_settled: Complaints settled 7 days ago.
  complaints_without_follow_up: Of these, not followed up in those 7 days.
  buyers_due: Buyers whose order is 7 days old.
  buyers_without_contact: Of these, neither told of the shipping nor asked, of any order; null unless messages of both weeks were imported.
  member_ads_confirmed: Ads of members that a person confirmed.
  member_ads_unhandled: Of these, neither answered within 10 minutes nor paid for.
  newcomer_violations: Ads of members seen to join 14 days ago or less, without those that a red packet paid for.
  newcomer_violators: Members who sent them.
  kicks: Members who were removed.
  kicks_without_warning: Of these, not warned in the 30 days before, as far as the log reaches back so long.
  hours_after_ads: Hours of four weeks within 24 hours after an ad.
  hours_other: The other hours.
  leaves_after_ads: Leaves in the hours after ads.
  leaves_other: Leaves in the other hours.
  intent_persons: Members who wanted to buy, their 72 hours over before the imported orders end.
  intent_without_order: Of these, without an order within 72 hours.
  price_objectors: Members who find it too dear, at least.
  objectors: Members who complain or find it too dear.
  feedback_14d: Praise by buyers this week and the last; null unless messages of both were imported.
  helpers: "Members who answer others most (the first twentieth of all members, equals included) and were there on 8 of 28 days."
  most_helps: Answers of the first of them in four weeks.
  events: Flash sales, group buys and lotteries.
  event_members: Members there when an event of the week began; null where none was, or no log tells.
  participants: Of these, spoke or bought while one ran.
  flash_sales: Flash sales.
  flash_sales_without_notice: Of these, without a notice 12 to 36 hours before, in a log of those hours.
  steps_due: Steps of the SOP that fell due.
  steps_missed: Of these, missed.
  steps_wrong_group: Of these, sent to another group.
  content_due: Content slots among them.
  content_missed: Of these, missed.
  conversion_steps: Offers due in the conversion phase of a camp.
  conversion_offers: Different texts in the whole phase, which may lie in two weeks.
  camp_days: Days of class of the camp that runs this week.
  orders_4w: Valid orders of four weeks.
  buyers_4w: Buyers of four weeks.
  mature_orders: Paid orders of the week five weeks ago.
  mature_refunded: Of these, refunded in part or whole within 30 days, as far as a date is known.
  overdue_buyers: Buyers of the group away (at the week's end, or where the imported orders end) for longer than the 75th percentile of the gaps between purchases that all buyers had ended by then, without those who want no messages.
  repurchase_gap_p75: That gap in days.
  wakeable: "Dormant members worth trying first: known to speak or buy, three in ten at most; who opted out is none."
  top_item: Item with the largest sales of four weeks.
  top_item_share: Its share.
  item_orders_4w: Valid orders of four weeks of which the amounts of the items are known, on which these rest.
  level_ups_4w: Members whose level rose in four weeks (sql/seeds/level_ranks.csv, or numbered levels); null without levels, or where a change can not be told up from down.
*/
with
    promotions as (
        select
            group_id,
            week,
            sum(units)::bigint as ad_units,
            count(*) as ad_days
        from
            marts.ad_days
        group by
            group_id,
            week
    )
select
    weeks.group_id,
    weeks.week,
    groups.kind,
    weeks.is_complete,
    groups.has_members,
    weeks.past_pairs,
    date_diff('day', groups.created_at, weeks.ends_at) // 7 as age_weeks,
    counts.members_start,
    counts.members_end,
    counts.members_present,
    counts.joins,
    if (people.is_watched, counts.leaves, null) as leaves,
    people.lasting_leaves,
    people.placed_leaves,
    counts.speakers,
    coalesce(talk.unknown_speakers, weeks.no_word) as unknown_speakers,
    counts.buyers,
    counts.orders,
    local_time (sold.until_at)::date >= weeks.week + 4 as has_orders,
    coalesce(newcomers.newcomers, 0) as newcomers,
    coalesce(newcomers.newcomers_observed_24h, 0) as newcomers_observed_24h,
    coalesce(newcomers.newcomers_spoke_24h, 0) as newcomers_spoke_24h,
    coalesce(newcomers.newcomers_observed_7d, 0) as newcomers_observed_7d,
    coalesce(newcomers.newcomers_left_7d, 0) as newcomers_left_7d,
    people.leavers_repeat,
    people.leavers_repeat_3,
    if (weeks.is_deaf, null, people.dormant) as dormant,
    if (weeks.is_deaf, null, people.repeat_to_dormant) as repeat_to_dormant,
    people.staff,
    coalesce(talk.member_messages, weeks.no_word) as member_messages,
    coalesce(talk.top1_messages, weeks.no_word) as top1_messages,
    coalesce(talk.top3_messages, weeks.no_word) as top3_messages,
    talk.talk_gini,
    coalesce(stream.messages_read, 0) as messages_read,
    coalesce(stream.duplicate_messages, weeks.no_word) as duplicate_messages,
    -- The silence that still runs as the week ends is one too: a log that was not imported any more has nothing but that.
    greatest(
        stream.longest_gap_hours,
        epoch(
            least(weeks.ends_at, settings.as_of) - max(stream.last_at) over upto
        ) / 3600
    ) as longest_gap_hours,
    date_sub(
        'day',
        max(stream.last_member_at) over upto,
        weeks.ends_at
    ) as days_silent,
    coalesce(stream.floods, weeks.no_word) as floods,
    coalesce(stream.floods_6, weeks.no_word) as floods_6,
    coalesce(stream.flooders_6, weeks.no_word) as flooders_6,
    coalesce(stream.flooders, weeks.no_word) as flooders,
    coalesce(posts.staff_messages, weeks.no_word) as staff_messages,
    coalesce(posts.staff_posts, weeks.no_word) as staff_posts,
    coalesce(posts.staff_ads, weeks.no_word) as staff_ads,
    coalesce(posts.staff_greetings, weeks.no_word) as staff_greetings,
    coalesce(posts.topic_posts, weeks.no_word) as topic_posts,
    coalesce(posts.staff_questions, weeks.no_word) as staff_questions,
    coalesce(posts.closed_questions, weeks.no_word) as closed_questions,
    coalesce(posts.gift_posts, weeks.no_word) as gift_posts,
    coalesce(promotions.ad_units, weeks.no_word) as ad_units,
    coalesce(promotions.ad_days, weeks.no_word) as ad_days,
    coalesce(posts.at_all, weeks.no_word) as at_all,
    posts.at_all_gap_seconds,
    coalesce(posts.intro_posts, weeks.no_word) as intro_posts,
    posts.intro_gap_seconds,
    coalesce(posts.post_kinds, weeks.no_word) as post_kinds,
    coalesce(posts.top_kind_posts, weeks.no_word) as top_kind_posts,
    coalesce(posts.duplicate_posts, weeks.no_word) as duplicate_posts,
    coalesce(hours.member_messages_4w, 0) as member_messages_4w,
    coalesce(hours.staff_posts_4w, 0) as staff_posts_4w,
    coalesce(hours.off_peak_posts_4w, 0) as off_peak_posts_4w,
    hours.peak_hours,
    coalesce(questions.questions, weeks.no_word) as questions,
    coalesce(questions.questions_in_time, weeks.no_word) as questions_in_time,
    coalesce(questions.unanswered_24h, weeks.no_word) as unanswered_24h,
    coalesce(questions.newcomer_unanswered_2h, weeks.no_word) as newcomer_unanswered_2h,
    questions.reply_median_minutes,
    questions.watched_minutes,
    coalesce(questions.welcome_cases, weeks.no_word) as welcome_cases,
    coalesce(questions.welcome_done, weeks.no_word) as welcome_done,
    complaints.complainers,
    complaints.complaints_confirmed,
    complaints.complaints_late,
    complaints.complaints_escalated,
    complaints.complaints_argued,
    complaints.complaints_settled,
    complaints.complaints_without_follow_up,
    complaints.buyers_due,
    complaints.buyers_without_contact,
    violations.member_ads_confirmed,
    violations.member_ads_unhandled,
    violations.newcomer_violations,
    violations.newcomer_violators,
    violations.kicks,
    violations.kicks_without_warning,
    leaving.hours_after_ads,
    leaving.hours_other,
    leaving.leaves_after_ads,
    leaving.leaves_other,
    wishes.intent_persons,
    wishes.intent_without_order,
    wishes.price_objectors,
    wishes.objectors,
    wishes.feedback_14d,
    wishes.helpers,
    wishes.most_helps,
    coalesce(happenings.events, 0) as events,
    happenings.event_members,
    happenings.participants,
    coalesce(happenings.flash_sales, 0) as flash_sales,
    coalesce(happenings.flash_sales_without_notice, 0) as flash_sales_without_notice,
    sop.steps_due,
    sop.steps_missed,
    sop.steps_wrong_group,
    sop.content_due,
    sop.content_missed,
    sop.conversion_steps,
    sop.conversion_offers,
    sop.camp_days,
    shopping.orders_4w,
    shopping.buyers_4w,
    shopping.mature_orders,
    shopping.mature_refunded,
    shopping.overdue_buyers,
    shopping.repurchase_gap_p75,
    if (weeks.is_deaf, null, shopping.wakeable) as wakeable,
    shopping.top_item,
    shopping.top_item_share,
    shopping.item_orders_4w,
    shopping.level_ups_4w
from
    intermediate.int_rule_weeks as weeks
    cross join config.settings
    cross join intermediate.int_orders_until as sold
    inner join marts.group_weeks as counts using (group_id, week)
    inner join marts.groups using (group_id)
    inner join intermediate.int_rule_people as people using (group_id, week)
    inner join intermediate.int_rule_complaints as complaints using (group_id, week)
    inner join intermediate.int_rule_violations as violations using (group_id, week)
    inner join intermediate.int_rule_leaves as leaving using (group_id, week)
    inner join intermediate.int_rule_wishes as wishes using (group_id, week)
    inner join intermediate.int_rule_plan as sop using (group_id, week)
    inner join intermediate.int_rule_shopping as shopping using (group_id, week)
    left join intermediate.int_rule_newcomers as newcomers using (group_id, week)
    left join intermediate.int_rule_stream as stream using (group_id, week)
    left join intermediate.int_rule_talk as talk using (group_id, week)
    left join intermediate.int_rule_posts as posts using (group_id, week)
    left join promotions using (group_id, week)
    left join intermediate.int_rule_hours as hours using (group_id, week)
    left join intermediate.int_rule_questions as questions using (group_id, week)
    left join intermediate.int_rule_events as happenings using (group_id, week)
window
    upto as (
        partition by
            weeks.group_id
        order by
            weeks.week
    )
