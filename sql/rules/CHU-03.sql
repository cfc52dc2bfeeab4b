/*
title:
  zh: "问卷首位：推销太密"
  en: "Survey: too many ads"
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
  zh: "{respondents} 份问卷里 {chosen} 份选“推销太密”（{share}），第二位“{rival}”{rival_share}。推广退回预算内，写进公约让大家监督。"
  en: "{chosen} of {respondents} answers say “too many ads” ({share}); next “{rival}” with {rival_share}. Back to the budget; put it in the rules."
expect:
  - {kpi: churn_rate, direction: down}
followUp:
  weeks: 1
  zh: "下周：推广次数和占比"
  en: "next week: ads, and its share"
sources: [S4-37, S4-38]
falsePositives:
  zh: "和推广日志不符时以日志为准，并列写出"
  en: "Where the log of ads differs, the log holds and both are shown"
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
    reason = 'too_many_ads'
    and mcnemar_lead_p (only_this, only_rival) <= $p_max
