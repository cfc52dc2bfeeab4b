/*
title:
  zh: "退款走高"
  en: "Refunds up"
description:
  zh: "满 30 天的订单里 30 天内退款的比例，其 95% 下限高于之前 8 周，而且和之前 8 周相比不像碰巧（单侧 p<0.025）。"
  en: "Of orders 30 days old, the lower bound of the share refunded within 30 days lies above the 8 weeks before, and against those weeks chance is unlikely (one-sided p below 0.025)."
severity: act
owner: 品牌方
rootCause: product
minSample: 50
needs: [orders]
evidence:
  refunded: ["退款订单", "refunded orders", count]
  orders: ["满 30 天的订单", "orders 30 days old", count]
  rate: ["退款率", "refund rate", ratio]
  usual: ["之前 8 周", "8 weeks before", ratio]
suggestion:
  zh: "满 30 天的 {orders} 单里有 {refunded} 单在 30 天内退了（{rate}），之前 8 周是 {usual}。停掉退得最多的一款，改说明或换货源。"
  en: "{refunded} of {orders} orders 30 days old were refunded within them ({rate}; {usual} before). Stop the worst item; fix its description or supplier."
expect:
  - {input: mature_refunded, direction: down, zh: "退款订单", en: "refunded orders"}
followUp:
  weeks: 6
  zh: "6 周后看退款率"
  en: "refunds in 6 weeks"
sources: [S4-33, S4-36]
falsePositives:
  zh: "没满 30 天的周不算；部分退差价"
  en: "Younger weeks do not count; part refunds of a price difference"
*/
with
    usual as (
        select
            *,
            sum(mature_refunded) over eight as refunded_before,
            sum(mature_orders) over eight as orders_before,
            refunded_before / nullif(orders_before, 0) as usual
        from
            marts.rule_inputs
        window
            eight as (
                partition by
                    group_id
                order by
                    week rows between 8 preceding
                    and 1 preceding
            )
    )
select
    group_id,
    week,
    mature_orders as sample,
    mature_refunded as affected,
    mature_refunded / mature_orders - usual as gap,
    mature_refunded as refunded,
    mature_orders as orders,
    mature_refunded / mature_orders as rate,
    usual
from
    usual
where
    mature_orders > 0
    and wilson_low (mature_refunded, mature_orders) > usual
    -- One refund is more than none of a few orders: those before had chance too.
    and binomial_tail (
        mature_refunded,
        mature_refunded + refunded_before,
        mature_orders / (mature_orders + orders_before)
    ) < 0.025
