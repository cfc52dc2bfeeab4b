/** Strings of the sections on rhythm, retention and leaving. */
export const SECTION_TEXTS = {
  nearly_week: [
    "第 {n} 周的数据到 {at} 为止，还不满一周，所以这里是上一周。要按整周看，等新的一周有了消息，再导出一次聊天记录。",
    "Week {n} has data to {at} and is not whole, so this is the week before. To have it as a whole week, export the chats again once there are messages of the next.",
  ],
  nearly_week_go: ["先看第 {n} 周", "See week {n} as far as it goes"],
  partial_first: [
    "本周还没结束，数据只到 {at}，也没有上一周可比：只列数字，不下判断。",
    "This week is not over, its data end at {at}, and there is no week before to compare: figures only, not judged.",
  ],
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
  hour_tip: ["{day} {from}–{to} 点，{n} 条消息", "{day} {from}:00–{to}:00, {n} {n?message:messages}"],
  hour_posts: ["，计划推送 {n} 条", ", {n} planned posts"],
  few: ["少", "few"],
  many: ["多", "many"],
  post_ring: ["SOP 推送", "planned post"],
  hour: ["时段", "Hour"],
  cohorts_title_few: [
    "入群第 {k} 周还开口的新人（不到 5 人的批次不列出）",
    "Newcomers who still speak in week {k} (of weeks with fewer than 5 such people nothing is told)",
  ],
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
  reasons_title_mostly_unknown: [
    "{share} 的退群看不出原因；看得出的里面，最多的是“{reason}”",
    "No reason can be told for {share} of those who left; of the rest, “{reason}” leads",
  ],
  reasons_sub: [
    "近 4 周；问卷 n = {respondents}，退群 n = {leavers}",
    "Last 4 weeks; answers n = {respondents}, leavers n = {leavers}",
  ],
  reasons_few: ["样本太小，只作参考", "too few people, for reference only"],
  odd_days: [
    "和前 8 周同一个星期几比，消息数异常的日子：{list}。先看看当天发生了什么，也可能是记录不全。",
    "Days whose messages are far from the same weekday of 8 weeks: {list}. See what happened that day; the log may also be incomplete.",
  ],
  odd_day: ["{day} 有 {n} 条，平时约 {usual} 条", "{day} has {n}, usually about {usual}"],
  retention_title: [
    "入群 {day} 天后还在群的约 {share}（95% 区间 {range}）",
    "About {share} are still there {day} days after joining (95 % interval {range})",
  ],
  retention_title_bare: [
    "入群 {day} 天后还在群的约 {share}",
    "About {share} are still there {day} days after joining",
  ],
  retention_sub: [
    "近 26 周，{n} 人次，其中 {left} 人次退群。入群还没满这么久的人算到本周末为止，不当作走了，也不当作留下（Kaplan–Meier）；只看能看到退群的群。",
    "26 weeks, {n} stays of which {left} ended. Who has not been there so long counts up to the week's end, neither as gone nor as staying (Kaplan–Meier); of groups where leaving can be seen.",
  ],
  retention_source: ["入群方式", "How they came"],
  retention_stays: ["人次", "Stays"],
  retention_day: ["{day} 天", "{day} days"],
  retention_median: ["一半人走掉的天数", "Days until half have left"],
  retention_all: ["全部", "All"],
  event_from: ["{title}（开始）", "{title} (start)"],
  event_to: ["{title}（结束）", "{title} (end)"],
  retention_unsaid: ["没有记录", "Not said"],
  retention_longer: ["比其他人留得久", "Stay longer than the others"],
  retention_shorter: ["比其他人走得快", "Leave sooner than the others"],
  retention_same: ["看不出差别", "No difference to be told"],
  reasons_none: ["近 4 周没有人退群，或看不出原因", "Nobody left in 4 weeks, or nothing tells why"],
  reasons_heading: ["退群原因", "Why members left"],
  reasons_title_unknown: ["退群原因还看不出来", "Why members left is not known"],
  reasons_unknown: [
    "近 4 周 {leavers} 人退群，问卷回收 {respondents} 份，退群前的记录里也看不出原因。导入退群问卷或聊天记录会看得更清。",
    "{leavers} left in 4 weeks, {respondents} answered a survey, and what they did before tells no reason. A survey of leavers or chat logs would tell more.",
  ],
  segments_nobody: [
    "还不知道群里有谁：导入成员名单或聊天记录后，才分得出新人、活跃和沉默。",
    "Nobody is known to be a member yet: import a member list or a chat log to tell new, active and dormant ones.",
  ],
  segments_unknown: [
    "没有聊天记录也没有订单，不知道谁活跃、谁沉默；导入其中一样后才有分层和唤醒名单。",
    "Without chat logs and orders nobody is known to be active or silent: import either to see segments and the wake-up list.",
  ],
  reason_declared: ["退群问卷", "said when leaving"],
  reason_inferred: ["行为推断", "inferred"],
} as const satisfies Record<string, readonly [string, string]>;
