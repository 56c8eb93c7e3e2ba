-- grain: one row per target, series and wave (no series: 'none'; no wave: 0)
create table marts.assessments (
    target_id varchar not null,
    series_id varchar not null,
    as_of_year smallint not null,
    edition varchar,
    age_group varchar,
    fit varchar not null check (fit in ('same', 'near', 'not_applicable')),
    is_headline boolean not null,
    is_current boolean not null,
    code varchar not null check (code in (
        'qualitative', 'no_data', 'awaiting_measurement',
        'trend_untested', 'trend_turned', 'trend_broken', 'trend_with_country', 'trend_slowed', 'trend_not_shown',
        'no_target', 'baseline_only', 'not_comparable',
        'met', 'met_within_margin', 'met_untested', 'missed', 'missed_within_margin', 'missed_untested',
        'no_baseline', 'lost', 'around_target',
        'untested_on_track', 'untested_behind', 'untested',
        'worsened', 'improved_on_track', 'improved_pace_unclear', 'improved_behind', 'improved',
        'unchanged_behind', 'undetermined', 'unchanged')),
    level varchar not null check (level in ('met', 'met_within_margin', 'met_untested', 'not_met', 'not_met_within_margin', 'not_met_untested', 'not_applicable')),
    change varchar not null check (change in ('improved', 'none_shown', 'worsened', 'untested', 'no_baseline', 'not_comparable', 'not_applicable')),
    pace varchar not null check (pace in ('on_track', 'unclear', 'behind', 'untested_on_track', 'untested_behind', 'not_applicable')),
    colour varchar not null check (colour in ('orange', 'blue', 'grey')),
    baseline_value double, baseline_year smallint,
    latest_value double, latest_year smallint,
    ci_lower double, ci_upper double,
    baseline_ci_lower double, baseline_ci_upper double,
    baseline_se_method varchar, latest_se_method varchar,
    target_value double, target_year smallint,
    path_value double,
    gap_pp double,
    change_pp double, change_ci_lower double, change_ci_upper double,
    pct_targeted_change double,
    z_change double, p_improved double check (p_improved between 0 and 1),
    z_target double, p_met double check (p_met between 0 and 1),
    z_path double, p_on_path double check (p_on_path between 0 and 1),
    z_trend double, z_trend_country double, forecast_value double,
    observed_pp_per_year double, required_pp_per_year double,
    detectable_change_pp double, detectable_change_80_pp double,
    respondents_needed bigint,
    detectable_is_assumed boolean not null,
    rounding_sensitive boolean not null,
    comparability varchar not null check (comparability in ('same', 'minor', 'major', 'not_applicable')),
    notes varchar not null,
    primary key (target_id, series_id, as_of_year)
);
comment on table marts.assessments is 'The verdict per target, series and wave, with everything it rests on';
comment on column marts.assessments.target_id is 'Target';
comment on column marts.assessments.series_id is 'Series it is judged on; none where there is none';
comment on column marts.assessments.as_of_year is 'Wave at which it is judged; 0 where there is none';
comment on column marts.assessments.edition is 'Edition that all its waves come from';
comment on column marts.assessments.age_group is 'Age group of the series used';
comment on column marts.assessments.fit is 'Fit of the series to the age group of the target: same, or near (adult threshold 18 or 19)';
comment on column marts.assessments.is_headline is 'Whether this is the series that the target is judged on first';
comment on column marts.assessments.is_current is 'Whether this is the newest wave of the series';
comment on column marts.assessments.code is 'Verdict code; sentences are made from it';
comment on column marts.assessments.level is 'Is the target reached?';
comment on column marts.assessments.change is 'Is the difference from the baseline real?';
comment on column marts.assessments.pace is 'Is it fast enough for the target year?';
comment on column marts.assessments.colour is 'blue: shown good; orange: shown bad; grey: everything else';
comment on column marts.assessments.baseline_value is 'Comparable baseline, percent';
comment on column marts.assessments.baseline_year is 'Year of the comparable baseline';
comment on column marts.assessments.latest_value is 'Value at this wave, percent';
comment on column marts.assessments.latest_year is 'Year of that value';
comment on column marts.assessments.ci_lower is 'Lower limit of the 95% margin of the latest value, percent';
comment on column marts.assessments.ci_upper is 'Upper limit of the 95% margin of the latest value, percent';
comment on column marts.assessments.baseline_ci_lower is 'Lower limit of the 95% margin of the baseline, percent';
comment on column marts.assessments.baseline_ci_upper is 'Upper limit of the 95% margin of the baseline, percent';
comment on column marts.assessments.baseline_se_method is 'se_method of the baseline';
comment on column marts.assessments.latest_se_method is 'se_method of the latest value';
comment on column marts.assessments.target_value is 'Target, percent; from the comparable baseline where the target is a change';
comment on column marts.assessments.target_year is 'Target year';
comment on column marts.assessments.path_value is 'Straight line from baseline to target at this wave, percent';
comment on column marts.assessments.gap_pp is 'Latest value minus target, percentage points';
comment on column marts.assessments.change_pp is 'Latest value minus baseline, percentage points';
comment on column marts.assessments.change_ci_lower is 'Lower limit of the 95% interval of the change, percentage points';
comment on column marts.assessments.change_ci_upper is 'Upper limit of the 95% interval of the change, percentage points';
comment on column marts.assessments.pct_targeted_change is 'Share of the promised change that is reached, percent';
comment on column marts.assessments.z_change is 'Test of the change on the logit scale; positive is better';
comment on column marts.assessments.p_improved is 'Standard normal probability of z_change';
comment on column marts.assessments.z_target is 'Test against the target on the logit scale; positive is past it';
comment on column marts.assessments.p_met is 'Standard normal probability of z_target';
comment on column marts.assessments.z_path is 'Test against the path on the logit scale; positive is ahead of it';
comment on column marts.assessments.p_on_path is 'Standard normal probability of z_path';
comment on column marts.assessments.z_trend is 'Forecast from the waves before the plan against this wave; positive is better';
comment on column marts.assessments.z_trend_country is 'The same for the differences from the Netherlands';
comment on column marts.assessments.forecast_value is 'Forecast for this wave from the waves before the plan, percent';
comment on column marts.assessments.observed_pp_per_year is 'Change per year since the baseline, percentage points';
comment on column marts.assessments.required_pp_per_year is 'Change per year needed from here to the target, percentage points';
comment on column marts.assessments.detectable_change_pp is 'Smallest change from the baseline that a next wave of this size would show, percentage points, as a size';
comment on column marts.assessments.detectable_change_80_pp is 'The same with a power of 80%';
comment on column marts.assessments.respondents_needed is 'Respondents per wave to show the promised change with a power of 80%';
comment on column marts.assessments.detectable_is_assumed is 'Whether those three rest on a planned sample size';
comment on column marts.assessments.rounding_sensitive is 'Whether half a rounding step would move the value across the target or lose a shown claim';
comment on column marts.assessments.comparability is 'Of baseline and latest wave: same, minor break, major break';
comment on column marts.assessments.notes is 'Codes of notes, separated by commas, in alphabetical order';
insert into marts.assessments by name select * from computed_assessments;
