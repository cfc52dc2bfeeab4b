/*
title: Reasons of the survey, for the rules
description: >-
  Reasons that respondents named over eight weeks, each against the next most named, paired within respondents. Only questions about leaving or about what is wrong; '*' where the survey names no group.
grain: [group_id, week, reason]
columns:
  group_id: The group, '*' where the survey names none.
  week: First day of the last of the eight weeks.
  reason: A reason of sql/seeds/churn_reason_titles.csv.
  respondents: Who answered.
  chosen: Who named this reason.
  rival: The reason it is held against (the first, or for the first the second), in Chinese and English.
  rival_chosen: Who named that.
  only_this: Named this one and not the rival.
  only_rival: Named the rival and not this one.
*/
with
    answers as (
        select distinct
            coalesce(group_id, '*') as group_id,
            week_of (local_time (submitted_at)) as week,
            -- Sheets are numbered from 1 in each survey.
            coalesce(
                coalesce(survey_id, '') || ' ' || response_id,
                person_key
            ) as respondent,
            reason
        from
            intermediate.int_survey_reasons
    ),
    scopes as (
        select distinct
            group_id,
            week
        from
            answers
    ),
    spans as (
        select distinct
            scopes.group_id,
            weeks.week
        from
            scopes
            inner join (
                select distinct
                    week
                from
                    intermediate.int_rule_weeks
            ) as weeks on scopes.week between weeks.week - 49 and weeks.week
    ),
    chosen as (
        select distinct
            spans.group_id,
            spans.week,
            answers.respondent,
            answers.reason
        from
            spans
            inner join answers on answers.group_id = spans.group_id
            and answers.week between spans.week - 49 and spans.week
    ),
    counts as (
        select
            group_id,
            week,
            reason,
            count(*) as chosen
        from
            chosen
        group by
            group_id,
            week,
            reason
    ),
    ranked as (
        select
            *,
            row_number() over (
                partition by
                    group_id,
                    week
                order by
                    chosen desc,
                    reason
            ) as place
        from
            counts
    ),
    respondents as (
        select
            group_id,
            week,
            count(distinct respondent) as respondents
        from
            chosen
        group by
            group_id,
            week
    ),
    paired as (
        select
            this.group_id,
            this.week,
            this.reason,
            count(*) filter(
                this_one.respondent is not null
                and that_one.respondent is null
            ) as only_this
        from
            ranked as this
            inner join ranked as rival on rival.group_id = this.group_id
            and rival.week = this.week
            and rival.place = if (this.place = 1, 2, 1)
            inner join chosen as this_one on this_one.group_id = this.group_id
            and this_one.week = this.week
            and this_one.reason = this.reason
            left join chosen as that_one on that_one.group_id = this.group_id
            and that_one.week = this.week
            and that_one.reason = rival.reason
            and that_one.respondent = this_one.respondent
        group by
            this.group_id,
            this.week,
            this.reason
    )
select
    ranked.group_id,
    ranked.week,
    ranked.reason,
    respondents.respondents,
    ranked.chosen,
    titles.title_zh || ' / ' || titles.title_en as rival,
    coalesce(rival.chosen, 0) as rival_chosen,
    coalesce(paired.only_this, ranked.chosen) as only_this,
    coalesce(rival.chosen, 0) - (
        ranked.chosen - coalesce(paired.only_this, ranked.chosen)
    ) as only_rival
from
    ranked
    inner join respondents using (group_id, week)
    left join ranked as rival on rival.group_id = ranked.group_id
    and rival.week = ranked.week
    and rival.place = if (ranked.place = 1, 2, 1)
    left join paired on paired.group_id = ranked.group_id
    and paired.week = ranked.week
    and paired.reason = ranked.reason
    left join seeds.churn_reason_titles as titles on titles.reason = rival.reason
