-- grain: one row per quoted figure
create table marts.quoted_figures (
    quoted_id integer primary key,
    region_code varchar not null,
    indicator varchar not null,
    age_group varchar,
    year smallint,
    value double not null check (value between 0 and 100),
    ci_lower double,
    ci_upper double,
    sample_size integer,
    survey varchar,
    certainty varchar,
    source varchar not null,
    note varchar
);
comment on table marts.quoted_figures is 'Figures that plans and press quote: shown where a plan is quoted, never an estimate, never tested, never in a chart';
comment on column marts.quoted_figures.quoted_id is 'Row in data/quoted_figures.csv';
comment on column marts.quoted_figures.region_code is 'Region';
comment on column marts.quoted_figures.indicator is 'Indicator';
comment on column marts.quoted_figures.age_group is 'Age group, null where not stated';
comment on column marts.quoted_figures.year is 'Year, null where not stated';
comment on column marts.quoted_figures.value is 'Percentage as quoted';
comment on column marts.quoted_figures.ci_lower is 'Lower limit as quoted';
comment on column marts.quoted_figures.ci_upper is 'Upper limit as quoted';
comment on column marts.quoted_figures.sample_size is 'Respondents as quoted';
comment on column marts.quoted_figures.survey is 'Survey as quoted';
comment on column marts.quoted_figures.certainty is 'How certain the reading is';
comment on column marts.quoted_figures.source is 'Where it is quoted';
comment on column marts.quoted_figures.note is 'What to know about it';
insert into marts.quoted_figures by name select * from raw_quoted_figures;
