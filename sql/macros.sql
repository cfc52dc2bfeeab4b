-- Shared by the models. Zone-dependent ones (local_time, utc_time, week_of) are made by the engine from fupan.yaml.
create or replace macro week_label (week) as strftime(week, '%G-W%V');

create or replace macro since_before () as timestamp '1900-01-01 00:00:00';
