"""Tables as files, opened with libraries that did not write them."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.export_tables import codebook_table, figures_table, verdicts_table
from dashboard.i18n import Words
from dashboard.origin import Origin
from dashboard.table_files import Table, csv_for_excel, csv_plain, defused, parquet
from tests.dashboard.exported import WITH_TARGETS, dossier_of

ORIGIN = Origin(
    title="Proef",
    place="Ergens",
    subject="cijfers",
    editions=("50090NED",),
    build_id="20260102-030405-abcdef01",
    sources=("Bron: proef.",),
    licence="CC BY 4.0",
    method="geteld",
    margins="geen",
    language="nl",
)
NO_CODEBOOK = pd.DataFrame(columns=["column_name", "data_type", "description"])


def small(**columns: list[object]) -> Table:
    """A table with these columns."""
    return Table(pd.DataFrame(columns), ORIGIN, NO_CODEBOOK)


def cells(content: bytes, *, separator: str) -> list[list[str]]:
    """Rows of a CSV file as Python's own reader sees them."""
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def test_the_dutch_file_begins_with_a_bom_and_its_header_and_ends_lines_as_excel_does() -> None:
    content = csv_for_excel(small(region_code=["GM1783"], value=[9.6]))
    assert content.startswith(b"\xef\xbb\xbfregion_code;value;build_id;")
    assert content.endswith(b"\r\n")
    assert b"GM1783;9,6;" in content


def test_the_plain_file_has_points_commas_and_no_bom() -> None:
    content = csv_plain(small(region_code=["GM1783"], value=[9.6]))
    assert content.startswith(b"region_code,value,build_id,")
    assert b"GM1783,9.6," in content


@pytest.mark.parametrize("language", ["nl", "en"])
def test_two_readers_find_the_figures_in_the_dutch_file(
    warehouse: Path, tmp_path: Path, language: str
) -> None:
    dossier = dossier_of(warehouse, "GM1783", language)
    table = figures_table(dossier, words=Words(language))
    file = tmp_path / "cijfers.csv"
    file.write_bytes(csv_for_excel(table))
    read = pd.read_csv(file, sep=";", decimal=",", encoding="utf-8-sig")
    assert read["value"].tolist() == pytest.approx(table.frame["value"].tolist(), nan_ok=True)
    assert read["year"].tolist() == table.frame["year"].tolist()
    asked = duckdb.execute(
        "select value, region_name from read_csv(?, delim=';', decimal_separator=',', header=true)"
        " where indicator = 'severely_lonely' and age_group = '18+' and year = 2020",
        [str(file)],
    ).fetchall()
    assert asked == [(9.6, "Westland")]


def test_two_readers_find_the_figures_in_the_plain_file(warehouse: Path, tmp_path: Path) -> None:
    table = figures_table(dossier_of(warehouse, "GM0397"), words=Words("nl"))
    file = tmp_path / "cijfers.csv"
    file.write_bytes(csv_plain(table))
    assert pd.read_csv(file)["value"].dropna().tolist() == table.frame["value"].dropna().tolist()
    where = "indicator = 'lonely' and age_group = '18+' and year = 2020"
    found = duckdb.execute(f"select value from read_csv('{file}') where {where}").fetchall()
    assert found == [(42.9,)]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_text_that_would_run_as_a_formula_is_defused(sign: str) -> None:
    table = small(note=[f'{sign}HYPERLINK("x")', "gewoon"])
    for content, separator in ((csv_for_excel(table), ";"), (csv_plain(table), ",")):
        _, dangerous, plain = cells(content, separator=separator)
        assert dangerous[0].startswith(f"'{sign}")
        assert plain[0] == "gewoon"


def test_a_negative_number_stays_a_number() -> None:
    table = small(gap_pp=[-1.3, 2.0], count=[-4, 5])
    assert cells(csv_for_excel(table), separator=";")[1][:2] == ["-1,3", "-4"]
    assert cells(csv_plain(table), separator=",")[1][:2] == ["-1.3", "-4"]


def test_a_day_and_a_yes_or_no_stay_what_they_are() -> None:
    days = pd.to_datetime(["2026-05-31 19:30", "2026-06-01"], format="mixed").tolist()
    table = small(retrieved_at=days, is_shown=[True, False])
    for content, separator in ((csv_for_excel(table), ";"), (csv_plain(table), ",")):
        assert cells(content, separator=separator)[1][:2] == ["2026-05-31", "True"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), min_size=1))
@settings(max_examples=60, deadline=None)
def test_no_cell_of_any_text_begins_a_formula_and_none_is_lost(texts: list[str]) -> None:
    found = defused(pd.DataFrame({"note": pd.Series(texts, dtype=object)}))["note"].tolist()
    assert not [cell for cell in found if cell[:1] in set("=+-@\t\r\n")]
    assert [
        a if a == b else a.removeprefix("'") for a, b in zip(found, texts, strict=True)
    ] == texts


@pytest.mark.parametrize("table", [figures_table, verdicts_table])
def test_every_row_names_its_build_source_licence_and_method(warehouse: Path, table) -> None:
    dossier = dossier_of(warehouse, "GM0160")
    read = pd.read_csv(io.BytesIO(csv_plain(table(dossier, words=Words("nl")))))
    measured = read[read["series_id"] != "none"]
    assert set(read["build_id"]) == {dossier.build_id}
    for column in ("source_line", "licence", "method"):
        assert measured[column].notna().all()
    model = measured[measured["series_id"] == "rivm_smap"]
    assert set(model["licence"]) == {"CC BY 4.0"}
    assert set(model["method"]) == {"model"}
    assert model["source_line"].str.startswith("Bron: Gezondheidsmonitor").all()


def test_margins_travel_with_the_figures(warehouse_with_margins: Path) -> None:
    table = figures_table(dossier_of(warehouse_with_margins, "GM1783"), words=Words("nl"))
    read = pd.read_csv(io.BytesIO(csv_plain(table)))
    row = read.query("indicator == 'severely_lonely' and age_group == '18+' and year == 2020")
    assert row[["ci_lower", "value", "ci_upper"]].to_numpy().tolist() == [[8.5, 9.6, 10.9]]


def test_parquet_keeps_types_texts_and_provenance(warehouse: Path, tmp_path: Path) -> None:
    dossier = dossier_of(warehouse, "GM1783")
    table = figures_table(dossier, words=Words("nl"))
    file = tmp_path / "cijfers.parquet"
    file.write_bytes(parquet(table))
    said = pq.read_schema(file)
    notes = {key.decode(): text.decode() for key, text in said.metadata.items()}
    assert notes["build_id"] == dossier.build_id
    assert "CC BY 4.0" in notes["licence"]
    assert "RIVM StatLine 50090NED" in notes["source"]
    assert "marge" in notes["margins"]
    assert b"Percentage" in said.field("value").metadata[b"description"]
    frame = pd.read_parquet(file)
    assert frame["value"].tolist() == pytest.approx(table.frame["value"].tolist(), nan_ok=True)
    kinds = dict(
        duckdb.execute(f"select column_name, column_type from (describe from '{file}')").fetchall()
    )
    assert (kinds["value"], kinds["is_current_edition"]) == ("DOUBLE", "BOOLEAN")


def test_parquet_holds_a_dangerous_text_as_it_is() -> None:
    content = parquet(small(note=["=1+1"]))
    assert pd.read_parquet(io.BytesIO(content))["note"].tolist() == ["=1+1"]


@pytest.mark.parametrize("table", [figures_table, verdicts_table])
def test_files_of_all_municipalities_read_as_one_table(
    warehouse: Path, warehouse_with_margins: Path, tmp_path: Path, table
) -> None:
    words, rows = Words("nl"), 0
    for build in (warehouse, warehouse_with_margins):
        for code in WITH_TARGETS:
            made = table(dossier_of(build, code), words=words)
            file = tmp_path / f"{build.parent.name}-{code}.parquet"
            file.write_bytes(parquet(made))
            rows += len(made.frame)
    schemas = [pq.read_schema(file) for file in sorted(tmp_path.glob("*.parquet"))]
    assert {(name, str(s.field(name).type)) for s in schemas for name in s.names} == {
        (name, str(schemas[0].field(name).type)) for name in schemas[0].names
    }
    together = duckdb.execute(f"select * from '{tmp_path}/*.parquet'").df()
    assert len(together) == rows


def test_a_column_without_any_value_has_the_type_that_its_table_declares() -> None:
    codebook = pd.DataFrame(
        {"column_name": ["z"], "data_type": ["DOUBLE"], "description": ["toets"]}
    )
    empty = pd.DataFrame({"z": [None], "note": [None]}, dtype=object)
    schema = pq.read_schema(io.BytesIO(parquet(Table(empty, ORIGIN, codebook))))
    assert [str(schema.field(name).type) for name in ("z", "note")] == ["double", "string"]


def test_column_names_are_those_of_the_published_tables_in_both_languages(warehouse: Path) -> None:
    dutch, english = (
        verdicts_table(dossier_of(warehouse, "GM1783", language), words=Words(language)).frame
        for language in ("nl", "en")
    )
    assert list(dutch.columns) == list(english.columns)
    published = set(dossier_of(warehouse, "GM1783").codebook["column_name"])
    added = {"age_label", "country_value", "country_year", "target", "verdict", "source_line"}
    assert set(dutch.columns) - published == added


def test_the_codebook_gives_every_column_of_every_table_its_meaning(warehouse: Path) -> None:
    frame = codebook_table(dossier_of(warehouse, "GM1783"), words=Words("nl")).frame
    assert frame["description"].notna().all()
    value = frame.query("table_name == 'estimates' and column_name == 'ci_lower'")
    assert len(value) == 1
    assert {"assessments", "estimates", "sources", "targets"} <= set(frame["table_name"])


def test_every_column_of_a_file_is_in_its_codebook(warehouse: Path) -> None:
    dossier = dossier_of(warehouse, "GM1783")
    for table in (figures_table, verdicts_table):
        made = table(dossier, words=Words("nl"))
        assert set(made.frame.columns) == set(made.codebook["column_name"])


def test_a_file_name_says_municipality_subject_edition_and_day(warehouse: Path) -> None:
    dossier = dossier_of(warehouse, "GM0397")
    day = dossier.build_id[:8]
    stem = verdicts_table(dossier, words=Words("nl")).origin.stem
    assert stem == f"heemstede-oordelen-50090ned-{day[:4]}-{day[4:6]}-{day[6:]}-nl"


def test_libreoffice_opens_the_dutch_file_as_figures_and_words(
    warehouse: Path, tmp_path: Path
) -> None:
    """With LibreOffice where the machine has it, else with pandas: the same is seen in both."""
    table = figures_table(dossier_of(warehouse, "GM1783"), words=Words("nl"))
    frame = table.frame.assign(note="=1+1")
    file = tmp_path / "cijfers.csv"
    file.write_bytes(csv_for_excel(replace(table, frame=frame)))
    seen = as_a_dutch_office_sees_it(file)
    assert list(seen.columns) == list(frame.columns)
    for column in ("year", "value", "rounding_step"):
        assert seen[column].tolist() == frame[column].tolist()
    for column in ("region_name", "edition", "age_label", "source_line"):
        assert seen[column].tolist() == frame[column].tolist()
    assert set(seen["age_label"]) >= {"18 jaar en ouder", "18 t/m 64 jaar", "65 jaar en ouder"}
    assert set(seen["note"]) == {"'=1+1"}


def as_a_dutch_office_sees_it(file: Path) -> pd.DataFrame:
    """Cells of a CSV file in a spreadsheet: `;`, quotes, UTF-8, from line 1, Dutch (1043)."""
    office = shutil.which("soffice")
    if office is None:
        return pd.read_csv(file, sep=";", decimal=",", encoding="utf-8-sig")
    command = [office, f"-env:UserInstallation={(file.parent / 'profile').as_uri()}", "--headless"]
    command += ["--infilter=CSV:59,34,76,1,,1043", "--convert-to", "xlsx", "--outdir"]
    subprocess.run([*command, str(file.parent), str(file)], check=True, capture_output=True)
    return pd.read_excel(file.with_suffix(".xlsx"))
