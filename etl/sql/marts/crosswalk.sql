-- grain: one row per assessment of a target with a number, and method
create table marts.crosswalk (
    target_id varchar not null,
    series_id varchar not null,
    as_of_year smallint not null,
    method varchar not null check (method in ('healthy_people_2030', 'healthy_people_2020', 'fingertips_target_value', 'fingertips_target_interval', 'fingertips_trend', 'open_sdg')),
    status varchar not null check (status in (
        'target_met', 'improving', 'no_detectable_change', 'getting_worse', 'baseline_only', 'not_testable',
        'better', 'similar', 'worse', 'none',
        'increasing', 'decreasing', 'no_change', 'cannot_be_calculated',
        'target_achieved', 'on_track', 'acceleration_needed', 'limited_progress', 'deterioration', 'not_applicable')),
    detail varchar not null,
    primary key (target_id, series_id, as_of_year, method)
);
comment on table marts.crosswalk is 'What other public goal-tracking systems would say of the same figures';
comment on column marts.crosswalk.target_id is 'Target';
comment on column marts.crosswalk.series_id is 'Series';
comment on column marts.crosswalk.as_of_year is 'Wave';
comment on column marts.crosswalk.method is 'Whose rule';
comment on column marts.crosswalk.status is 'Outcome in the words of its owner';
comment on column marts.crosswalk.detail is 'JSON: the numbers behind it, and equal_as_printed where the value equals the target as printed';
insert into marts.crosswalk by name select * from computed_crosswalk;
