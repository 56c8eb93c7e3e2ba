"""z_change over all municipalities: a check on the margins and on the independence of waves."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.changes import measure_change
from etl.comparability import Break, crosses
from etl.estimation import Codes, Flags
from etl.figure_index import FigureIndex

CALIBRATION_SCHEMA = pa.schema(
    [
        *[(name, pa.string()) for name in ("series_id", "edition", "indicator", "age_group")],
        *[("year_before", pa.int16()), ("year_after", pa.int16()), ("regions", pa.int32())],
        *[("mean_z", pa.float64()), ("sd_z", pa.float64())],
    ]
)


def calibration_table(
    index: FigureIndex,
    *,
    breaks: list[Break],
    regions: pa.Table,
    indicators: pa.Table,
) -> pa.Table:
    """Rows of marts.calibration: mean and standard deviation (n - 1) of z_change.

    Per series, edition, indicator and age group, over each pair of successive waves in which any
    municipality has a figure; municipalities with a standard error in both, at least two of them.
    Pairs across a major break are no change and are left out.
    """
    rows = _municipal_rows(index, regions=regions)
    group, facts = _groups(index, rows=rows)
    following = _following_year(group, year=index.year[rows])
    later = index.find(index.subject[rows], rank=index.rank[rows], year=following)
    sign = _signs(index, rows=rows, indicators=indicators)
    change = measure_change(index, baseline=rows, latest=later, sign=sign)
    tested = ~np.isnan(change.z) & ~_is_broken(facts, index.year[rows], following, breaks)
    pair = group[tested] * 10_000 + index.year[rows][tested]
    pairs, first, which, count = np.unique(
        pair, return_index=True, return_inverse=True, return_counts=True
    )
    z = change.z[tested]
    mean = np.bincount(which, weights=z, minlength=len(pairs)) / count
    square = np.bincount(which, weights=(z - mean[which]) ** 2, minlength=len(pairs))
    several = np.flatnonzero(count > 1)
    chosen = np.flatnonzero(tested)[first[several]]
    table = facts.take(pa.array(chosen))
    columns = {
        "year_before": index.year[rows][chosen],
        "year_after": following[chosen],
        "regions": count[several],
        "mean_z": mean[several],
        "sd_z": np.sqrt(square[several] / (count[several] - 1)),
    }
    for name, column in columns.items():
        table = table.append_column(name, pa.array(column))
    return table.select(CALIBRATION_SCHEMA.names).cast(CALIBRATION_SCHEMA)


def _split(index: FigureIndex, subject: Codes) -> dict[str, Codes]:
    """Places of series, indicator, age group and region that a subject number was made of."""
    places = {}
    for name in ("region_code", "age_group", "indicator", "series_id"):
        subject, places[name] = np.divmod(subject, max(len(index.names[name]), 1))
    return places


def _municipal_rows(index: FigureIndex, *, regions: pa.Table) -> Codes:
    """Rows of published figures of municipalities that have a standard error."""
    municipal = regions.filter(pc.equal(regions["region_level"], "municipality"))["region_code"]
    known = pc.is_in(index.names["region_code"], value_set=municipal.combine_chunks())
    is_municipal = np.append(known.to_numpy(zero_copy_only=False), False)
    rows = np.flatnonzero(~np.isnan(index.value))
    result: Codes = rows[is_municipal[_split(index, index.subject[rows])["region_code"]]]
    return result


def _groups(index: FigureIndex, *, rows: Codes) -> tuple[Codes, pa.Table]:
    """Number of the series, edition, indicator and age group of each row, and their names."""
    places = _split(index, index.subject[rows])
    names = {
        name: index.names[name].take(pa.array(places[name]))
        for name in ("series_id", "indicator", "age_group")
    }
    edition = index.edition.take(pa.array(rows))
    subject = index.subject[rows] // max(len(index.names["region_code"]), 1)
    number = subject * 1024 + index.rank[rows]
    return number, pa.table({**names, "edition": edition})


def _following_year(group: Codes, *, year: Codes) -> Codes:
    """Next year in which any row of the same group has a figure; -1 after the last."""
    waves, place = np.unique(group * 10_000 + year, return_inverse=True)
    after = np.append(waves, -1)[place + 1]
    return np.where(after // 10_000 == group, after % 10_000, -1)


def _signs(index: FigureIndex, *, rows: Codes, indicators: pa.Table) -> np.ndarray:
    rising = indicators.filter(pc.equal(indicators["direction"], "increase"))["indicator"]
    known = pc.is_in(index.names["indicator"], value_set=rising.combine_chunks())
    is_rising = known.to_numpy(zero_copy_only=False)
    return np.where(is_rising[_split(index, index.subject[rows])["indicator"]], -1.0, 1.0)


def _is_broken(facts: pa.Table, before: Codes, after: Codes, breaks: list[Break]) -> Flags:
    result = np.zeros(len(facts), dtype=bool)
    for one in breaks:
        if one.severity == "major":
            same = pc.and_(
                pc.equal(facts["series_id"], one.series_id),
                pc.equal(facts["indicator"], one.indicator),
            ).to_numpy()
            result |= same & crosses(
                after, anchor=before, year_before=one.year_before, year_after=one.year_after
            )
    return result
