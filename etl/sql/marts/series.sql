-- grain: one row per series
create table marts.series (
    series_id varchar primary key,
    sort_order integer not null,
    producer varchar,
    method varchar not null check (method in ('model', 'survey')),
    scale varchar,
    licence varchar,
    design_effect double not null check (design_effect >= 1),
    typical_sample_size integer check (typical_sample_size > 0)
);
comment on table marts.series is 'Series of estimates: one producer, method, population and scale; figures of two series are never joined or differenced';
comment on column marts.series.series_id is 'Id in metrics.yaml';
comment on column marts.series.sort_order is 'Order in metrics.yaml';
comment on column marts.series.producer is 'Who publishes the figures';
comment on column marts.series.method is 'model (small-area estimates) or survey (direct, weighted)';
comment on column marts.series.scale is 'Loneliness scale, see texts with subject scale';
comment on column marts.series.licence is 'Licence of the figures';
comment on column marts.series.design_effect is 'Variance of the design over that of a simple random sample; assumed where metrics.yaml is silent';
comment on column marts.series.typical_sample_size is 'Respondents per municipality as planned; only for detectable change, labelled assumed';
insert into marts.series by name select * from metrics_series;
