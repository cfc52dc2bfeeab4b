/*
title: Refunds that change less than they say
description: Refunds of orders that nobody imported, and of more than was paid, with what to do. Of all weeks.
params:
  group_id: {type: text, default: "*"}
people: []
*/
select
    'refunds_' || what as code,
    'warn' as severity,
    case what
        when 'unknown_order' then format(
            '售后、账单里有 {:,} 个订单的退款（共 {:,.2f}）在订单文件里找不到：这些退款没有从任何订单里扣掉。请把这些订单也导入（多半是更早的订单，或别的店铺的）。',
            orders,
            amount::double
        )
        else format(
            '售后、账单里有 {:,} 个订单的退款比实付还多（多出 {:,.2f}）：只扣到实付为止。多半是同一笔退款记了两遍，或订单没有付款，请核对。',
            orders,
            amount::double
        )
    end as zh,
    case what
        when 'unknown_order' then format(
            'After-sale lists and settlements tell of refunds (in all {1:,.2f}) of orders that no imported file has: {0:,} orders. They are taken off no sale. Import these orders too; most likely they are earlier ones, or of another shop.',
            orders,
            amount::double
        )
        else format(
            'After-sale lists and settlements tell of refunds above what was paid (by {1:,.2f}): {0:,} orders. Only what was paid is taken off. Most likely one refund is stated twice, or the order was never paid.',
            orders,
            amount::double
        )
    end as en,
    '/imports' as href
from
    marts.refunds_astray
where
    $group_id = '*'
order by
    what
