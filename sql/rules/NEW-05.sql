/*
title:
  zh: "没有见面礼"
  en: "No newcomer gift"
description:
  zh: "这周进了至少 10 位新人，却没有新人礼。"
  en: "Ten newcomers or more and no newcomer gift in the week."
severity: watch
owner: 福利官
rootCause: welcome
params:
  newcomers_min: {default: 10, zh: "新人数", en: "newcomers"}
needs: [members, staff]
evidence:
  newcomers: ["新人", "newcomers", people]
  gifts: ["新人礼", "newcomer gifts", count]
rows: {query: rows_labels, params: {label: benefit, sender: staff}}
suggestion:
  zh: "这周进了 {newcomers} 位新人，没有看到新人礼。备一张小额券或一份资料，进群 7 天内发到人。"
  en: "{newcomers} newcomers and no gift was seen. Give a small coupon or a guide within 7 days."
expect:
  - {kpi: newcomer_7d, direction: up}
followUp:
  weeks: 2
  zh: "两周后看新人开口率"
  en: "newcomers who speak, in two weeks"
  done: "gift_posts > 0"
sources: [S4-16]
falsePositives:
  zh: "礼在私聊发；资源型群不设礼"
  en: "Given in private; resource groups give none"
*/
select
    group_id,
    week,
    newcomers as sample,
    newcomers as affected,
    newcomers,
    gift_posts as gifts
from
    marts.rule_inputs
where
    gift_posts = 0
    and newcomers >= $newcomers_min
    and coalesce(kind, '') <> 'resource'
