-- 没有，都挺好: no reason at all.
create or replace macro names_nothing (x) as regexp_full_match(
    x,
    '(?i)((暂时|目前|都|也|还|挺|很|蛮|真的|一切)*(无|没|没有?了?|没啥|没什么|暂无|好|不错|满意|可以)(的|啊|呀|哦|呢)*[\s，,。.；;！!~～]*)+|(?:none|nothing|n/?a|no|nope|all good|nothing really|not really)[\s.!]*'
);
