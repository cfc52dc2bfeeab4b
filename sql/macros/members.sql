-- What fupan.yaml decides (local_time, utc_time, week_of, new_days …) is made by the engine.
-- The span of weeks that is made just now (first days of its first and last week); all weeks where none is.
create or replace macro part_since () as coalesce(
    getvariable ('since_week')::date,
    date '1900-01-01'
);

create or replace macro part_until () as coalesce(
    getvariable ('until_week')::date,
    date '9999-01-01'
);

create or replace macro week_label (week) as strftime(week, '%G-W%V');

create or replace macro since_before () as timestamp '1900-01-01 00:00:00';

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

-- A red packet that pays for an article: within 180 seconds, 50 yuan and 20 shares at least; what cannot be read is no breach.
create or replace macro packet_is_fair (seconds, yuan, shares) as abs(seconds) <= 180
and coalesce(yuan >= 50, true)
and coalesce(shares >= 20, true);

-- Points are paid out in whole units: 99 of 100 are worth nothing yet. An order earns a point per unit of money paid.
create or replace macro points_worth (points, per, yuan) as (points // per) * yuan;

create or replace macro points_earned (paid, is_repeat, times) as floor(paid)::bigint * if (is_repeat, times, 1);

-- The local day after the one that has come: a week that is not over is known until then.
create or replace macro day_after (as_of) as local_time (as_of - interval 1 microsecond)::date + 1;

-- When the time to answer something begins, and when so many minutes of it are over, by the local clock: it runs only
-- from the service's opening to its closing.
create or replace macro service_from (local_at, opens, closes) as case when local_at::time < opens then local_at::date + opens when local_at::time >= closes then (local_at::date + 1) + opens else local_at end;

create or replace macro service_by (clock_from, opens, closes, minutes) as case when clock_from + to_minutes(minutes) <= clock_from::date + closes then clock_from + to_minutes(minutes) else (clock_from::date + 1) + opens + (
    clock_from + to_minutes(minutes) - (clock_from::date + closes)
) end;

-- When so many minutes of the service are over since an instant, in UTC.
create or replace macro answered_by (opened_at, opens, closes, minutes) as utc_time (
    service_by (
        service_from (local_time (opened_at), opens, closes),
        opens,
        closes,
        minutes
    ),
    false
);
