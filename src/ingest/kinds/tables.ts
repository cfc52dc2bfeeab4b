import { ourWord } from "../../kit/our-words.ts";
import { IS_UNCLEAR, isOptedOut } from "../opted-out.ts";
import type { KindSpec } from "./kind.ts";
import { lostDigits } from "./lost-digits.ts";

// A respondent without an id is known by the phone they gave, else by name inside this survey, which links nobody.
const RESPONDENT =
  "coalesce(id_prefix || respondent_id, 'phone:' || phone_number(phone), 'respondent:' || coalesce(survey_id, '') || ':' || name)";

/** A row per chosen option or free answer; name and phone go to the contacts alone. */
export const survey: KindSpec = {
  columns: {
    survey_id: "id",
    response_id: "id",
    respondent_id: "id",
    phone: "text",
    name: "text",
    group_id: "id",
    submitted_at: "time",
    question_no: "text",
    question: "text",
    option_no: "number",
    answer: "text",
    is_skipped: "flag",
    extra: "text",
  },
  time: { column: "submitted_at", required: true },
  needs: ["question"],
  facts: [
    {
      fact: "survey_answers",
      decides: true,
      select: `
        select record, to_utc(submitted_at, submitted_at_is_utc) as month_at, survey_id, response_id, person_key(${RESPONDENT}) as person_key,
          group_id, submitted_at, submitted_at_is_utc, question_no, question, try_cast(option_no as integer) as option_no,
          answer, coalesce(is_skipped, false) as is_skipped, extra
        from checked`,
    },
    {
      fact: "contacts",
      decides: false,
      select: `
        select any_value(record) as record, max(to_utc(submitted_at, submitted_at_is_utc)) as month_at,
          person_key(${RESPONDENT}) as person_key, group_id, respondent_id is null and phone_number(phone) is null as has_name_only,
          coalesce(respondent_id, phone_number(phone)) as raw_id, name, phone_number(phone) as phone,
          person_key('phone:' || phone_number(phone)) as phone_key, null as email, null as email_key,
          null as unionid, null as unionid_key, null as alias_of_key, null as role, null as platform,
          max(to_utc(submitted_at, submitted_at_is_utc)) as seen_at, null as is_opted_out
        from checked
        where ${RESPONDENT} is not null
        group by all`,
    },
  ],
};

/** Kinds of events, each with what people write for it. */
export const EVENT_TYPES = {
  flash_sale: ["flashsale", "秒杀", "限时秒杀", "限时抢购", "限时特价"],
  group_buy: ["groupbuy", "团购", "拼团", "接龙"],
  lottery: ["抽奖"],
  live: ["直播"],
  topic: ["话题", "话题活动", "互动"],
  offline: ["线下", "线下活动"],
  sop_change: ["sopchange", "SOP调整", "SOP变更", "SOP改动"],
  holiday: ["放假", "放假安排", "假期", "节假日", "假日"],
  other: ["其他", "其它", "其他活动"],
} as const;
/** `Flash sale` and `SOP 调整` are one of them too. */
const EVENT_TYPE = ourWord("replace(replace(trim(type), ' ', ''), '-', '_')", EVENT_TYPES);

export const calendar: KindSpec = {
  columns: {
    starts_at: "time",
    ends_at: "time",
    type: "text",
    title: "text",
    group_id: "id",
    product: "text",
    planned_quantity: "number",
    note: "text",
    extra: "text",
  },
  lasts: { from: "starts_at", to: "ends_at" },
  needs: ["starts_at", "type", "title"],
  rejects: [
    {
      code: "unknown_event_type",
      column: "type",
      when: `${EVENT_TYPE} is null`,
    },
    { code: "ends_before_start", column: "ends_at", when: "ends_at < starts_at" },
  ],
  facts: [
    {
      fact: "calendar_events",
      decides: true,
      select: `
        select record, to_utc(starts_at, starts_at_is_utc) as month_at, starts_at, starts_at_is_utc, ends_at, ends_at_is_utc, ${EVENT_TYPE} as type, title,
          group_id, product, try_cast(planned_quantity as decimal(18, 3)) as planned_quantity, note, extra
        from checked`,
    },
  ],
};

export const contact: KindSpec = {
  columns: {
    person_id: "id",
    name: "text",
    phone: "text",
    email: "text",
    unionid: "id",
    platform: "text",
    alias_of: "id",
    opted_out: "text",
    is_opt_out_list: "flag",
  },
  needs: [],
  rejects: [{ code: "no_contact_key", column: "person_id", when: "person_id is null" }],
  warns: [...lostDigits("phone"), { code: "unclear_opt_out", column: "opted_out", when: IS_UNCLEAR }],
  facts: [
    {
      fact: "contacts",
      decides: true,
      select: `
        select record, null::timestamp as month_at, person_key(id_prefix || person_id) as person_key, null as group_id, false as has_name_only, person_id as raw_id, name,
          phone_number(phone) as phone, person_key('phone:' || phone_number(phone)) as phone_key,
          lower(email) as email, person_key('email:' || lower(email)) as email_key, unionid,
          person_key('unionid:' || unionid) as unionid_key, person_key(id_prefix || alias_of) as alias_of_key, null as role, platform,
          null::timestamp as seen_at, ${isOptedOut("checked")} as is_opted_out
        from checked`,
    },
  ],
};
