/** Statements per schema version of state.duckdb, oldest first; a new version is appended, never edited. */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    "create table settings (name varchar primary key, value varchar not null)",
    "create table secrets (name varchar primary key, value varchar not null)",
    "create sequence import_ids",
    `create table imports (
      import_id bigint primary key default nextval('import_ids'),
      file_name varchar not null,
      sha256 varchar not null,
      bytes bigint not null,
      encoding varchar,
      importer varchar not null,
      kind varchar not null,
      options varchar not null,
      read bigint not null,
      accepted bigint not null,
      duplicate bigint not null,
      rejected bigint not null,
      from_at timestamp,
      to_at timestamp,
      as_of timestamp,
      group_ids varchar[] not null,
      warnings varchar not null,
      imported_at timestamp not null,
      check (read = accepted + duplicate + rejected)
    )`,
    `create table parts (
      path varchar primary key,
      import_id bigint not null,
      fact varchar not null,
      month varchar not null,
      rows bigint not null,
      bytes bigint not null,
      sha256 varchar not null
    )`,
    `create table failures (
      file_name varchar not null,
      sha256 varchar,
      message_zh varchar not null,
      message_en varchar not null,
      failed_at timestamp not null
    )`,
  ],
  [
    // Who is who, as the operator said it. Nothing is deleted: a decision taken back keeps its row.
    "create sequence identity_decision_ids",
    `create table identity_decisions (
      decision_id bigint primary key default nextval('identity_decision_ids'),
      decision varchar not null check (decision in ('accept', 'reject')),
      kind varchar not null,
      left_key varchar not null,
      right_key varchar not null,
      group_id varchar,
      decided_by varchar not null,
      decided_at timestamp not null,
      undone_by varchar,
      undone_at timestamp
    )`,
  ],
  [
    // A suggestion is written down when someone decides on it, with its evidence as it was shown then.
    `create table suggestions (
      suggestion_id varchar primary key,
      rule varchar not null,
      group_id varchar not null,
      week date not null,
      status varchar not null check (status in ('open', 'accepted', 'rejected', 'done')),
      shown varchar not null,
      text_zh varchar not null,
      text_en varchar not null,
      owner varchar,
      due date,
      reason varchar,
      base_week date,
      done_at timestamp,
      done_source varchar check (done_source in ('log', 'person')),
      effect varchar
    )`,
    "create sequence suggestion_step_ids",
    `create table suggestion_steps (
      step_id bigint primary key default nextval('suggestion_step_ids'),
      suggestion_id varchar not null,
      step varchar not null check (step in ('edited', 'accepted', 'rejected', 'done', 'measured')),
      made_at timestamp not null,
      made_by varchar not null,
      detail varchar
    )`,
  ],
  [
    // Hashed keys of people who were forgotten, so that no older export brings them back.
    "create table tombstones (person_key varchar primary key, forgotten_by varchar not null, forgotten_at timestamp not null)",
  ],
  [
    // Files dropped together, undone together; an import that an undone one made smaller may be read again.
    "alter table imports add column batch varchar",
    "alter table imports add column is_incomplete boolean default false",
    "create table column_maps (id varchar primary key, spec varchar not null, saved_at timestamp not null)",
  ],
  [
    `create table label_corrections (
      group_id varchar not null,
      message_id varchar,
      person_key varchar,
      sent_at timestamp not null,
      text_key varchar,
      label varchar not null,
      is_on boolean not null,
      corrected_by varchar not null,
      corrected_at timestamp not null
    )`,
  ],
  [
    "create table users (name varchar primary key, role varchar not null, groups varchar[] not null, password varchar not null, added_at timestamp not null)",
    // Tokens are hashed: whoever reads the file can't sign in with it.
    "create table sessions (token varchar primary key, name varchar not null, expires_at timestamp not null)",
    "create sequence audit_ids",
    `create table audit (
      entry_id bigint primary key default nextval('audit_ids'),
      made_at timestamp not null,
      made_by varchar not null,
      action varchar not null,
      detail varchar not null,
      hash varchar not null
    )`,
  ],
  [
    // Which step was announced to which robot: plan, step and moment, no person.
    "create table reminders (reminder_key varchar primary key, claimed_at timestamp not null, sent_at timestamp)",
  ],
  [
    // How long the audit is and how it ends: lines taken off its end would leave no gap.
    `insert into settings
     select 'audit_head', entry_id || ':' || hash from audit order by entry_id desc limit 1`,
  ],
];
