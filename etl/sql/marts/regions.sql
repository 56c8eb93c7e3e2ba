-- grain: one row per region
create table marts.regions (
    region_code varchar primary key check (regexp_full_match(region_code, 'NL01|CG[0-9]{2}|GG[0-9]{4}|GM[0-9]{4}|WK[0-9]{6}|BU[0-9]{8}')),
    region_level varchar not null check (region_level in ('country', 'caribbean_netherlands', 'ggd_region', 'municipality', 'district', 'neighbourhood')),
    region_name varchar not null,
    ggd_region_code varchar,
    municipality_code varchar,
    exists_in_2024 boolean,
    has_targets boolean not null
);
comment on table marts.regions is 'Regions: country, GGD regions, municipalities, districts, neighbourhoods';
comment on column marts.regions.region_code is 'Code of Statistics Netherlands, such as GM1783';
comment on column marts.regions.region_level is 'Level of the region';
comment on column marts.regions.region_name is 'Official name';
comment on column marts.regions.ggd_region_code is 'GGD region of a municipality; null where not known';
comment on column marts.regions.municipality_code is 'Municipality of a district or neighbourhood';
comment on column marts.regions.exists_in_2024 is 'Whether the municipality exists in 2024';
comment on column marts.regions.has_targets is 'Whether metrics.yaml holds targets for it';
insert into marts.regions by name select * from staging.regions;
