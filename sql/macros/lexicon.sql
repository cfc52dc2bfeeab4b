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
            -- Finds the messages that the other patterns must look at. In parts of equal length, those with gaps ("说好.{0,8}没")
            -- and the normaliser's pattern apart: all words in one, or gaps among them, are beyond what the engine matches
            -- in a single pass, and a hundred times slower.
            select
                part,
                '(?i)' || string_agg(pattern, '|')
            from
                (
                    select
                        pattern,
                        if (has_gap, 'gap', 'any') || ceil(
                            if (has_gap, 1, 4) * sum(length(pattern)) over (
                                partition by
                                    has_gap
                                order by
                                    label,
                                    pattern rows unbounded preceding
                            ) / sum(length(pattern)) over (
                                partition by
                                    has_gap
                            )
                        )::integer as part
                    from
                        (
                            select
                                label,
                                pattern,
                                regexp_matches(pattern, '\{0,|\[\^') as has_gap
                            from
                                words
                            where
                                not is_mask
                            union all
                            select
                                label,
                                regexp_escape(word),
                                false
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
