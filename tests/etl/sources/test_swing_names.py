"""Codes, labels, ages and areas of Swing workbooks, one at a time."""

from __future__ import annotations

import pytest

from etl.sources.base import AgeBounds
from etl.sources.swing_names import Meaning, read_ages, read_variable, region_code
from tests.etl.sources.figure_files import REGION_NAMES, VOCABULARY


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("lft_18-24", AgeBounds(18, 24)),
        ("lft_18_24", AgeBounds(18, 24)),
        ("18–24 jaar", AgeBounds(18, 24)),
        ("18 t/m 64 jaar", AgeBounds(18, 64)),
        ("18 tot en met 64 jaar", AgeBounds(18, 64)),
        ("65 jaar en ouder", AgeBounds(65, None)),
        ("65 jaar of ouder", AgeBounds(65, None)),
        ("lft_85+", AgeBounds(85, None)),
        ("65plus", AgeBounds(65, None)),
        ("65-plussers", AgeBounds(65, None)),
        ("65eo", AgeBounds(65, None)),
        ("man", None),
        ("2022-2024", None),
        ("", None),
    ],
)
def test_ages_are_read_from_suffixes_and_labels(text: str, ages: AgeBounds | None) -> None:
    assert read_ages(text) == ages


@pytest.mark.parametrize(
    ("code", "data_type", "meaning"),
    [
        ("GGEES217", "", Meaning("figure", "lonely")),
        ("GGEES217_perc", "Percentage", Meaning("figure", "lonely")),
        ("GGEES217_1", "Percentage", Meaning("figure", "lonely")),
        ("GGEES217_0", "Percentage", Meaning("other_breakdown", "lonely")),
        ("GGEES217_1", "Numeric", Meaning("count", "lonely", answer="1")),
        ("GGEES217_0", "", Meaning("count", "lonely", answer="0")),
        ("GGEES209", "", Meaning("figure", "severely_lonely")),
        ("GGEES2171", "", Meaning("unknown")),
        ("GGEES208", "", Meaning("other_subject")),
        ("GGEES208_3", "Percentage", Meaning("other_subject")),
        ("AGGWS204", "", Meaning("other_subject")),
    ],
)
def test_a_code_is_known_whole_and_never_by_its_beginning(
    code: str, data_type: str, meaning: Meaning
) -> None:
    read = read_variable(code, label="", data_type=data_type, vocabulary=VOCABULARY)
    assert read == meaning


@pytest.mark.parametrize(
    ("level", "area", "code"),
    [
        ("gemeente", "160", "GM0160"),
        ("gemeente", "00160", None),
        ("wijk", "16001", "WK016001"),
        ("buurt", "1600101", "BU01600101"),
        ("buurt", "016001011", None),
        ("provincie", "3", None),
        ("gemeente", "", None),
        ("gemeente", "GGD IJsselland", None),
        ("stadsdeel", "GM0160", "GM0160"),
        ("gemeente", "١٦٠", None),
    ],
)
def test_an_area_gets_the_zeros_of_its_level(level: str, area: str, code: str | None) -> None:
    assert region_code(level, area, names=REGION_NAMES) == code
