-- grain: one row per indicator
create table marts.indicators (
    indicator varchar primary key,
    sort_order integer not null,
    direction varchar not null check (direction in ('decrease', 'increase')),
    unit varchar not null,
    scale varchar,
    part_of varchar
);
comment on table marts.indicators is 'What is measured; label and definition are in texts with subject indicator';
comment on column marts.indicators.indicator is 'Id in metrics.yaml';
comment on column marts.indicators.sort_order is 'Order in metrics.yaml';
comment on column marts.indicators.direction is 'decrease: lower is better; increase: higher is better';
comment on column marts.indicators.unit is 'Unit of the value; percent is 0 to 100';
comment on column marts.indicators.scale is 'Scale it is measured on';
comment on column marts.indicators.part_of is 'Indicator that it is a part of and can never be above';
insert into marts.indicators by name select * from metrics_indicators;
