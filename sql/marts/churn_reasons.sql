/*
title: Reasons for leaving
description: >-
  Why members left, from two sides that are never added up: what leavers declared in a survey, and what the days before
  the leave suggest. The inferred weights of a leaver sum to 1; without any evidence the reason is unknown. The declared
  weights sum to 1 per leaver who answered.
grain: [group_id, person_id, nth, source, reason]
columns:
  group_id: The group that was left.
  person_id: Who left.
  nth: Which stay of this person in this group.
  week: First day of the local week of leaving.
  source: declared or inferred.
  reason: A reason of sql/seeds/churn_reason_titles.csv.
  title_zh: The reason in Chinese.
  title_en: The reason in English.
  weight: Share of this leaver; sums to 1 per leaver and source.
  label: confirmed, likely or possible; null for unknown.
  evidence: Word of the answer, or the kinds of evidence found.
checks:
  - weight > 0
  - weight <= 1
*/
with
    reasons as (
        select
            events.group_id,
            events.person_id,
            events.nth,
            events.week,
            'declared' as source,
            declared.reason,
            1 / count(*) over (
                partition by
                    events.group_id,
                    events.person_id,
                    events.nth
            )::double as weight,
            'confirmed' as label,
            declared.evidence
        from
            marts.churn_events as events
            inner join intermediate.int_declared_reasons as declared using (group_id, person_id, nth)
        union all
        select
            events.group_id,
            events.person_id,
            events.nth,
            events.week,
            'inferred',
            coalesce(inferred.reason, 'unknown'),
            coalesce(
                inferred.score / sum(inferred.score) over (
                    partition by
                        events.group_id,
                        events.person_id,
                        events.nth
                ),
                1.0
            )::double,
            inferred.label,
            inferred.evidence
        from
            marts.churn_events as events
            left join intermediate.int_inferred_reasons as inferred using (group_id, person_id, nth)
    )
select
    reasons.group_id,
    reasons.person_id,
    reasons.nth,
    reasons.week,
    reasons.source,
    reasons.reason,
    titles.title_zh,
    titles.title_en,
    reasons.weight,
    reasons.label,
    reasons.evidence
from
    reasons
    left join seeds.churn_reason_titles as titles using (reason)
