-- grain: one row per series and edition, listed or loaded
create table marts.editions (
    series_id varchar not null,
    edition varchar not null,
    newest_rank integer not null check (newest_rank >= 0),
    is_loaded boolean not null,
    is_current boolean not null,
    primary key (series_id, edition)
);
comment on table marts.editions is 'Editions (tables) of each series; every edition re-estimates earlier years';
comment on column marts.editions.series_id is 'Series';
comment on column marts.editions.edition is 'Table id, or the name that its producer gives it';
comment on column marts.editions.newest_rank is '0 for the newest known edition, then counting back';
comment on column marts.editions.is_loaded is 'Whether this build holds figures of it';
comment on column marts.editions.is_current is 'The newest complete loaded edition of the series';
insert into marts.editions by name select * from staging.editions;
