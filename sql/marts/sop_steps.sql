/*
title: SOP steps
description: Every step of every revision of a plan, with its script and how its time is given.
grain: [plan_id, revision, step_id]
columns:
  plan_id: The plan.
  revision: Hash of the whole plan; an edited plan is a new revision.
  plan_version: Version as the plan states it.
  plan_title: Name of the plan.
  holds_from: From when the revision holds (UTC).
  holds_until: Until when (UTC, exclusive); null = still.
  step_id: The step.
  phase: Phase of the plan.
  task: publish and interact are seen in the group; plan, audit, analyse, train and meet are work inside the team.
  role: Role that does it, as the plan's key.
  role_title: The role's name.
  owner: Who answers for it, as the plan names them.
  content_type: What it is (tip, story, ad, topic …).
  message_kind: Kind of message that is expected (text, image, link …); null = any.
  link: Link that must be in it; null = none.
  scene: Scene of the script library.
  text: The script; {…} are variables.
  target: What it should reach, as the plan says it.
  definition: The step as written, as JSON.
*/
select
    plan_id,
    revision,
    min(version) as plan_version,
    min(plan_title) as plan_title,
    min(holds_from) as holds_from,
    min(holds_until) as holds_until,
    step_id,
    min_by(phase, row_key) as phase,
    min_by(task, row_key) as task,
    min_by(role, row_key) as role,
    min_by(role_title, row_key) as role_title,
    min_by(owner, row_key) as owner,
    min_by(content_type, row_key) as content_type,
    min_by(message_kind, row_key) as message_kind,
    min_by(link, row_key) as link,
    min_by(scene, row_key) as scene,
    min_by(text, row_key) as text,
    min_by(target, row_key) as target,
    min_by(definition, row_key) as definition
from
    staging.stg_plan_steps
group by
    plan_id,
    revision,
    step_id
