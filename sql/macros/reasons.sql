-- What an answer of a survey names once what it denies and praises is out. The words of sql/seeds/churn_reasons.csv are one
-- constant pattern, the longest first, since an alternation takes the first that fits.
set variable reason_words = (
    select
        map {
            'any': string_agg(
                regexp_escape(word),
                '|'
                order by
                    length(word) desc,
                    word
            ),
            'ads': string_agg(
                regexp_escape(word),
                '|'
                order by
                    length(word) desc,
                    word
            ) filter(reason = 'too_many_ads')
        }
    from
        seeds.churn_reasons
    where
        kind = 'answer'
);

create or replace macro reason_word (which) as '(' || element_at(getvariable ('reason_words'), which) [1] || ')';

-- 不是因为广告; 是不是 asks, and denies nothing.
create or replace macro without_denied (x) as regexp_replace(
    replace(x, '是不是', ''),
    '(不是|并非|不算|不怪|不关|[不没]嫌|[不没]觉得|不存在)(因为|由于|嫌|觉得|说|怕|你们|群里|有|太|的)*(' || reason_word ('any') || '[和或与跟及])*' || reason_word ('any'),
    '',
    'g'
);

-- 没有广告; 没有客服 is a complaint.
create or replace macro without_absent (x) as regexp_replace(
    x,
    '(没有?|没什么|没啥)(什么|太多|很多|任何|过)?' || reason_word ('ads'),
    '',
    'g'
);

-- 质量不错，价格也不贵.
create or replace macro without_praised (x) as regexp_replace(
    x,
    reason_word ('any') || '(都|也|还|倒|挺|很|蛮|比较|非常|真的?|方面)*(不是(问题|原因|主要原因)|没(有)?(什么)?(问题|关系)|无关|不错|可以|还行|满意|合理|合适|不贵|不高|不多|好(的|$|[，,。.;；！!]))',
    '',
    'g'
);

create or replace macro affirmed (x) as without_praised (without_absent (without_denied (x)));

-- 没有，都挺好: no reason at all.
create or replace macro names_nothing (x) as regexp_full_match(
    x,
    '((暂时|目前|都|也|还|挺|很|蛮|真的|一切)*(无|没|没有?了?|没啥|没什么|暂无|好|不错|满意|可以)(的|啊|呀|哦|呢)*[\s，,。.；;！!~～]*)+'
);
