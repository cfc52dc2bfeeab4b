-- Shared by the models. What fupan.yaml decides (local_time, utc_time, week_of, new_days …) is made by the engine.
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

-- Wilson's 95 % interval of y out of n.
create or replace macro wilson_low (y, n) as (
    y + 1.9207294103 - 1.959963984540054 * sqrt(y * (n - y) / n::double + 0.9603647051)
) / (n + 3.8414588206);

create or replace macro wilson_high (y, n) as (
    y + 1.9207294103 + 1.959963984540054 * sqrt(y * (n - y) / n::double + 0.9603647051)
) / (n + 3.8414588206);

-- P(X >= k) of n trials with chance p, summed in logarithms.
create or replace macro binomial_tail (k, n, p) as if (
    k <= 0,
    1.0,
    coalesce(
        list_sum(
            list_transform(
                range(k::bigint, n::bigint + 1),
                lambda i: exp(
                    lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * ln(p) + (n - i) * ln(1 - p)
                )
            )
        ),
        0.0
    )
);

-- P(X >= k) of a count with this mean.
create or replace macro poisson_tail (k, mean) as if (
    mean <= 0,
    if (k <= 0, 1.0, 0.0),
    greatest(
        0.0,
        1 - coalesce(
            list_sum(
                list_transform(
                    range(0, k::bigint),
                    lambda i: exp(i * ln(mean) - mean - lgamma(i + 1))
                )
            ),
            0.0
        )
    )
);

-- Two-sided p of a standard normal z; error below 1.5e-7 (Abramowitz and Stegun 7.1.26).
create or replace macro two_sided_p (z) as list_transform(
    [1 / (1 + 0.3275911 * abs(z) / sqrt(2.0))],
    lambda t: exp(- z * z / 2.0) * t * (
        0.254829592 + t * (
            -0.284496736 + t * (
                1.421413741 + t * (-1.453152027 + t * 1.061405429)
            )
        )
    )
) [1];

-- P(X < x) of a beta distribution, midpoint rule of 400 steps.
create or replace macro beta_below (x, a, b) as list_sum(
    list_transform(
        range(0, 400),
        lambda i: x / 400 * exp(
            lgamma(a + b) - lgamma(a) - lgamma(b) + (a - 1) * ln(x * (i + 0.5) / 400) + (b - 1) * ln(1 - x * (i + 0.5) / 400)
        )
    )
);

-- The lexicon as regular expressions: one per label, per label and facet, and one of each label's masks. A constant
-- pattern is compiled once; a pattern that comes from a column is compiled for every row.
set variable lexicon = (
    with
        words as (
            select
                label,
                facet,
                starts_with(kind, 'mask') as is_mask,
                if (
                    ends_with(kind, 'regex'),
                    '(?:' || word || ')',
                    regexp_escape(word)
                ) as pattern
            from
                (
                    select
                        label,
                        coalesce(facet, '') as facet,
                        kind,
                        word
                    from
                        seeds.lexicon
                    union all
                    select
                        label,
                        'own',
                        kind,
                        word
                    from
                        config.lexicon
                    where
                        group_id = '*'
                )
            union all
            -- A message of nothing but these words, emoji and punctuation.
            select
                'acknowledgement',
                '',
                false,
                '^(?:' || string_agg(regexp_escape(word), '|') || '|\[[^\[\]\s]{1,8}\]|[\x{1f000}-\x{1faff}\x{2300}-\x{23ff}\x{2600}-\x{27bf}\x{2b00}-\x{2bff}\x{fe0f}\x{200d}\s，。！、～~!,.…^])+$'
            from
                seeds.acknowledgements
        ),
        facets as (
            select
                label || if (is_mask, '.mask', '.' || facet) as name,
                '(?i)' || string_agg(pattern, '|') as pattern
            from
                words
            group by all
            union all
            select
                label,
                '(?i)' || string_agg(pattern, '|')
            from
                words
            where
                not is_mask
            group by
                label
            union all
            -- What stands before the first word that no mask covers.
            select
                label || '.before',
                '(?is)^((?:' || string_agg(pattern, '|') filter(is_mask) || '|.)*?)(?:' || string_agg(pattern, '|') filter(not is_mask) || ')'
            from
                words
            group by
                label
            union all
            -- Finds the messages that the other patterns must look at. In three, and the normaliser's pattern apart: all
            -- words in one are beyond what the engine matches in a single pass, and a hundred times slower.
            select
                'any' || part,
                '(?i)' || string_agg(pattern, '|')
            from
                (
                    select
                        pattern,
                        ntile (3) over (
                            order by
                                label,
                                pattern
                        ) as part
                    from
                        (
                            select
                                label,
                                pattern
                            from
                                words
                            where
                                not is_mask
                            union all
                            select
                                label,
                                regexp_escape(word)
                            from
                                config.lexicon
                            where
                                group_id <> '*'
                        )
                )
            group by
                part
        )
    select
        map_from_entries(list((name, pattern)))
    from
        facets
);

set variable lexicon_weights = (
    select
        map_from_entries(list((name, weight)))
    from
        (
            select
                label || '.' || coalesce(facet, '') as name,
                max(weight::double) as weight
            from
                seeds.lexicon
            where
                not starts_with(kind, 'mask')
            group by all
            union all
            select distinct
                label || '.own',
                2
            from
                config.lexicon
        )
);

set variable label_rules = (
    select
        map_from_entries(
            list(
                (
                    label,
                    {
                        roles: roles,
                        staff: threshold::double,
                        member: threshold_member::double
                    }
                )
            )
        )
    from
        seeds.labels
);

-- Every word that a stage of a service case is told by.
set variable stage_words = (
    select
        string_agg(pattern, '|')
    from
        seeds.service_stages
);

-- Whether a text has a word of a label or facet (`ad`, `ad.price`), masks not looked at.
create or replace macro has_word (x, name) as regexp_matches(x, getvariable ('lexicon') [name]);

-- Whether any pattern, or the normaliser, has something to say of a text.
create or replace macro may_say (x) as case when has_word (x, 'any1') then true when has_word (x, 'any2') then true when has_word (x, 'any3') then true else regexp_matches(x, getvariable ('needs_match_text')) end;

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

-- Lifecycle segment at a week's end, first match wins. Times are local; the days come from fupan.yaml.
create or replace macro segment_of (
    is_member,
    end_day,
    joined,
    spoke,
    last_day,
    previous_day
) as case when not is_member then 'left' when joined >= end_day::timestamp - to_days(new_days ()) then 'new' when joined <= end_day::timestamp - to_days(dormant_days ())
and coalesce(
    spoke < end_day::timestamp - to_days(dormant_days ()),
    true
)
and coalesce(last_day < end_day - dormant_days (), true) then 'dormant' when previous_day >= end_day - repeat_days () then 'repeat' when spoke >= end_day::timestamp - to_days(active_days ()) then 'active' when last_day >= end_day - active_days () then 'active' else 'quiet' end;

-- Amount and number of a red packet as notices write them; null when they cannot be read.
create or replace macro packet_yuan (x) as try_cast (
    regexp_extract(x, '(\d+(?:\.\d+)?)\s*元', 1) as double
);

create or replace macro packet_shares (x) as try_cast (regexp_extract(x, '(\d+)\s*[份个人]', 1) as integer);

-- A red packet that pays for an article: within 180 seconds, 50 yuan and 20 shares at least; what cannot be read is no breach.
create or replace macro packet_is_fair (seconds, yuan, shares) as abs(seconds) <= 180
and coalesce(yuan >= 50, true)
and coalesce(shares >= 20, true);

-- Points are paid out in whole units: 99 of 100 are worth nothing yet. An order earns a point per unit of money paid.
create or replace macro points_worth (points, per, yuan) as (points // per) * yuan;

create or replace macro points_earned (paid, is_repeat, times) as floor(paid)::bigint * if (is_repeat, times, 1);

-- What is left of an id or a name where somebody may look over the shoulder.
create or replace macro masked_tail (x) as '…' || right(x, least(4, length(x) // 3));

create or replace macro masked_name (x) as case when length(x) < 2 then '*' when length(x) = 2 then left(x, 1) || '*' else left(x, 1) || '*' || right(x, 1) end;
