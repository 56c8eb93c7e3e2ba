-- grain: one row per series, edition, indicator, age group and pair of successive waves
create table marts.calibration (
    series_id varchar not null,
    edition varchar not null,
    indicator varchar not null,
    age_group varchar not null,
    year_before smallint not null,
    year_after smallint not null,
    regions integer not null check (regions > 1),
    mean_z double not null,
    sd_z double not null check (sd_z >= 0),
    primary key (series_id, edition, indicator, age_group, year_before, year_after)
);
comment on table marts.calibration is 'z_change over all municipalities: the standard deviation is about 1 around the national shift if margins and independence hold';
comment on column marts.calibration.series_id is 'Series';
comment on column marts.calibration.edition is 'Edition';
comment on column marts.calibration.indicator is 'Indicator';
comment on column marts.calibration.age_group is 'Age group';
comment on column marts.calibration.year_before is 'Earlier wave';
comment on column marts.calibration.year_after is 'Later wave';
comment on column marts.calibration.regions is 'Municipalities with a margin in both waves';
comment on column marts.calibration.mean_z is 'Mean of z_change';
comment on column marts.calibration.sd_z is 'Standard deviation of z_change';
insert into marts.calibration by name select * from computed_calibration;
