-- Whether a text has a word of a label or facet (`ad`, `ad.price`), masks not looked at.
create or replace macro has_word (x, name) as regexp_matches(x, getvariable ('lexicon') [name]);

-- Whether any pattern, or the normaliser, has something to say of a text.
create or replace macro may_say (x) as case when has_word (x, 'any1') then true when has_word (x, 'any2') then true when has_word (x, 'any3') then true when has_word (x, 'any4') then true when has_word (x, 'gap1') then true else regexp_matches(x, getvariable ('needs_match_text')) end;

-- The text without what only looks like a word of the label: 没问题 is no 问题.
create or replace macro unmasked (x, label) as case when has_word (x, label || '.mask') then regexp_replace(
    x,
    getvariable ('lexicon') [label || '.mask'],
    '□',
    'g'
) else x end;

create or replace macro says (x, label) as case when has_word (x, label) then case
    when has_word (x, label || '.mask') then has_word (unmasked (x, label), label)
    else true
end else false end;

create or replace macro facet_score (x, facet) as if (
    has_word (x, facet),
    getvariable ('lexicon_weights') [facet],
    0
);

-- Whether the label is given to people of this side (`staff` or `member`).
create or replace macro may_have (label, side) as getvariable ('label_rules') [label].roles in ('any', side);

-- A label as the operator has it: taken off or put on by hand beats the words.
create or replace macro corrected (label, says_so, added, removed) as case when added is null
and removed is null then says_so else (
    says_so
    and not list_contains(coalesce(removed, []), label)
)
or list_contains(coalesce(added, []), label) end;

-- The words that made a label fire, without names, addresses and numbers of people. Most have no such letters at all.
create or replace macro shown_terms (terms) as case when regexp_matches(array_to_string(terms, '、'), '[@A-Za-z0-9_-]') then array_to_string(
    list_transform(
        terms,
        lambda term: nullif(
            regexp_replace(term, '@[^\s，。]+|[A-Za-z0-9_-]{6,}', '…', 'g'),
            ''
        )
    ),
    '、'
) else array_to_string(terms, '、') end;

-- Whether a group's own words gave the label.
create or replace macro has_own (labels, label) as coalesce(list_contains(labels, label), false);

-- The words of a label in a text, each as often as it stands there; none where no word gave the label.
create or replace macro words_in (x, label) as regexp_extract_all(
    unmasked (x, label),
    getvariable ('lexicon') [label]
);

-- Where the first of these words begins that no mask covers, in characters from 1.
create or replace macro first_start (x, label, terms) as case when has_word (x, label || '.mask') then length(
    regexp_extract(
        x,
        getvariable ('lexicon') [label || '.before'],
        1
    )
) + 1 else strpos(x, terms[1]) end;

create or replace macro once_each (list) as case when len(list) > 1 then list_filter(
    list,
    lambda one,
    nth: list_position(list, one) = nth
) else list end;
