-- grain: one row per series, edition and year with figures
create table marts.waves (
    series_id varchar not null,
    edition varchar not null,
    year smallint not null check (year between 2000 and 2100),
    exceptional boolean not null,
    figures integer not null,
    primary key (series_id, edition, year)
);
comment on table marts.waves is 'Measured years of each series';
comment on column marts.waves.series_id is 'Series';
comment on column marts.waves.edition is 'Edition';
comment on column marts.waves.year is 'Year of the wave';
comment on column marts.waves.exceptional is 'Outside the regular rhythm, such as the corona wave of 2022';
comment on column marts.waves.figures is 'Figures with a value';
insert into marts.waves by name select * from staging.waves;
