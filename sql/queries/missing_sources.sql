/*
title: Missing sources
description: KPIs whose source was never imported for a group (or for any); what would stand there is no figure but its absence.
params:
  group_id: {type: text, default: "*"}
people: []
*/
select
    missing.kpi,
    missing.source,
    kpis.title_zh,
    kpis.title_en,
    sources.zh,
    sources.en,
    sources.href
from
    report.missing_kpis as missing
    inner join report.kpis as kpis using (kpi)
    inner join marts.sources as sources using (source, group_id)
where
    missing.group_id = $group_id
order by
    missing.kpi
