/*
title:
  zh: "秒杀没预告"
  en: "Sale without notice"
description:
  zh: "秒杀开始前 12 到 36 小时没有预告。"
  en: "A flash sale had no notice 12 to 36 hours before."
severity: act
owner: 福利官
rootCause: events
params:
  without_min: {default: 1, zh: "几场", en: "sales"}
minSample: 1
needs: [calendar]
evidence:
  without: ["没预告", "without notice", count]
  sales: ["秒杀", "flash sales", count]
suggestion:
  zh: "{sales} 场秒杀里 {without} 场前一天没看到预告。前一天挂预告，当天开抢前再提一次。"
  en: "{without} of {sales} flash {sales?sale:sales} had no notice the day before. Announce the day before and again before the start."
expect:
  - {kpi: buyers, direction: up}
followUp:
  weeks: 2
  zh: "下一场：有预告"
  en: "next sale: announced"
  done: "flash_sales > 0 and flash_sales_without_notice = 0"
sources: [S4-26, S4-23]
falsePositives:
  zh: "临时清仓；预告发在公告栏没导出"
  en: "Clearances; notices on a board that was not exported"
*/
select
    group_id,
    week,
    flash_sales as sample,
    members_present as affected,
    flash_sales_without_notice / flash_sales as gap,
    flash_sales_without_notice as without,
    flash_sales as sales
from
    marts.rule_inputs
where
    flash_sales_without_notice >= $without_min
