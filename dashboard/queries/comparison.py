"""A municipality beside the country, its region and others: figures of one series and one year."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

COUNTRY = "NL01"
SUGGESTED = 5
"""Municipalities in a suggestion: enough to choose from, few enough for one chart."""

PLACES = """
with ours as (
    select r.ggd_region_code, e.value, e.margin_lower, e.margin_upper
    from marts.regions r
    join marts.estimates e using (region_code)
    where region_code = $municipality and e.series_id = $series_id
      and e.edition = $edition and e.indicator = $indicator
      and e.age_group = $age_group and e.year = $year
),
wanted as (
    select region_code, 0 as position from marts.regions where region_code = $municipality
    union all
    select region_code, 1 from marts.regions where region_code = $country
    union all
    select ggd_region_code, 2 from ours where ggd_region_code is not null
    union all
    select region_code, 3
    from (select unnest($compare) as region_code)
    where region_code <> $municipality
)
select
    r.region_code, r.region_level, r.region_name, e.* exclude (region_code),
    case
        when wanted.position = 0 then 'ours'
        when e.value is null or ours.value is null then 'no_figure'
        when e.margin_lower is null or ours.margin_lower is null then 'not_tested'
        when e.margin_lower > ours.margin_upper then 'higher'
        when e.margin_upper < ours.margin_lower then 'lower'
        else 'overlap'
    end as difference
from wanted
join marts.regions r using (region_code)
cross join ours
left join marts.estimates e
  on e.region_code = wanted.region_code and e.series_id = $series_id
 and e.edition = $edition and e.indicator = $indicator
 and e.age_group = $age_group and e.year = $year
order by wanted.position, strip_accents(lower(ltrim(r.region_name, '''s- ')))
"""
"""Figures of ours, the country, the region and others, each with what its margin lets one say."""

SIMILAR = """
with waves as (
    select e.region_code, r.region_name, e.year, e.value
    from marts.estimates e
    join marts.regions r using (region_code)
    where e.series_id = $series_id and e.edition = $edition and e.indicator = $indicator
      and e.age_group = $age_group and e.year <= $year and e.value is not null
      and r.region_level = 'municipality' and r.exists_in_2024
      and not exists (
          from marts.breaks b
          where b.series_id = $series_id and b.indicator = $indicator
            and b.severity = 'major' and e.year <= b.year_before and b.year_after <= $year)
),
first_wave as (
    select min(year) as year
    from (
        select year
        from waves
        where year < $year
        group by year
        having bool_or(region_code = $municipality) and count(*) > $count
    )
),
tracks as (
    select
        latest.region_code, latest.region_name, latest.value as level,
        latest.value - first.value as change, first.year as first_year,
        stddev_samp(latest.value) over () as level_spread,
        stddev_samp(latest.value - first.value) over () as change_spread
    from waves latest
    left join waves first
      on first.region_code = latest.region_code
     and first.year = (select year from first_wave)
    where latest.year = $year
),
apart as (
    select
        other.region_code, other.region_name, other.first_year,
        abs(other.level - ours.level) as level_apart,
        abs(other.change - ours.change) as change_apart,
        other.level_spread, other.change_spread
    from tracks other
    join tracks ours on ours.region_code = $municipality
    where other.region_code <> $municipality
      and (ours.change is null or other.change is not null)
),
nearest as (
    from apart
    where level_spread > 0
    order by
        round(
            (level_apart / level_spread) ** 2
            + coalesce((change_apart / nullif(change_spread, 0)) ** 2, 0),
            9
        ),
        region_code
    limit $count
)
select
    region_code, region_name, first_year,
    max(level_apart) over () as level_within_pp,
    max(change_apart) over () as change_within_pp
from nearest
order by strip_accents(lower(ltrim(region_name, '''s- ')))
"""
"""Municipalities by how far their figure and its change are from ours."""


def places(
    cursor: DuckDBPyConnection,
    *,
    municipality: str,
    compare: tuple[str, ...],
    series_id: str,
    edition: str,
    indicator: str,
    age_group: str,
    year: int,
) -> pd.DataFrame:
    """Return ours, the country, the GGD region and the chosen municipalities, in that order.

    `difference` says how a figure stands to ours, by the 95% margins of both: overlap, higher or
    lower where they lie apart, not_tested without a margin, no_figure. A place without any figure
    in the series has no `obs_status`. Chosen municipalities come by name.
    """
    return cursor.execute(
        PLACES,
        {
            "municipality": municipality,
            "compare": list(compare),
            "country": COUNTRY,
            "series_id": series_id,
            "edition": edition,
            "indicator": indicator,
            "age_group": age_group,
            "year": year,
        },
    ).df()


def all_municipalities(
    cursor: DuckDBPyConnection,
    *,
    series_id: str,
    edition: str,
    indicator: str,
    age_group: str,
    year: int,
) -> pd.DataFrame:
    """Return the figure of every municipality that the edition has, by name."""
    return cursor.execute(
        """
        select e.*, r.region_name, r.region_level
        from marts.estimates e
        join marts.regions r using (region_code)
        where r.region_level = 'municipality' and e.value is not null
          and e.series_id = ? and e.edition = ? and e.indicator = ?
          and e.age_group = ? and e.year = ?
        order by strip_accents(lower(ltrim(r.region_name, '''s- ')))
        """,
        [series_id, edition, indicator, age_group, year],
    ).df()


def similar(
    cursor: DuckDBPyConnection,
    *,
    municipality: str,
    series_id: str,
    edition: str,
    indicator: str,
    age_group: str,
    year: int,
) -> pd.DataFrame:
    """Return the municipalities whose figure and change come nearest to ours, by name.

    Nearest by the root of the summed squares of both differences, each in standard deviations over
    all municipalities. The change runs from `first_year`, the first year with figures of ours and
    of others that can be compared (no major break between); without one only the figure counts.
    `level_within_pp` and `change_within_pp`: the largest difference from ours among those
    returned, percentage points.
    """
    return cursor.execute(
        SIMILAR,
        {
            "municipality": municipality,
            "series_id": series_id,
            "edition": edition,
            "indicator": indicator,
            "age_group": age_group,
            "year": year,
            "count": SUGGESTED,
        },
    ).df()
