"""Every figure known about one subject, so that it can be said why two of them differ."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

from dashboard.queries.in_use import IN_USE

ESTIMATES = (
    "with "
    + IN_USE
    + """,
labels as (
    select subject, subject_id, text
    from marts.texts
    where field = 'label' and language = $language
),
places as (
    select region_code, 0 as place from marts.regions where region_code = $municipality
    union all
    select ggd_region_code, 1 from marts.regions
    where region_code = $municipality and ggd_region_code is not null
    union all
    select region_code, 2 from marts.regions where region_level = 'country'
),
known as (
    select
        places.place, e.series_id, e.edition, e.region_code, e.indicator, e.age_group,
        cast(e.year as integer) as year,
        e.value, e.margin_lower, e.margin_upper, e.sample_size, e.rounding_step, e.obs_status,
        e.edition = in_use.edition as is_in_use,
        ranked.newest_rank < in_use.newest_rank as is_newer,
        e.source_ref as source, e.note,
        s.method, s.licence, i.scale, i.part_of, i.sort_order as indicator_order,
        cast(null as varchar) as survey, false as is_quoted,
        s.sort_order as series_order, g.sort_order as age_order,
        r.region_name, r.region_level,
        series_label.text as series_label, age_label.text as age_label,
        indicator_label.text as indicator_label, scale_label.text as scale_label,
        population.text as population
    from marts.estimates e
    join places using (region_code)
    join marts.regions r using (region_code)
    join marts.series s using (series_id)
    join marts.indicators i using (indicator)
    join marts.age_groups g using (age_group)
    join marts.editions ranked on ranked.series_id = e.series_id and ranked.edition = e.edition
    join in_use on in_use.series_id = e.series_id
    left join labels series_label
      on series_label.subject = 'series' and series_label.subject_id = e.series_id
    left join labels age_label
      on age_label.subject = 'age_group' and age_label.subject_id = e.age_group
    left join labels indicator_label
      on indicator_label.subject = 'indicator' and indicator_label.subject_id = e.indicator
    left join labels scale_label
      on scale_label.subject = 'scale' and scale_label.subject_id = i.scale
    left join marts.texts population
      on population.subject = 'series' and population.subject_id = e.series_id
     and population.field = 'population' and population.language = $language
    where e.value is not null
),
asked as (
    select scale from marts.indicators where indicator = $indicator
),
quoted as (
    select
        places.place, q.region_code, q.indicator, q.age_group,
        cast(q.year as integer) as year, q.value,
        q.ci_lower as margin_lower, q.ci_upper as margin_upper, q.sample_size,
        q.source, q.note, q.survey, true as is_quoted, 'normal' as obs_status,
        r.region_name, r.region_level,
        age_label.text as age_label, indicator_label.text as indicator_label
    from marts.quoted_figures q
    join places using (region_code)
    join marts.regions r using (region_code)
    left join labels age_label
      on age_label.subject = 'age_group' and age_label.subject_id = q.age_group
    left join labels indicator_label
      on indicator_label.subject = 'indicator' and indicator_label.subject_id = q.indicator
),
everything as (
    from known
    union all by name
    from quoted
)
select
    everything.*,
    not is_quoted and age_group <> $age_group and bool_or(age_group = $age_group) over (
        partition by place, series_id, edition, indicator, year) as is_other_age
from everything
cross join asked
"""
)
"""Figures of a municipality, its GGD region and the country: published ones, and quoted ones."""


def known_figures(
    cursor: DuckDBPyConnection,
    *,
    municipality: str,
    indicator: str,
    age_group: str,
    year: int,
    language: str,
) -> pd.DataFrame:
    """Return every figure of one indicator and year: all series, editions, ages and places.

    The first published row is the one that the others are explained against: ours rather than
    that of another place, the edition in use, the age group asked for, the first series. Quoted
    figures come last in each place; one without a year is shown in every year. `is_other_age`: the
    same series and edition has a figure of the age group asked for, and this is not it.
    """
    return cursor.execute(
        ESTIMATES
        + """
        where indicator = $indicator and (year = $year or (is_quoted and year is null))
        order by
            place, is_quoted, is_in_use desc, age_group = $age_group desc,
            series_order, age_order, edition desc, value
        """,
        {
            "municipality": municipality,
            "indicator": indicator,
            "age_group": age_group,
            "year": year,
            "language": language,
        },
    ).df()


def on_other_scales(
    cursor: DuckDBPyConnection,
    *,
    municipality: str,
    indicator: str,
    age_group: str,
    year: int,
    language: str,
) -> pd.DataFrame:
    """Return the figures of the same year that another questionnaire gave, without their parts.

    Ours where there are any, else those of the region or the country.
    """
    return cursor.execute(
        ESTIMATES
        + """
        where year = $year and part_of is null and is_in_use
          and everything.scale <> asked.scale
        qualify place = min(place) over ()
        order by place, series_order, indicator_order, age_order
        """,
        {
            "municipality": municipality,
            "indicator": indicator,
            "age_group": age_group,
            "year": year,
            "language": language,
        },
    ).df()


def years(cursor: DuckDBPyConnection, *, municipality: str, indicator: str) -> pd.DataFrame:
    """Return the years with figures of an indicator, newest first, and how many each has."""
    return cursor.execute(
        """
        with places as (
            select region_code from marts.regions
            where region_level = 'country' or region_code in (
                select unnest([region_code, ggd_region_code])
                from marts.regions where region_code = $municipality)
        ),
        known as (
            select year from marts.estimates join places using (region_code)
            where indicator = $indicator and value is not null
            union all
            select year from marts.quoted_figures join places using (region_code)
            where indicator = $indicator and year is not null
        )
        select cast(year as integer) as year, count(*) as figures
        from known
        group by year
        order by year desc
        """,
        {"municipality": municipality, "indicator": indicator},
    ).df()
