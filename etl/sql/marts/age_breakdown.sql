-- grain: one row per assessment and disjoint age group
create table marts.age_breakdown (
    target_id varchar not null,
    series_id varchar not null,
    as_of_year smallint not null,
    age_group varchar not null,
    baseline_value double, baseline_year smallint,
    latest_value double, latest_year smallint,
    change_pp double, change_ci_lower double, change_ci_upper double,
    z_change double,
    p_value double check (p_value between 0 and 1),
    p_value_holm double check (p_value_holm between 0 and 1),
    groups_tested integer not null,
    change varchar not null check (change in ('improved', 'none_shown', 'worsened', 'untested', 'no_baseline', 'not_comparable', 'not_applicable')),
    primary key (target_id, series_id, as_of_year, age_group)
);
comment on table marts.age_breakdown is 'Change per age group over the waves of an assessment, corrected for the number of groups tested (Holm)';
comment on column marts.age_breakdown.target_id is 'Target';
comment on column marts.age_breakdown.series_id is 'Series';
comment on column marts.age_breakdown.as_of_year is 'Wave';
comment on column marts.age_breakdown.age_group is 'Age group; the groups of one assessment do not overlap';
comment on column marts.age_breakdown.baseline_value is 'Value in the baseline year, percent';
comment on column marts.age_breakdown.baseline_year is 'Baseline year';
comment on column marts.age_breakdown.latest_value is 'Value at this wave, percent';
comment on column marts.age_breakdown.latest_year is 'Year of this wave';
comment on column marts.age_breakdown.change_pp is 'Change, percentage points';
comment on column marts.age_breakdown.change_ci_lower is 'Lower limit of the 95% interval of the change';
comment on column marts.age_breakdown.change_ci_upper is 'Upper limit of the 95% interval of the change';
comment on column marts.age_breakdown.z_change is 'Test of the change; positive is better';
comment on column marts.age_breakdown.p_value is 'Two-sided p-value';
comment on column marts.age_breakdown.p_value_holm is 'The same, corrected after Holm';
comment on column marts.age_breakdown.groups_tested is 'Number of groups tested';
comment on column marts.age_breakdown.change is 'What is shown after the correction';
insert into marts.age_breakdown by name select * from computed_age_breakdown;
