-- grain: one row per region of data/regions.csv, and per district or neighbourhood that a table names
create table staging.regions as
with named_in_tables as (
    select
        region_code,
        case region_code[1:2] when 'WK' then 'district' else 'neighbourhood' end as region_level,
        min(region_name) as region_name,
        min(municipality_code) as municipality_code
    from raw_extra_regions
    anti join raw_regions using (region_code)
    group by region_code
),
known as (
    select
        region_code, region_level, region_name,
        -- regions.csv leaves some blank, and metrics.yaml may say those: never another one
        coalesce(raw_regions.ggd_region_code, stated.ggd_region_code) as ggd_region_code,
        case when region_level in ('district', 'neighbourhood') then 'GM' || region_code[3:6] end as municipality_code,
        exists_in_2024
    from raw_regions
    left join metrics_municipalities as stated using (region_code)
    union all by name
    from named_in_tables
)
select
    known.*,
    exists (from metrics_targets as targets where targets.region_code = known.region_code) as has_targets
from known;
