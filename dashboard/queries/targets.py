"""What was promised, and how it stands: assessments with everything that a sentence needs."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection

ASSESSMENT_ROW = """
with words as (
    select subject, subject_id, field, text from marts.texts where language = $language
),
labels as (
    select subject, subject_id, text from words where field = 'label'
),
retrieved as (
    select series_id, edition, max(retrieved_at) as retrieved_at
    from marts.sources
    group by series_id, edition
)
select
    a.*,
    t.region_code, r.region_name, t.indicator, i.direction, t.kind, t.sort_order,
    t.baseline_stated, t.baseline_year as baseline_year_stated, t.baseline_year_assumed,
    t.target_change, t.plan_start, t.target_value as target_value_stated,
    t.former_target_value, t.former_target_year,
    t.decided, t.decision, t.quote, t.source,
    t.age_group as target_age_group, t.target_year as target_year_stated,
    s.method, s.producer, s.licence, ts.position as series_position,
    retrieved.retrieved_at,
    latest.rounding_step as latest_rounding_step,
    latest.sample_size as latest_sample_size,
    latest.obs_status as latest_obs_status,
    latest.source_ref as latest_source_ref,
    baseline.rounding_step as baseline_rounding_step,
    country.value as country_value, country.year as country_year,
    country.margin_lower as country_ci_lower, country.margin_upper as country_ci_upper,
    country_before.value as country_baseline_value,
    r.ggd_region_code, ggd.region_name as ggd_region_name,
    ggd_figure.value as ggd_region_value,
    indicator_label.text as indicator_label,
    indicator_people.text as indicator_people,
    also_called.text as indicator_also_called,
    age_label.text as age_label,
    series_age_label.text as series_age_label,
    series_label.text as series_label,
    source_line.text as source_line,
    target_label.text as target_label,
    target_text.text as target_text,
    explanation.text as explanation
from marts.assessments a
join marts.targets t using (target_id)
join marts.regions r on r.region_code = t.region_code
left join marts.regions ggd on ggd.region_code = r.ggd_region_code
left join marts.indicators i on i.indicator = t.indicator
left join marts.series s on s.series_id = a.series_id
left join marts.target_series ts
  on ts.target_id = a.target_id and ts.series_id = a.series_id and ts.role = 'measured_by'
 and ts.age_group = a.age_group
left join retrieved on retrieved.series_id = a.series_id and retrieved.edition = a.edition
left join marts.estimates latest
  on latest.series_id = a.series_id and latest.edition = a.edition
 and latest.region_code = t.region_code and latest.indicator = t.indicator
 and latest.age_group = a.age_group and latest.year = a.latest_year
left join marts.estimates baseline
  on baseline.series_id = a.series_id and baseline.edition = a.edition
 and baseline.region_code = t.region_code and baseline.indicator = t.indicator
 and baseline.age_group = a.age_group and baseline.year = a.baseline_year
left join marts.estimates country
  on country.series_id = a.series_id and country.edition = a.edition
 and country.region_code = 'NL01' and country.indicator = t.indicator
 and country.age_group = a.age_group and country.year = a.latest_year
left join marts.estimates country_before
  on country_before.series_id = a.series_id and country_before.edition = a.edition
 and country_before.region_code = 'NL01' and country_before.indicator = t.indicator
 and country_before.age_group = a.age_group and country_before.year = a.baseline_year
left join marts.estimates ggd_figure
  on ggd_figure.series_id = a.series_id and ggd_figure.edition = a.edition
 and ggd_figure.region_code = r.ggd_region_code and ggd_figure.indicator = t.indicator
 and ggd_figure.age_group = a.age_group and ggd_figure.year = a.latest_year
left join labels indicator_label
  on indicator_label.subject = 'indicator' and indicator_label.subject_id = t.indicator
left join words indicator_people
  on indicator_people.subject = 'indicator' and indicator_people.subject_id = t.indicator
 and indicator_people.field = 'people'
left join words also_called
  on also_called.subject = 'indicator' and also_called.subject_id = t.indicator
 and also_called.field = 'also_called'
left join labels age_label
  on age_label.subject = 'age_group' and age_label.subject_id = t.age_group
left join labels series_age_label
  on series_age_label.subject = 'age_group' and series_age_label.subject_id = a.age_group
left join labels series_label
  on series_label.subject = 'series' and series_label.subject_id = a.series_id
left join words source_line
  on source_line.subject = 'series' and source_line.subject_id = a.series_id
 and source_line.field = 'source_line'
left join labels target_label
  on target_label.subject = 'target' and target_label.subject_id = t.target_id
left join words target_text
  on target_text.subject = 'target' and target_text.subject_id = t.target_id
 and target_text.field = 'text'
left join words explanation
  on explanation.subject = 'target' and explanation.subject_id = t.target_id
 and explanation.field = 'explanation'
"""
"""One assessment with its target, series, comparators and words; missing is NULL."""


def headline_assessments(
    cursor: DuckDBPyConnection, *, municipality: str, language: str
) -> pd.DataFrame:
    """Return the newest headline assessment of every target of a municipality, in plan order."""
    return cursor.execute(
        ASSESSMENT_ROW
        + """
        where t.region_code = $municipality and a.is_headline and a.is_current
        order by t.sort_order
        """,
        {"municipality": municipality, "language": language},
    ).df()


def target_assessments(
    cursor: DuckDBPyConnection, *, target_id: str, language: str
) -> pd.DataFrame:
    """Return every assessment of a target: headline series first, waves in order."""
    return cursor.execute(
        ASSESSMENT_ROW
        + """
        where a.target_id = $target_id
        order by a.is_headline desc, ts.position, a.series_id, a.as_of_year
        """,
        {"target_id": target_id, "language": language},
    ).df()


def sensitivity(
    cursor: DuckDBPyConnection, *, target_id: str, series_id: str, as_of_year: int
) -> pd.DataFrame:
    """Return the verdict of one assessment under each other reading of the same figures."""
    return cursor.execute(
        """
        from marts.sensitivity
        where target_id = ? and series_id = ? and as_of_year = ?
        order by variant
        """,
        [target_id, series_id, as_of_year],
    ).df()


def crosswalk(
    cursor: DuckDBPyConnection, *, target_id: str, series_id: str, as_of_year: int
) -> pd.DataFrame:
    """Return what other public goal-tracking systems would say of one assessment."""
    return cursor.execute(
        """
        select method, status, detail
        from marts.crosswalk
        where target_id = ? and series_id = ? and as_of_year = ?
        order by method
        """,
        [target_id, series_id, as_of_year],
    ).df()


def comparisons(
    cursor: DuckDBPyConnection, *, target_id: str, series_id: str, as_of_year: int
) -> pd.DataFrame:
    """Return the change of the country and the GGD region over the waves of one assessment."""
    return cursor.execute(
        """
        select c.*, r.region_name
        from marts.comparisons c
        join marts.regions r using (region_code)
        where target_id = ? and series_id = ? and as_of_year = ?
        order by comparator
        """,
        [target_id, series_id, as_of_year],
    ).df()


def shown_beside(cursor: DuckDBPyConnection, *, municipality: str) -> pd.DataFrame:
    """Return the figures that aims in words have beside them: series, indicator, age group."""
    return cursor.execute(
        """
        select distinct ts.series_id, ts.indicator, ts.age_group
        from marts.target_series ts
        join marts.targets t using (target_id)
        where t.region_code = ? and ts.role = 'shown_beside'
        order by all
        """,
        [municipality],
    ).df()


def series_assessments(
    cursor: DuckDBPyConnection,
    *,
    municipality: str,
    series_id: str,
    indicator: str,
    language: str,
) -> pd.DataFrame:
    """Return the newest assessment of every target on one series and indicator."""
    return cursor.execute(
        ASSESSMENT_ROW
        + """
        where t.region_code = $municipality and a.series_id = $series_id
          and t.indicator = $indicator and a.is_current
        order by t.sort_order
        """,
        {
            "municipality": municipality,
            "series_id": series_id,
            "indicator": indicator,
            "language": language,
        },
    ).df()
