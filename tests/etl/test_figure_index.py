from __future__ import annotations

import numpy as np
import pyarrow as pa

from etl.figure_index import index_figures

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
