-- grain: one row per target and series it is measured by or shown beside
create table marts.target_series (
    target_id varchar not null,
    series_id varchar not null,
    indicator varchar not null,
    age_group varchar not null,
    position integer not null,
    role varchar not null check (role in ('measured_by', 'shown_beside')),
    fit varchar not null check (fit in ('same', 'near', 'not_applicable')),
    primary key (target_id, series_id, indicator, age_group, role)
);
comment on table marts.target_series is 'The series that a target is measured by, in order, and those shown beside an aim in words';
comment on column marts.target_series.target_id is 'Target';
comment on column marts.target_series.series_id is 'Series';
comment on column marts.target_series.indicator is 'Indicator in that series';
comment on column marts.target_series.age_group is 'Age group in that series';
comment on column marts.target_series.position is 'Order under measured_by or figures, from 0';
comment on column marts.target_series.role is 'measured_by: judged on it; shown_beside: figures without a verdict';
comment on column marts.target_series.fit is 'same age group as the target, or near (adult threshold 18 or 19)';
insert into marts.target_series by name select * from metrics_target_series;
