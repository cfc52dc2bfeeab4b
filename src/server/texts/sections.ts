/** Strings of the sections on rhythm, retention and leaving. */
export const SECTION_TEXTS = {
  weekdays: ["周一,周二,周三,周四,周五,周六,周日", "Mon,Tue,Wed,Thu,Fri,Sat,Sun"],
  nav_rhythm: ["活跃与留存", "Rhythm"],
  rhythm_sub: ["什么时候说话、新人能留多久", "When members speak, and how long newcomers stay"],
  hours_title: ["{peaks}最热", "Busiest: {peaks}"],
  hours_title_posts: [
    "{peaks}最热；{n} 个计划推送里有 {low} 个落在冷清时段",
    "Busiest: {peaks}; {low} of {n} planned posts fall into quiet hours",
  ],
  hours_sub: [
    "近 4 周每小时的群友消息数，圆圈是本周计划的 SOP 推送",
    "Members' messages by hour over 4 weeks; rings are this week's planned posts",
  ],
  hours_none: ["近 4 周没有群友的消息", "No messages of members in the last 4 weeks"],
  hour_range: ["{day} {from}–{to} 点", "{day} {from}–{to}"],
  hour_tip: ["{day} {from}–{to} 点，{n} 条消息", "{day} {from}:00–{to}:00, {n} messages"],
  hour_posts: ["，计划推送 {n} 条", ", {n} planned posts"],
  few: ["少", "few"],
  many: ["多", "many"],
  post_ring: ["SOP 推送", "planned post"],
  hour: ["时段", "Hour"],
  cohorts_title_low: [
    "{week} 入群的新人第 {k} 周只剩 {share}%，其他批次是 {other}%",
    "Of those who joined in {week}, {share}% are left in week {k}; other weeks: {other}%",
  ],
  cohorts_title: [
    "新人第 {k} 周还有 {share}% 在说话或下单",
    "{share}% of newcomers still speak or buy in week {k}",
  ],
  cohorts_none: ["还没有够久的新人批次", "No week of newcomers has been seen long enough"],
  cohorts_sub: [
    "按入群周分组，之后每周仍发言或下单的比例（%）",
    "By week of joining: share who spoke or bought in each later week (%)",
  ],
  cohort_name: ["{week} · {n} 人", "{week} · {n}"],
  cohort_tip: [
    "{week} 入群 {n} 人，第 {k} 周发言或下单 {share}%",
    "{n} joined in {week}: {share}% spoke or bought in week {k}",
  ],
  cohort: ["入群周", "Joined in"],
  reasons_label: ["退群原因：问卷与行为推断", "Reasons for leaving, said and inferred"],
  reasons_title_same: [
    "“{reason}”是退群第一原因，问卷与行为推断一致",
    "“{reason}” leads, said and inferred alike",
  ],
  reasons_title_said: [
    "问卷里最多的是“{said}”，行为推断最多的是“{inferred}”",
    "Most often said: “{said}”; most often inferred: “{inferred}”",
  ],
  reasons_title_one: ["退群原因里最多的是“{reason}”", "Most frequent reason: “{reason}”"],
  reasons_sub: [
    "近 4 周；问卷 n = {respondents}，退群 n = {leavers}",
    "Last 4 weeks; answers n = {respondents}, leavers n = {leavers}",
  ],
  reasons_few: ["样本太小，只作参考", "too few people, for reference only"],
  reasons_none: ["近 4 周没有人退群，或看不出原因", "Nobody left in 4 weeks, or nothing tells why"],
  reason_declared: ["退群问卷", "said when leaving"],
  reason_inferred: ["行为推断", "inferred"],
} as const satisfies Record<string, readonly [string, string]>;
