/*
title: From exports to KPIs
description: >-
  The lines of the files and what each step keeps and drops of them, up to what the KPIs count. Within a flow, a step
  is the one before it minus the drops between. `code` and `column_name` say why a line was refused.
people: []
*/
with
    kinds (flow, kind) as (
        values
            ('orders', 'order'),
            ('orders', 'order_line'),
            ('members', 'member'),
            ('messages', 'chat')
    ),
    files as (
        select
            kinds.flow,
            sum(imports.read) as read,
            sum(imports.duplicate) as duplicate,
            sum(imports.accepted) as accepted,
            sum(imports.read) - sum(imports.rejected) as parsed
        from
            report.imports
            inner join kinds using (kind)
        group by
            kinds.flow
    ),
    -- The first step that knows its own number: what was taken in and is not there became part of another row.
    firsts as (
        select
            flow,
            min_by(rows, place) as rows
        from
            marts.reconciliation
        where
            place >= 30
        group by
            flow
    ),
    refused as (
        select
            kinds.flow,
            rejects.code,
            rejects.column_name,
            sum(rejects.rows) as rows,
            list_slice(
                flatten(
                    list(
                        list_transform(
                            rejects.lines,
                            lambda x: imports.file_name || ':' || x
                        )
                        order by
                            imports.file_name
                    )
                ),
                1,
                3
            ) as samples
        from
            report.rejects
            inner join (
                select
                    sha256,
                    min(file_name) as file_name,
                    min(kind) as kind
                from
                    report.imports
                group by
                    sha256
            ) as imports using (sha256)
            inner join kinds on kinds.kind = imports.kind
        group by
            kinds.flow,
            rejects.code,
            rejects.column_name
    )
select
    steps.flow,
    steps.place,
    steps.step,
    steps.is_drop,
    steps.zh,
    steps.en,
    null as code,
    null as column_name,
    case steps.place
        when 10 then coalesce(files.read, 0)
        when 20 then coalesce(files.parsed, 0)
        when 21 then coalesce(files.duplicate, 0)
        when 22 then coalesce(files.accepted, 0) - firsts.rows
        else steps.rows
    end::bigint as rows,
    steps.amount::double as amount,
    steps.samples
from
    marts.reconciliation as steps
    inner join firsts using (flow)
    left join files using (flow)
union all
select
    flow,
    11,
    'rejected',
    true,
    null,
    null,
    code,
    column_name,
    rows,
    null,
    coalesce(samples, [])
from
    refused
order by
    flow desc,
    place,
    rows desc,
    code
