/*
title:
  zh: "靠一款撑着"
  en: "One item carries sales"
description:
  zh: "近 4 周一款商品占成交额至少 60%。"
  en: "One item makes up 60 % of the sales of 4 weeks or more."
severity: watch
owner: 团长
rootCause: range
coolDownWeeks: 8
cost: high
params:
  share_min: {default: 0.6, zh: "占比", en: "share"}
minSample: 50
needs: [items]
evidence:
  item: ["最大的一款", "largest item", text]
  item_share: ["占比", "share", ratio]
  orders: ["近 4 周写明商品金额的订单", "orders of 4 weeks with amounts of items", count]
suggestion:
  zh: "近 4 周写明商品金额的 {orders} 单里，“{item}”占成交额 {item_share}。从买过的人常一起问的东西里选第二款试一场。"
  en: "“{item}” makes up {item_share} of the sales of {orders} orders in 4 weeks that state the amounts of their items. Test a second item buyers already ask about."
expect:
  - {kpi: orders, direction: up}
followUp:
  weeks: 4
  zh: "4 周后看单品占比"
  en: "the share in 4 weeks"
  done: "top_item_share < $share_min"
sources: [S4-30, S4-29]
falsePositives:
  zh: "单品群、首发周"
  en: "Groups with one item; a launch"
*/
select
    group_id,
    week,
    item_orders_4w as sample,
    buyers_4w as affected,
    top_item_share as gap,
    top_item as item,
    top_item_share as item_share,
    item_orders_4w as orders
from
    marts.rule_inputs
where
    top_item_share >= $share_min
