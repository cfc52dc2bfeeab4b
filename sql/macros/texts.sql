-- What two texts are compared by: no case, no blanks, no punctuation; a variable of a script becomes a line end.
create or replace macro script_text (x) as regexp_replace(
    regexp_replace(lower(left(x, 600)), '[{][^{}]*[}]', chr(10), 'g'),
    '[^\p{L}\p{N}\n]|\n$|^\n',
    '',
    'g'
);

-- The heading of a post, 【周一干货】: what stays when the text below changes.
create or replace macro heading_of (x) as nullif(regexp_extract(x, '^\s*【([^】]{2,20})】', 1), '');

-- Whether everybody is called, as logs without a list of mentions have it in their text; no name that only begins so.
create or replace macro calls_everyone (x) as contains(x, '@')
and regexp_matches(
    x,
    '@(所有人|全体成员|(?i:everyone|all)([^\p{L}\p{N}_.-]|$))'
);

-- Amount and number of a red packet as notices write them; null when they cannot be read.
create or replace macro packet_yuan (x) as try_cast (
    regexp_extract(x, '(\d+(?:\.\d+)?)\s*元', 1) as double
);

create or replace macro packet_shares (x) as try_cast (regexp_extract(x, '(\d+)\s*[份个人]', 1) as integer);

-- What is left of an id or a name where somebody may look over the shoulder.
create or replace macro masked_tail (x) as '…' || right(x, least(4, length(x) // 3));

create or replace macro masked_name (x) as case when length(x) < 2 then '*' when length(x) = 2 then left(x, 1) || '*' else left(x, 1) || '*' || right(x, 1) end;

-- A group as a list states it; null where its words mean all of them.
create or replace macro stated_group (x) as if (
    regexp_full_match(
        x,
        '(全部|所有|全体|各个?|每个)(的)?(微信|企微|社)?群(聊|组)?|全部|所有|全体|不限|全群|(?i:all( groups)?|every group)|[*]'
    ),
    null,
    x
);
