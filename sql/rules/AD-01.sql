/*
title:
  zh: "推广超预算"
  en: "Ads over budget"
description:
  zh: "推广次数超过每周预算（默认 2 次，营销群 4 次）。"
  en: "More ad units than the weekly budget (2; marketing groups 4)."
severity: act
owner: 福利官
rootCause: ads
params:
  max_ads: {default: 2, zh: "每周推广预算", en: "ads a week", kinds: {marketing: 4}}
needs: [staff]
evidence:
  ads: ["推广次数", "ad units", count]
  ad_days: ["推广天数", "days with ads", days]
  leaves: ["同周退群", "left in the week", people]
rows: {query: rows_labels, params: {label: ad, sender: seller}}
suggestion:
  zh: "这周推广 {ads} 次，预算 {max_ads} 次，同周退群人数：{leaves}。砍到预算内，留下最对路的，其余等人问起再说。"
  en: "{ads} ads this week against a budget of {max_ads}; members who left in the same week: {leaves}. Keep the best ones, the rest on demand."
expect:
  - {input: ad_units, direction: down, zh: "推广次数", en: "ad units"}
  - {kpi: churn_rate, direction: down}
followUp:
  weeks: 1
  zh: "下周：不超预算"
  en: "next week: within the budget"
  done: "ad_units <= $max_ads"
sources: [S4-22, S4-28, S4-38]
falsePositives:
  zh: "没有下单链接的抽奖、收官小结、服务通知不算；同日同款只算 1 次"
  en: "A draw without order link, recaps and service notes do not count; one product on one day counts once"
*/
select
    group_id,
    week,
    ad_units as sample,
    members_present as affected,
    1 - $max_ads / ad_units as gap,
    ad_units as ads,
    ad_days,
    leaves
from
    marts.rule_inputs
where
    ad_units > $max_ads
