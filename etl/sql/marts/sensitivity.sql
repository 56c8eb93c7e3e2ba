-- grain: one row per assessment and variant
create table marts.sensitivity (
    target_id varchar not null,
    series_id varchar not null,
    as_of_year smallint not null,
    variant varchar not null check (variant in ('stated_baseline', 'former_target', 'without_exceptional_waves', 'rounding_up', 'rounding_down')),
    code varchar not null,
    level varchar not null,
    change varchar not null,
    pace varchar not null,
    colour varchar not null,
    changes_verdict boolean not null,
    baseline_value double, baseline_year smallint,
    latest_value double, latest_year smallint,
    target_value double, target_year smallint,
    primary key (target_id, series_id, as_of_year, variant)
);
comment on table marts.sensitivity is 'The verdict under another reading of the same figures';
comment on column marts.sensitivity.target_id is 'Target';
comment on column marts.sensitivity.series_id is 'Series';
comment on column marts.sensitivity.as_of_year is 'Wave';
comment on column marts.sensitivity.variant is 'What is read otherwise';
comment on column marts.sensitivity.code is 'Verdict code under the variant';
comment on column marts.sensitivity.level is 'Level under the variant';
comment on column marts.sensitivity.change is 'Change under the variant';
comment on column marts.sensitivity.pace is 'Pace under the variant';
comment on column marts.sensitivity.colour is 'Colour under the variant';
comment on column marts.sensitivity.changes_verdict is 'Whether the code differs from the assessment';
comment on column marts.sensitivity.baseline_value is 'Baseline under the variant, percent';
comment on column marts.sensitivity.baseline_year is 'Year of that baseline';
comment on column marts.sensitivity.latest_value is 'Latest value under the variant, percent';
comment on column marts.sensitivity.latest_year is 'Year of that value';
comment on column marts.sensitivity.target_value is 'Target under the variant, percent';
comment on column marts.sensitivity.target_year is 'Target year under the variant';
insert into marts.sensitivity by name select * from computed_sensitivity;
