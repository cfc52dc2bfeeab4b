/*
title:
  zh: "问卷首位：没得实惠"
  en: "Survey: no benefit"
description:
  zh: "近 8 周问卷里这个原因排第一，比第二位多（同一个人配对，McNemar）不是偶然。"
  en: "It is the first reason in the surveys of 8 weeks, and its lead over the second (McNemar, paired within respondents) is no chance."
severity: act
owner: 福利官
rootCause: reasons
params:
  p_max: {default: 0.05, zh: "p 上限", en: "largest p"}
minSample: 15
needs: [survey]
evidence:
  chosen: ["选它的人", "chose it", people]
  respondents: ["作答的人", "respondents", people]
  share: ["占比", "share", ratio]
  rival: ["第二位", "second reason", text]
  rival_share: ["第二位占比", "its share", ratio]
suggestion:
  zh: "{respondents} 份问卷里 {chosen} 份选“没得实惠”（{share}），第二位“{rival}”{rival_share}。固定每周一次小福利，结果公开。"
  en: "{chosen} of {respondents} answers say “no benefit” ({share}); next “{rival}” with {rival_share}. One fixed weekly benefit with public results."
expect:
  - {kpi: churn_rate, direction: down}
followUp:
  weeks: 4
  zh: "下次问卷：占比"
  en: "its share in the next survey"
sources: [S4-37, S4-38]
falsePositives:
  zh: "福利发了没被看到；问卷选项顺序"
  en: "Benefits nobody saw; order of the options"
*/
select
    group_id,
    week,
    respondents as sample,
    chosen as affected,
    (only_this - only_rival) / respondents as gap,
    chosen,
    respondents,
    chosen / respondents as share,
    rival,
    rival_chosen / respondents as rival_share
from
    marts.rule_reasons
where
    reason = 'no_benefit'
    and mcnemar_lead_p (only_this, only_rival) <= $p_max
