/*
title: {zh: 发言集中度, en: Talk concentration}
description:
  zh: 成员消息的基尼系数，没说话的按 0 算：0 是人人一样多，1 是全由一个人说。没有聊天记录的群不算。
  en: "Gini coefficient of messages over members, silent ones as 0: 0 is equal, 1 is one person alone. Groups without a chat log of the week are left out."
unit: number
good: down
minDenominator: 0
needs: [messages, members]
*/
select
    group_id,
    week,
    '*' as segment,
    gini as numerator,
    null::bigint as denominator
from
    marts.talk_weeks
