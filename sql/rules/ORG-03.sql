/*
title:
  zh: "没有激励阶梯"
  en: "No incentive steps"
description:
  zh: "团队销售阶梯没有登记（有员工也有订单的群）。"
  en: "No incentive steps are on record for a group with staff and orders."
severity: watch
owner: 团长
rootCause: team
coolDownWeeks: 13
params:
  configured: {default: false, zh: "已登记阶梯", en: "steps on record"}
  step1_orders: {default: 10, zh: "第一级单数", en: "orders of the first step"}
  step1_rate: {default: 0.1, zh: "第一级提成", en: "rate of the first step"}
  step2_orders: {default: 20, zh: "第二级单数", en: "orders of the second step"}
  step2_rate: {default: 0.12, zh: "第二级提成", en: "rate of the second step"}
needs: [orders, staff]
evidence:
  orders: ["近 4 周订单", "orders of 4 weeks", count]
  rate: ["照手册阶梯", "by the handbook’s steps", ratio]
suggestion:
  zh: "近 4 周 {orders} 单，还没登记提成阶梯。填上两级（{step1_orders} 单、{step2_orders} 单）和每月两个奖，低于首级的由你定；定好后在 fupan.yaml 里把 configured 写成 true。"
  en: "{orders} orders in 4 weeks and no incentive steps on record. Fill two steps ({step1_orders} and {step2_orders} orders) and two monthly awards; below the first is yours to set. Then write configured: true in fupan.yaml."
expect:
  - {kpi: orders, direction: up}
followUp:
  weeks: 4
  zh: "下月：团队订单"
  en: "next month: orders"
sources: [S4-11, S4-12]
falsePositives:
  zh: "固定薪资团队；按毛利结算"
  en: "Fixed salaries; settled by margin"
*/
select
    group_id,
    week,
    orders_4w as sample,
    staff as affected,
    orders_4w as orders,
    case
        when orders_4w >= $step2_orders then $step2_rate
        when orders_4w >= $step1_orders then $step1_rate
    end as rate
from
    marts.rule_inputs
where
    not $configured
    and staff > 0
    and orders_4w > 0
