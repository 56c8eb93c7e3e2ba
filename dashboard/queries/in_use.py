"""Which edition of each series holds for a municipality, for all pages in one way."""

from __future__ import annotations

IN_USE = """
in_use as (
    select e.series_id, e.edition, e.newest_rank
    from marts.editions e
    left join (
        select distinct series_id, edition
        from marts.estimates
        where region_code = $municipality and value is not null
    ) ours on ours.series_id = e.series_id and ours.edition = e.edition
    where e.is_loaded
    qualify row_number() over (
        partition by e.series_id
        order by ours.edition is null, ours.edition is null and not e.is_current, e.newest_rank
    ) = 1
)
"""
"""Part of a query: per series the newest edition with a figure of $municipality, as in verdicts.

It may hold too few other municipalities to be the current edition of the country: so it is after a
download of one municipality alone. A series that does not have the municipality: its current one.
"""
