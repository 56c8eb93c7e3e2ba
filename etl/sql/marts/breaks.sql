-- grain: one row per break, series and indicator
create table marts.breaks (
    break_id varchar not null,
    series_id varchar not null,
    indicator varchar not null,
    year_before smallint not null,
    year_after smallint not null check (year_after > year_before),
    severity varchar not null check (severity in ('minor', 'major')),
    primary key (series_id, indicator, year_before, year_after)
);
comment on table marts.breaks is 'Breaks between waves of a series; the reason is in texts with subject break';
comment on column marts.breaks.break_id is 'Id for texts';
comment on column marts.breaks.series_id is 'Series';
comment on column marts.breaks.indicator is 'Indicator';
comment on column marts.breaks.year_before is 'Last year before the break';
comment on column marts.breaks.year_after is 'First year after the break';
comment on column marts.breaks.severity is 'minor: tested, with a note; major: not compared, no line drawn';
insert into marts.breaks by name select * from metrics_breaks;
