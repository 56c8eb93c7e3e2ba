"""Swing workbooks of GGDs: recognised by their columns, read without guessing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from etl.errors import SourceError
from etl.sources.base import Loaded, Vocabulary
from etl.sources.ggd_swing import GgdSwing
from tests.etl.sources.figure_files import VOCABULARY, YEAR_OF_THE_TESTS, drop, notes, reasons
from tests.etl.sources.swing_files import (
    IMPORT_HEADER,
    LONELY,
    cube_workbook,
    import_workbook,
    metadata,
    write_workbook,
)

COUNTS = ("Jaar", "Geolevel", "Geoitem", "leeftijd", "GGEES217_0", "GGEES217_1", "GGEES217_ONG")
PERCENTAGE_OF_COUNTS = (
    ("GGEES217_0", "Aantal nee", "personen", "Numeric", 0, None, None),
    ("GGEES217_1", "Aantal ja", "personen", "Numeric", 0, None, None),
    ("GGEES217_perc", "Is eenzaam", "percentage", "Percentage", 1, 50, "0,1"),
)


def load(data: Path, *, vocabulary: Vocabulary = VOCABULARY) -> Loaded:
    source = GgdSwing(current_year=YEAR_OF_THE_TESTS)
    return source.read(source.find(data), data=data, vocabulary=vocabulary)


def refusal(data: Path) -> str:
    with pytest.raises(SourceError) as caught:
        load(data)
    return str(caught.value)


def read(data: Path, *names: str) -> list[tuple[object, ...]]:
    """Return the named columns of the figures in a data folder."""
    return [tuple(figure[name] for name in names) for figure in load(data).figures.to_pylist()]


def test_an_import_workbook_gives_figures_of_the_survey(tmp_path: Path) -> None:
    import_workbook(tmp_path, (2022, "gemeente", 160, "GGEES217", 41.25))
    loaded = load(tmp_path)
    (figure,) = loaded.figures.to_pylist()
    assert figure == {
        "series_id": "ggd_monitor",
        "edition": "published",
        "region_code": "GM0160",
        "region_name": None,
        "indicator": "lonely",
        "age_group": "18+",
        "year": 2022,
        "value": 41.25,
        "rounding_step": 1.0,
        "ci_lower": None,
        "ci_upper": None,
        "standard_error": None,
        "sample_size": None,
        "obs_status": "normal",
        "source_ref": "gmvo",
        "note": None,
        "file": "inbox/import.xlsx",
        "row": 2,
    }
    assert [(file.series_id, file.origin, file.figures) for file in loaded.files] == [
        ("ggd_monitor", "inbox", 1)
    ]


@pytest.mark.parametrize(
    ("level", "area", "code"),
    [
        ("gemeente", 160, "GM0160"),
        ("Gemeentecode", "160", "GM0160"),
        ("gemeentenvar", 160.0, "GM0160"),
        ("gemeente", "Hardenberg", "GM0160"),
        ("gemeente", "GM0160", "GM0160"),
        ("nederland", 1, "NL01"),
        ("nederlandvar", "Nederland", "NL01"),
        ("ggd", 1009, "GG1009"),
        ("regiovar", "GGD IJsselland", "GG1009"),
    ],
)
def test_an_area_is_a_number_a_name_or_a_code(
    tmp_path: Path, level: str, area: object, code: str
) -> None:
    import_workbook(tmp_path, (2022, level, area, "GGEES217", 41))
    assert read(tmp_path, "region_code") == [(code,)]


def test_reading_numbers_as_codes_is_reported(tmp_path: Path) -> None:
    rows = [(year, "gemeente", 160, "GGEES217", 41) for year in (2020, 2022)]
    import_workbook(tmp_path, *rows)
    fixed = notes(load(tmp_path), "fixed")
    assert fixed == ["2 areas given by number or name, read as codes of CBS"]


@pytest.mark.parametrize(
    ("level", "area", "reason"),
    [
        ("gemeente", 9999, "region code not in data/regions.csv"),
        ("gemeente", "Nergens", "level or area not recognised"),
        ("gemeente", -160, "level or area not recognised"),
        ("gemeente", 16.5, "level or area not recognised"),
        ("gemeente", None, "level or area not recognised"),
        ("stadsdeel", 3, "level or area not recognised"),
    ],
)
def test_an_unknown_area_is_rejected_alone(
    tmp_path: Path, level: str, area: object, reason: str
) -> None:
    rows = [(2022, "gemeente", 160, "GGEES217", 41), (2022, level, area, "GGEES217", 42)]
    import_workbook(tmp_path, *rows)
    loaded = load(tmp_path)
    assert reasons(loaded) == [(3, reason)]
    assert loaded.figures["value"].to_pylist() == [41.0]


def test_minus_99996_is_suppressed_and_a_blank_is_missing(tmp_path: Path) -> None:
    import_workbook(
        tmp_path,
        (2012, "gemeente", 160, "GGEES217", -99996),
        (2016, "gemeente", 160, "GGEES217", -99996.0),
        (2020, "gemeente", 160, "GGEES217", None),
        (2022, "gemeente", 160, "GGEES217", 0),
    )
    assert read(tmp_path, "value", "obs_status") == [
        (None, "suppressed"),
        (None, "suppressed"),
        (None, "missing"),
        (0.0, "normal"),
    ]


@pytest.mark.parametrize(("year", "group"), [(2012, "19+"), (2016, "19+"), (2020, "18+")])
def test_all_adults_are_those_whom_the_survey_of_that_year_asked(
    tmp_path: Path, year: int, group: str
) -> None:
    import_workbook(tmp_path, (year, "gemeente", 160, "GGEES217", 41))
    assert read(tmp_path, "age_group") == [(group,)]


@pytest.mark.parametrize(
    ("code", "description", "group"),
    [
        ("GGEES217_lft_18-24", "Is eenzaam (18-24 jaar)", "18-24"),
        ("GGEES217_lft_18-24", "", "18-24"),
        ("GGEES217_lft_18_64", "Is eenzaam", "18-64"),
        ("ggees217_lft_65+", "Is eenzaam (65+)", "65+"),
        ("GGEES217_a", "Is eenzaam (65 jaar en ouder)", "65+"),
        ("GGEES217_a", "Is eenzaam (18 t/m 64 jaar)", "18-64"),
        ("GGEES217_totaal18_64", "", "18-64"),
    ],
)
def test_the_ages_are_in_the_suffix_or_in_the_description(
    tmp_path: Path, code: str, description: str, group: str
) -> None:
    row = (2022, "gemeente", 160, code, 41)
    import_workbook(tmp_path, row, described=[metadata(code, description)])
    assert read(tmp_path, "age_group") == [(group,)]


def test_two_different_ages_for_one_variable_stop(tmp_path: Path) -> None:
    row = (2022, "gemeente", 160, "GGEES217_lft_18-24", 41)
    described = [metadata("GGEES217_lft_18-24", "Is eenzaam (65 jaar en ouder)")]
    import_workbook(tmp_path, row, described=described)
    message = refusal(tmp_path)
    assert "inbox/import.xlsx, variable GGEES217_lft_18-24" in message
    assert "the same ages in the code and in the description" in message


@pytest.mark.parametrize(
    ("code", "description", "told"),
    [
        ("GGEES217_man", "Is eenzaam (man)", "breakdown not loaded: GGEES217_man"),
        ("GGEES217", "Is eenzaam (vrouw)", "breakdown not loaded: GGEES217 "),
        ("GGEES217_lft_30-39", "", "age group not in metrics.yaml, not loaded"),
        ("AGGWS204", "Heeft overgewicht", "figures about other subjects, not loaded"),
        ("GGEES208_1", "Is matig eenzaam", "figures about other subjects, not loaded"),
    ],
)
def test_what_is_known_but_not_loaded_is_listed(
    tmp_path: Path, code: str, description: str, told: str
) -> None:
    rows = [
        (2022, "gemeente", 160, "GGEES209", 9),
        (2022, "gemeente", 160, code, 41),
        (2020, "gemeente", 160, code, 42),
    ]
    import_workbook(tmp_path, *rows, described=[metadata(code, description)])
    loaded = load(tmp_path)
    assert loaded.figures["indicator"].to_pylist() == ["severely_lonely"]
    (note,) = [note for note in loaded.notes if note.detail.startswith(told)]
    assert (note.kind, note.count) == ("warned", 2)


@pytest.mark.parametrize(
    ("code", "description"),
    [("GGEES299", "Iets nieuws"), ("swingnaam45", "Is matig tot zeer ernstig eenzaam"),
     ("EIGEN1", "Eenzaamheidsscore")],
)  # fmt: skip
def test_an_unlisted_variable_about_loneliness_stops_until_it_is_listed(
    tmp_path: Path, code: str, description: str
) -> None:
    row = (2022, "gemeente", 160, code, 41)
    import_workbook(tmp_path, row, described=[metadata(code, description)])
    message = refusal(tmp_path)
    assert f"inbox/import.xlsx, variable {code}" in message
    assert "add the code to ggd_codes" in message


@pytest.mark.parametrize("found", ["41,5", "41.5", "NA", "#N/A", "=1+40", True])
def test_a_value_that_is_no_number_stops(tmp_path: Path, found: object) -> None:
    row = (2022, "gemeente", 160, "GGEES217", found)
    import_workbook(tmp_path, (2020, "gemeente", 160, "GGEES217", 41), row)
    message = refusal(tmp_path)
    assert "inbox/import.xlsx, row 3 of the data, column value" in message
    assert "-99996 for suppressed" in message


@pytest.mark.parametrize("found", ["2022/2023", None, "2022-01-01", 22, 2022.5])
def test_a_period_that_is_not_one_year_stops(tmp_path: Path, found: object) -> None:
    import_workbook(tmp_path, (found, "gemeente", 160, "GGEES217", 41))
    assert "row 2 of the data, column period" in refusal(tmp_path)


def test_rows_are_counted_as_excel_shows_them(tmp_path: Path) -> None:
    import_workbook(
        tmp_path,
        (2020, "gemeente", 160, "GGEES217", 41),
        (),
        (2022, "gemeente", 160, "GGEES217", 42),
    )
    assert read(tmp_path, "row", "year") == [(2, 2020), (4, 2022)]


@pytest.mark.parametrize(
    ("round_off", "value", "step"),
    [(1, 41.25, 1.0), ("0,1", 41.25, 0.1), (0.1, 41.25, 0.1), (None, 41, 1.0), (None, 41.5, 0.1),
     (None, 41.2512345, 0.1), ("?", 41.5, 0.1), ("²", 41.5, 0.1)],
)  # fmt: skip
def test_the_rounding_step_is_what_the_workbook_says_or_shows(
    tmp_path: Path, round_off: object, value: float, step: float
) -> None:
    sheets = {
        "data": (IMPORT_HEADER, (2022, "gemeente", 160, "GGEES217", value)),
        "metadata": (
            ("Indicator code", "RoundOff"),
            ("GGEES217", round_off),
        ),
    }
    write_workbook(tmp_path / "inbox" / "import.xlsx", sheets)
    assert read(tmp_path, "value", "rounding_step") == [(value, step)]


def test_a_column_of_fractions_stops(tmp_path: Path) -> None:
    rows = [(year, "gemeente", 160, "GGEES217", 0.41) for year in (2016, 2020, 2022)]
    import_workbook(tmp_path, *rows)
    assert "only fractions, such as 0.41" in refusal(tmp_path)


def test_a_variable_that_is_no_percentage_stops(tmp_path: Path) -> None:
    sheets = {
        "data": (IMPORT_HEADER, (2022, "gemeente", 160, "GGEES217", 41)),
        "metadata": (("Indicator code", "Data type"), ("GGEES217", "Numeric")),
    }
    write_workbook(tmp_path / "inbox" / "import.xlsx", sheets)
    assert "data type Numeric" in refusal(tmp_path)


def test_a_cube_gives_a_figure_per_age_group_with_its_respondents(tmp_path: Path) -> None:
    cube_workbook(
        tmp_path,
        (2022, "gemeente", 160, 1, 41.2, 480),
        (2022, "gemeente", 160, 2, 45.6, 390),
        (2022, "gemeente", 397, 1, -99996, -99996),
    )
    names = ("region_code", "age_group", "year", "value", "sample_size", "obs_status")
    assert read(tmp_path, *names, "rounding_step") == [
        ("GM0160", "18-64", 2022, 41.2, 480, "normal", 0.1),
        ("GM0160", "65+", 2022, 45.6, 390, "normal", 0.1),
        ("GM0397", "18-64", 2022, None, None, "suppressed", 0.1),
    ]


def test_a_cube_of_weighted_numbers_gives_the_percentage_that_swing_shows(tmp_path: Path) -> None:
    cube_workbook(
        tmp_path,
        (2022, "gemeente", 160, 1, 600, 400, 300),
        (2022, "gemeente", 160, 2, 1.5, 0.5, 300),
        (2022, "gemeente", 397, 1, -99996, -99996, -99996),
        (2022, "gemeente", 397, 2, 600, 400, 49),
        header=COUNTS,
        indicators=PERCENTAGE_OF_COUNTS,
    )
    assert read(tmp_path, "value", "sample_size", "obs_status") == [
        (40.0, 300, "normal"),
        (25.0, 300, "normal"),
        (None, None, "suppressed"),
        (None, 49, "suppressed"),
    ]
    assert "1 fewer respondents than the threshold: read as suppressed" in notes(
        load(tmp_path), "fixed"
    )


def test_weighted_numbers_of_one_answer_only_stop(tmp_path: Path) -> None:
    header = (*COUNTS[:4], "GGEES217_1", "GGEES217_ONG")
    cube_workbook(
        tmp_path,
        (2022, "gemeente", 160, 1, 400, 300),
        header=header,
        indicators=PERCENTAGE_OF_COUNTS,
    )
    assert "weighted numbers of answer 1 only" in refusal(tmp_path)


def test_fewer_than_fifty_respondents_are_reported_where_no_threshold_hides_them(
    tmp_path: Path,
) -> None:
    cube_workbook(
        tmp_path,
        (2022, "gemeente", 160, 1, 41.2, 49),
        (2022, "gemeente", 160, 2, 41.2, 50),
        indicators=(("GGEES217", LONELY, "percentage", "Percentage", 1, None, 1),),
    )
    loaded = load(tmp_path)
    assert loaded.figures["value"].to_pylist() == [41.2, 41.2]
    warned = [note for note in notes(loaded, "warned") if "fewer than 50" in note]
    assert warned == ["1 figures on fewer than 50 respondents, against the agreement"]


def test_a_cube_without_dimensions_is_about_all_adults(tmp_path: Path) -> None:
    cube_workbook(
        tmp_path,
        (2022, "gemeente", 160, 41.2, 480),
        header=("Jaar", "Geolevel", "Geoitem", "GGEES217", "n_ongewogen"),
        dimensions=(),
    )
    assert read(tmp_path, "age_group", "value", "sample_size") == [("18+", 41.2, 480)]


def test_a_dimension_that_is_not_about_age_is_listed_and_not_loaded(tmp_path: Path) -> None:
    items = ((1, "Man", 1), (2, "Vrouw", 2), (3, "Totaal", 3))
    rows = [(2022, "gemeente", 160, item, 40 + item, 480) for item in (1, 2, 3)]
    cube_workbook(tmp_path, *rows, items=items)
    loaded = load(tmp_path)
    assert loaded.figures["value"].to_pylist() == [43.0]
    told = [note for note in notes(loaded, "warned") if "breakdown" in note]
    assert told == ["1 breakdown not loaded: Man", "1 breakdown not loaded: Vrouw"]


def test_two_dimensions_of_ages_and_sexes_are_not_loaded(tmp_path: Path) -> None:
    cube_workbook(
        tmp_path,
        (2022, "gemeente", 160, 1, 2, 41, 480),
        header=("Jaar", "Geolevel", "Geoitem", "leeftijd", "geslacht", "GGEES217", "n_ongewogen"),
        dimensions=("leeftijd", "geslacht"),
        items=((1, "18-64 jaar", 1), (2, "Vrouw", 2)),
    )
    assert load(tmp_path).figures.num_rows == 0


def test_a_definition_in_other_words_counts_by_its_order(tmp_path: Path) -> None:
    cube_workbook(
        tmp_path,
        (2022, "gemeente", 160, 1, 41.2, 480),
        definition=(
            ("Onderzoeksjaar", "period"),
            ("Niveaucode", "geolevel"),
            ("Gemeentecode", "geoitem"),
            ("leeftijd", "dim"),
            ("GGEES217", "var"),
            ("GGEES217_ONG", "var"),
        ),
    )
    assert read(tmp_path, "value", "sample_size") == [(41.2, 480)]


def test_a_cube_whose_definition_misses_a_column_stops(tmp_path: Path) -> None:
    cube_workbook(
        tmp_path,
        (2022, "gemeente", 160, 1, 41.2, 480),
        definition=(("Jaar", "period"), ("geolevel", "geolevel"), ("GGEES217", "var")),
    )
    message = refusal(tmp_path)
    assert "inbox/cube.xlsx, sheets Data and Data_def" in message
    assert "no column of type geoitem" in message


@pytest.mark.parametrize(
    "definition",
    [
        (("Jaar", "period"), ("geolevel", "geolevel"), ("geoitem", "geoitem"), ("GGEES217", "var")),
        (
            *(("Jaar", "period"), ("geolevel", "geolevel"), ("geoitem", "geoitem")),
            *(("leeftijd", "dimensie"), ("GGEES217", "var"), ("n_ongewogen", "var")),
        ),
    ],
)
def test_a_dimension_that_is_not_defined_as_one_never_passes_for_the_total(
    tmp_path: Path, definition: Sequence[tuple[str, str]]
) -> None:
    cube_workbook(tmp_path, (2022, "gemeente", 160, 2, 41.2, 480), definition=definition)
    message = refusal(tmp_path)
    assert "inbox/cube.xlsx, sheet Data_def" in message
    assert "leeftijd (" in message


def test_columns_that_nothing_is_known_of_are_listed(tmp_path: Path) -> None:
    header = ("Jaar", "Geolevel", "Geoitem", "GGEES217", "opmerking")
    definition = (("Jaar", "period"), ("geolevel", "geolevel"), ("geoitem", "geoitem"))
    cube_workbook(
        tmp_path,
        (2022, "gemeente", 160, 41.2, "x"),
        header=header,
        dimensions=(),
        definition=(*definition, ("GGEES217", "var")),
    )
    assert "1 columns that are not read: opmerking" in notes(load(tmp_path), "warned")
    rows = ((*IMPORT_HEADER, "Opmerking"), (2022, "gemeente", 160, "GGEES217", 41.2, "x"))
    write_workbook(tmp_path / "other" / "inbox" / "a.xlsx", {"data": rows})
    assert "1 columns that are not read: opmerking" in notes(load(tmp_path / "other"), "warned")


def test_a_column_that_stands_there_twice_stops(tmp_path: Path) -> None:
    rows = ((*IMPORT_HEADER, "Waarde"), (2022, "gemeente", 160, "GGEES217", 41.2, 12))
    write_workbook(tmp_path / "inbox" / "a.xlsx", {"data": rows})
    header = ("Jaar", "Geolevel", "Geoitem", "GGEES217", "GGEES217")
    cube_workbook(
        tmp_path, (2022, "gemeente", 160, 41.2, 12), header=header, dimensions=(), items=()
    )
    message = refusal(tmp_path)
    assert "inbox/a.xlsx, sheet data, row 1\n    found     twice: waarde" in message
    assert "inbox/cube.xlsx, sheet Data, row 1\n    found     twice: ggees217" in message


def test_figures_on_two_sheets_stop_because_one_may_be_an_old_one(tmp_path: Path) -> None:
    old, new = ((2022, "gemeente", 160, "GGEES217", value) for value in (99, 41.2))
    sheets = {"oud": (IMPORT_HEADER, old), "data": (IMPORT_HEADER, new)}
    write_workbook(tmp_path / "inbox" / "a.xlsx", sheets)
    assert "figures on more than one sheet: oud, data" in refusal(tmp_path)


@pytest.mark.parametrize("ages", ["12-18 jaar", "15 jaar en ouder", "16-25 jaar"])
def test_people_too_young_for_the_series_stop_a_workbook(tmp_path: Path, ages: str) -> None:
    cube_workbook(tmp_path, (2022, "gemeente", 160, 1, 41.2, 480), items=((1, ages, 1),))
    message = refusal(tmp_path)
    assert "row 2" in message
    assert "people of 18 and over" in message


def test_a_threshold_kept_as_text_hides_figures_too(tmp_path: Path) -> None:
    cube_workbook(
        tmp_path,
        (2022, "gemeente", 160, 1, 41.2, 49),
        indicators=(("GGEES217", LONELY, "percentage", "Percentage", 1, "50", "0,1"),),
    )
    assert read(tmp_path, "value", "obs_status") == [(None, "suppressed")]


def test_a_whole_number_among_decimals_has_their_rounding_step(tmp_path: Path) -> None:
    rows = [(year, "gemeente", 160, "GGEES217", v) for year, v in ((2020, 41.2), (2022, 45))]
    write_workbook(tmp_path / "inbox" / "a.xlsx", {"data": (IMPORT_HEADER, *rows)})
    assert read(tmp_path, "value", "rounding_step") == [(41.2, 0.1), (45.0, 0.1)]


@pytest.mark.parametrize("found", ["480", 480.5, -1])
def test_respondents_that_are_no_whole_number_stop(tmp_path: Path, found: object) -> None:
    cube_workbook(tmp_path, (2022, "gemeente", 160, 1, 41.2, found))
    assert "row 2 of the data, column n_ongewogen" in refusal(tmp_path)


def test_workbooks_are_recognised_by_their_columns_and_not_by_their_names(tmp_path: Path) -> None:
    sheets: dict[str, Sequence[Sequence[object]]] = {
        "Blad1": ((*IMPORT_HEADER, "extra"), (2022, "gemeente", 160, "GGEES217", 41, "x")),
        "Blad2": (("Indicator code", "RoundOff"), ("GGEES217", 1)),
    }
    write_workbook(tmp_path / "inbox" / "werkblad.XLSX", sheets)
    write_workbook(tmp_path / "inbox" / "import.xlsx", {"data": (("a", "b"), (1, 2))})
    drop(tmp_path, b"no workbook", name="broken.xlsx")
    assert [path.name for path in GgdSwing().find(tmp_path)] == ["werkblad.XLSX"]
    assert read(tmp_path, "value") == [(41.0,)]


def test_all_problems_of_all_workbooks_are_told_at_once(tmp_path: Path) -> None:
    import_workbook(
        tmp_path,
        ("2022/2023", "gemeente", 160, "GGEES217", 41),
        (2022, "gemeente", 160, "GGEES217", "x"),
        (2029, "gemeente", 160, "GGEES217", 41),
    )
    cube_workbook(tmp_path, (2022, "gemeente", 160, 1, 41.2, "many"))
    message = refusal(tmp_path)
    assert "import.xlsx, row 2 of the data, column period" in message
    assert "import.xlsx, row 3 of the data, column value" in message
    assert "import.xlsx, row 4, column year" in message
    assert "cube.xlsx, row 2 of the data, column n_ongewogen" in message


def test_a_workbook_stops_where_metrics_know_no_series_for_it(tmp_path: Path) -> None:
    import_workbook(tmp_path, (2022, "gemeente", 160, "GGEES217", 41))
    series = {name: facts for name, facts in VOCABULARY.series.items() if name != "ggd_monitor"}
    with pytest.raises(SourceError, match="no series ggd_monitor"):
        load(tmp_path, vocabulary=replace(VOCABULARY, series=series))
