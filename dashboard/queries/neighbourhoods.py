"""Districts and neighbourhoods, where the loaded edition has figures of them."""

from __future__ import annotations

import pandas as pd
from duckdb import DuckDBPyConnection


def municipalities(cursor: DuckDBPyConnection) -> pd.DataFrame:
    """Return the municipalities that have figures of districts or neighbourhoods."""
    return cursor.execute(
        """
        select distinct r.municipality_code as region_code
        from marts.estimates e
        join marts.regions r using (region_code)
        where r.region_level in ('district', 'neighbourhood')
          and e.is_current_edition and e.value is not null
        order by region_code
        """
    ).df()


def figures(
    cursor: DuckDBPyConnection,
    *,
    municipality: str,
    level: str,
    series_id: str,
    edition: str,
    indicator: str,
    age_group: str,
    year: int,
) -> pd.DataFrame:
    """Return the figures of the districts or neighbourhoods (`level`) of a municipality, by name.

    Those that were not published have a row too, with the reason in obs_status.
    """
    return cursor.execute(
        """
        select e.*, r.region_name, r.region_level
        from marts.estimates e
        join marts.regions r using (region_code)
        where r.municipality_code = $municipality and r.region_level = $level
          and e.series_id = $series_id and e.edition = $edition and e.indicator = $indicator
          and e.age_group = $age_group and e.year = $year
        order by strip_accents(lower(r.region_name)), e.region_code
        """,
        {
            "municipality": municipality,
            "level": level,
            "series_id": series_id,
            "edition": edition,
            "indicator": indicator,
            "age_group": age_group,
            "year": year,
        },
    ).df()
