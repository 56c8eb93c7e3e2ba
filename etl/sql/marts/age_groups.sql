-- grain: one row per age group
create table marts.age_groups (
    age_group varchar primary key,
    sort_order integer not null,
    min_age smallint,
    max_age smallint check (max_age >= min_age)
);
comment on table marts.age_groups is 'Age groups; the label is in texts with subject age_group';
comment on column marts.age_groups.age_group is 'Id in metrics.yaml';
comment on column marts.age_groups.sort_order is 'Order in metrics.yaml';
comment on column marts.age_groups.min_age is 'Youngest age, in years; null where the plan does not say';
comment on column marts.age_groups.max_age is 'Oldest age, in years; null without an upper bound';
insert into marts.age_groups by name select * from metrics_age_groups;
