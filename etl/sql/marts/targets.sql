-- grain: one row per target
create table marts.targets (
    target_id varchar primary key,
    region_code varchar not null,
    sort_order integer not null,
    indicator varchar,
    age_group varchar,
    kind varchar not null check (kind in ('level', 'change_pp', 'change_pct', 'maintain', 'trend', 'none', 'qualitative')),
    baseline_stated double check (baseline_stated between 0 and 100),
    baseline_year smallint,
    baseline_year_assumed boolean not null,
    target_value double check (target_value between 0 and 100),
    target_change double,
    target_year smallint,
    plan_start smallint,
    former_target_value double check (former_target_value between 0 and 100),
    former_target_change double,
    former_target_year smallint,
    decided date,
    decision varchar,
    quote varchar,
    source varchar,
    check (kind = 'qualitative' or (indicator is not null and age_group is not null))
);
comment on table marts.targets is 'What each municipality promised; label, text and explanation are in texts with subject target';
comment on column marts.targets.target_id is 'Id in metrics.yaml';
comment on column marts.targets.region_code is 'Municipality';
comment on column marts.targets.sort_order is 'Order in metrics.yaml';
comment on column marts.targets.indicator is 'Indicator; null for an aim in words';
comment on column marts.targets.age_group is 'Age group that the target names';
comment on column marts.targets.kind is 'level, change_pp, change_pct, maintain, trend, none (figures, no target) or qualitative (words only)';
comment on column marts.targets.baseline_stated is 'Baseline as the plan states it, percent';
comment on column marts.targets.baseline_year is 'Year of the baseline, stated or assumed; null where neither';
comment on column marts.targets.baseline_year_assumed is 'Whether the year is an assumption';
comment on column marts.targets.target_value is 'Target as fixed in the plan, percent; null where it follows from the comparable baseline';
comment on column marts.targets.target_change is 'change_pp: percentage points; change_pct: percent of the baseline';
comment on column marts.targets.target_year is 'Year the target is for; null where the plan gives none';
comment on column marts.targets.plan_start is 'Start of the plan; waves up to it are before a trend target';
comment on column marts.targets.former_target_value is 'Target before the newest revision';
comment on column marts.targets.former_target_change is 'Change before the newest revision';
comment on column marts.targets.former_target_year is 'Target year before the newest revision';
comment on column marts.targets.decided is 'Date of the newest revision';
comment on column marts.targets.decision is 'Decision by which it was revised';
comment on column marts.targets.quote is 'The promise, literally, in Dutch';
comment on column marts.targets.source is 'Where the promise stands';
insert into marts.targets by name select * from metrics_targets;
