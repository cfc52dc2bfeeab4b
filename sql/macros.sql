-- Shared by the models. Zone-dependent ones (local_time, utc_time, week_of) are made by the engine from fupan.yaml.
create or replace macro week_label (week) as strftime(week, '%G-W%V');

create or replace macro since_before () as timestamp '1900-01-01 00:00:00';

-- What two texts are compared by: no case, no blanks, no punctuation; a variable of a script becomes a line end.
create or replace macro script_text (x) as regexp_replace(
    regexp_replace(lower(left(x, 600)), '[{][^{}]*[}]', chr(10), 'g'),
    '[^\p{L}\p{N}\n]|\n$|^\n',
    '',
    'g'
);

-- The heading of a post, 【周一干货】: what stays when the text below changes.
create or replace macro heading_of (x) as nullif(regexp_extract(x, '^\s*【([^】]{2,20})】', 1), '');
