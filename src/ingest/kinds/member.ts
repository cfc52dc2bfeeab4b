import { ourWord } from "../../kit/our-words.ts";
import type { KindSpec } from "./kind.ts";
import { lostDigits } from "./lost-digits.ts";

/** Of a day alone, that of joining: by then they were there, so they left before it was over. */
const LEFT_AT = `case
  when not coalesce(left_at_is_utc or joined_at_is_utc, false) and left_at = date_trunc('day', left_at) and left_at = date_trunc('day', joined_at)
  then left_at + interval 86399 second else left_at end`;

export const ROLES = {
  member: ["成员", "群成员", "普通成员", "群员", "群友", "客户", "学员", "会员"],
  staff: ["员工", "群主", "管理员", "团长", "客服", "助理", "owner", "admin"],
  bot: ["机器人"],
  partner: ["合作方", "合作伙伴"],
  shill: ["托"],
  deactivated: [],
} as const;
export const LEAVE_KINDS = {
  quit: ["退群", "退出", "主动退群", "主动退出", "自己退群"],
  kick: ["被踢", "移出", "被移出", "被移除", "移出群聊", "被移出群聊"],
} as const;
const ROLE = ourWord("role", ROLES);
/** Who was kicked, by whatever word stands behind that one. */
const LEAVE_KIND = `coalesce(${ourWord("leave_kind", LEAVE_KINDS)}, if(starts_with(ltrim(leave_kind, '被'), '踢'), 'kick', null))`;

/** Without an id a name, which counts inside its group alone, as in logs without ids. */
const PERSON = "coalesce(person_key(id_prefix || member_id), person_key('name:' || group_id || ':' || name))";

/**
 * Which of several levels is a member's newest, where nothing but their order tells. Only what is told apart by it has a
 * number: all other rows are the same in every export of the list.
 */
const LEVEL_PLACES = `
  with stays as (
    select group_id, id_prefix, member_id, name, joined_at, snapshot_at from checked
    where level is not null and level_at is null group by all having min(level) <> max(level)
  )
  select record, row_number() over (partition by rows.group_id, rows.id_prefix, rows.member_id, rows.name, rows.joined_at, rows.snapshot_at order by record) as level_no
  from checked as rows
  semi join stays on stays.group_id is not distinct from rows.group_id and stays.id_prefix is not distinct from rows.id_prefix
    and stays.member_id is not distinct from rows.member_id and stays.name is not distinct from rows.name
    and stays.joined_at is not distinct from rows.joined_at and stays.snapshot_at is not distinct from rows.snapshot_at
  where rows.level is not null and rows.level_at is null`;

/**
 * Member lists. A list with `left_at` is the full history (`is_history`); one with a snapshot time is who was
 * there at that moment, and the difference of two is computed in SQL, so that the order of import is nothing.
 */
export const member: KindSpec = {
  columns: {
    group_id: "id",
    group_name: "text",
    member_id: "id",
    name: "text",
    role: "text",
    level: "text",
    level_at: "time",
    joined_at: "time",
    left_at: "time",
    leave_kind: "text",
    inviter_id: "id",
    source: "text",
    phone: "text",
    email: "text",
    unionid: "id",
    snapshot_at: "time",
    owner_id: "id",
    group_created_at: "time",
    is_history: "flag",
    extra: "text",
  },
  time: { column: "joined_at", required: false, also: ["left_at", "snapshot_at", "level_at"] },
  needs: ["group_id"],
  rejects: [
    // Where a list has ids, a row without one is damaged; a list of names alone has none anywhere.
    {
      code: "missing_value",
      column: "member_id",
      when: "member_id is null and (name is null or (select bool_or(other.member_id is not null) from typed as other))",
    },
    {
      code: "left_before_joined",
      column: "left_at",
      when: `to_utc(${LEFT_AT}, left_at_is_utc) <= to_utc(joined_at, joined_at_is_utc)`,
    },
    {
      code: "unknown_role",
      column: "role",
      when: `role is not null and ${ROLE} is null`,
    },
    {
      code: "unknown_leave_kind",
      column: "leave_kind",
      when: `leave_kind is not null and ${LEAVE_KIND} is null`,
    },
  ],
  warns: [
    ...lostDigits("phone"),
    // Which of them are groups is nothing that a list can tell, and one may be called so.
    {
      code: "several_groups",
      column: "group_id",
      when: "case when contains(group_id, '群') then regexp_matches(group_id, '群[^、,，;；/+＋]{0,8}[、,，;；/+＋][^、,，;；/+＋]*群') else false end",
    },
  ],
  tables: { level_places: LEVEL_PLACES },
  facts: [
    {
      fact: "member_snapshots",
      decides: true,
      select: `
        select record, coalesce(to_utc(snapshot_at, snapshot_at_is_utc), to_utc(left_at, left_at_is_utc), to_utc(joined_at, joined_at_is_utc)) as month_at,
          group_id, group_name, ${PERSON} as person_key, coalesce(${ROLE}, 'member') as role, level,
          joined_at, joined_at_is_utc, ${LEFT_AT} as left_at, left_at_is_utc, ${LEAVE_KIND} as leave_kind, person_key(id_prefix || inviter_id) as inviter_key,
          source as join_source, person_key(id_prefix || owner_id) as owner_key, group_created_at, group_created_at_is_utc,
          if(is_history, null, snapshot_at) as snapshot_at, if(is_history, null, snapshot_at_is_utc) as snapshot_at_is_utc,
          if(level is null, null, level_at) as level_at, if(level is null or level_at is null, null, level_at_is_utc) as level_at_is_utc,
          if(is_history and level is not null, snapshot_at, null) as stated_at,
          if(is_history and level is not null and snapshot_at is not null, snapshot_at_is_utc, null) as stated_at_is_utc,
          level_no, extra
        from checked left join level_places using (record)`,
    },
    {
      fact: "contacts",
      decides: false,
      select: `
        select any_value(record) as record, max(coalesce(to_utc(snapshot_at, snapshot_at_is_utc), to_utc(joined_at, joined_at_is_utc))) as month_at,
          ${PERSON} as person_key, group_id, member_id is null as has_name_only, member_id as raw_id, name,
          phone_number(phone) as phone, person_key('phone:' || phone_number(phone)) as phone_key,
          lower(email) as email, person_key('email:' || lower(email)) as email_key, unionid, person_key('unionid:' || unionid) as unionid_key, null as alias_of_key,
          if(${ROLE} in ('staff', 'bot'), ${ROLE}, null) as role, null as platform,
          max(coalesce(to_utc(snapshot_at, snapshot_at_is_utc), to_utc(joined_at, joined_at_is_utc))) as seen_at,
          null as is_opted_out
        from checked
        group by all`,
    },
  ],
};
