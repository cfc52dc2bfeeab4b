/** Strings of wake-up campaigns. */
export const CAMPAIGNS = {
  page_campaigns: ["活动", "Campaigns"],
  campaigns_title: ["唤醒活动", "Wake-up campaigns"],
  campaigns_sub: [
    "随机留出一部分人不联系，和联系过的人比，才知道活动有没有用",
    "Some people are left alone at random: only the comparison with them tells what it brought",
  ],
  campaigns_none: [
    "还没有活动。在名单页选好人，点“发起活动”，名单和对照组就定下来了。",
    "There is none yet. Choose people on the list page and start one: list and holdout are fixed then.",
  ],
  campaign_start: ["用这份名单发起活动", "Start a campaign with this list"],
  campaign_name: ["活动名", "Name"],
  campaign_from: ["开始日", "First day"],
  campaign_days: ["看几天", "Days"],
  campaign_message: ["准备发什么", "What will be sent"],
  campaign_go: ["发起活动", "Start"],
  campaign_rule: [
    "{n} 人里随机留出 {held} 人不联系作对照；已退订的人不在内",
    "Of {n} people, {held} are left alone at random; who opted out is not in it",
  ],
  campaign_small: [
    "不到 50 人：能看出方向，证明不了效果。",
    "Under 50 people: a direction may show, nothing is proved.",
  ],
  campaign_refused: [
    "能联系的只有 {n} 人，不到 {fewest} 人，留不出对照，不能发起活动：少数人回不回来说明不了什么。直接一个一个问候就好。",
    "Only {n} people can be written to, fewer than {fewest}: with no holdout a campaign could show nothing. Greet them one by one.",
  ],
  campaign_rested: [
    "另有 {n} 人前后 14 天内联系过或在别的活动里，这次不算。",
    "{n} more were written to within 14 days, or are in another campaign, and stay out.",
  ],
  campaign_seen: [
    "没人联系时，两周里约 {base} 会自己回来；这么多人，至少相差 {size} 才看得出来（十次里看出八次）。",
    "Unasked, about {base} come back within two weeks; with so many people a difference of {size} or more is seen 8 times in 10.",
  ],
  campaign_unseen: [
    "没人联系时，两周里约 {base} 会自己回来；人太少，差多少都看不出来。",
    "Unasked, about {base} come back within two weeks; there are too few people for any difference to be seen.",
  ],
  campaign: ["活动", "Campaign"],
  campaign_when: ["{from} – {to}", "{from} – {to}"],
  campaign_written: ["联系", "Written to"],
  campaign_held: ["对照", "Left alone"],
  campaign_people: ["人数", "People"],
  campaign_returned: ["回来", "Returned"],
  campaign_spoke: ["发言", "Spoke"],
  campaign_bought: ["下单", "Bought"],
  campaign_value: ["消费", "Spent"],
  campaign_share: ["回来比例", "Share"],
  campaign_lift: ["净增", "Lift"],
  campaign_running: ["进行中，数据到 {until}", "Under way, data up to {until}"],
  campaign_waiting: ["还没有开始后的数据", "No data since its start"],
  campaign_over: ["已结束", "Over"],
  campaign_result_clear: [
    "联系过的人多回来 {lift}（95% 区间 {lo} 到 {hi}），相当于多唤醒约 {extra} 人",
    "{lift} more of those written to returned (95 % interval {lo} to {hi}): about {extra} people more",
  ],
  campaign_result_harm: [
    "联系过的人反而回来得更少：{lift}（95% 区间 {lo} 到 {hi}），这样的打扰先停一停",
    "Fewer of those written to returned: {lift} (95 % interval {lo} to {hi}). Stop writing like this",
  ],
  campaign_result_noise: [
    "差 {lift}（95% 区间 {lo} 到 {hi}），还看不出有没有用",
    "A difference of {lift} (95 % interval {lo} to {hi}): it can't be told whether it helped",
  ],
  campaign_spent_clear: [
    "每人多花 {diff}（95% 区间 {lo} 到 {hi}）",
    "{diff} more spent per person (95 % interval {lo} to {hi})",
  ],
  campaign_spent_harm: [
    "每人反而花得更少：{diff}（95% 区间 {lo} 到 {hi}）",
    "Less spent per person: {diff} (95 % interval {lo} to {hi})",
  ],
  campaign_spent_noise: [
    "每人花的钱差 {diff}（95% 区间 {lo} 到 {hi}），还看不出有没有用",
    "{diff} spent per person (95 % interval {lo} to {hi}): it can't be told whether it helped",
  ],
  campaign_spent_sub: [
    "联系过的减没联系过的，已扣掉两边在活动前同样天数里本来就花得不一样的部分（解释了 {explained}% 的个人差异）；不扣是 {plain}。",
    "Those written to less those left alone, without what they spent differently in as many days before (which explains {explained} % of the variation between people); with it {plain}.",
  ],
  campaign_result_hidden: [
    "回来的人不到 5 个的一边不列出，差多少也就不说",
    "A side of which fewer than 5 came back is not shown, nor is the difference",
  ],
  campaign_result_none: [
    "没有对照组，看不出是不是活动的作用",
    "There is no holdout, so it can't be told what it brought",
  ],
  campaign_gone: [
    "另有 {n} 人已退订，或已不在当周的名单里，不要再联系",
    "{n} more opted out, or are no longer on that week's list: do not write to them",
  ],
  campaign_csv: ["导出联系名单（{n} 人）", "List to write to ({n})"],
} as const satisfies Record<string, readonly [string, string]>;
