from __future__ import annotations

import numpy as np
import pyarrow as pa

from etl.figure_index import index_figures
from tests.etl.promised import estimates_of, figure

REGIONS = 40_000


def test_a_figure_is_found_among_all_neighbourhoods_of_the_country() -> None:
    # 40,000 regions × 80 series × 1,024 editions × 4,096 years: keys that 32 bits do not hold
    names = [f"BU{number:08d}" for number in range(REGIONS)]
    series = [f"series_{number}" for number in range(80)]
    size = REGIONS + len(series)
    figures = pa.table(
        {
            "series_id": ["series_0"] * REGIONS + series,
            "edition": ["published"] * size,
            "region_code": names + ["GM1783"] * len(series),
            "indicator": ["lonely"] * size,
            "age_group": ["65+"] * size,
            "year": pa.array([2020] * size, pa.int16()),
            "value": [40.0] * (size - 1) + [48.7],
            "obs_status": ["normal"] * size,
            "se_method": ["none"] * size,
            "rounding_step": [0.1] * size,
            **{
                name: pa.nulls(size, pa.float64())
                for name in (
                    *("logit_standard_error", "margin_lower", "margin_upper", "sample_size"),
                    *("ci_lower", "ci_upper", "standard_error"),
                )
            },
        }
    )
    editions = pa.table(
        {
            "series_id": series,
            "edition": ["published"] * len(series),
            "newest_rank": pa.array([0] * len(series), pa.int32()),
        }
    )

    index = index_figures(figures, editions=editions)
    subject = index.subjects(
        series_id=pa.array(["series_79"]),
        indicator=pa.array(["lonely"]),
        age_group=pa.array(["65+"]),
        region_code=pa.array(["GM1783"]),
    )
    row = index.find(subject, rank=np.array([0]), year=np.array([2020]))

    _, waves = index.rows_of(subject)

    assert index.value[row].tolist() == [48.7]
    assert index.value[waves].tolist() == [48.7]


def test_figures_stand_in_one_order_in_whatever_order_they_come() -> None:
    estimates = estimates_of(
        [
            figure(year, value, region_code=region, indicator=indicator)
            for region, value in (("GM1783", 48.7), ("GM0160", 41.0), ("NL01", 47.0))
            for indicator in ("severely_lonely", "lonely")
            for year in (2020, 2016)
        ]
    )
    editions = pa.table(
        {
            "series_id": ["survey"],
            "edition": ["published"],
            "newest_rank": pa.array([0], pa.int32()),
        }
    )
    backwards = estimates.take(pa.array(range(len(estimates) - 1, -1, -1)))
    one, other = (index_figures(table, editions=editions) for table in (estimates, backwards))

    assert one.key.tolist() == other.key.tolist()
    assert one.value[:-1].tolist() == other.value[:-1].tolist()
    assert one.names["region_code"].to_pylist() == ["GM0160", "GM1783", "NL01"]
