"""What `fetch` brings, what it asks for, and what it does when it is interrupted or unchanged."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import cbsodata
import pytest

from etl.catalogue import read_catalogue
from etl.errors import InputError, NetworkError, SourceError
from etl.fetch import format_report
from tests.etl.statline import VOCABULARY, fetch_from, figure_of, figures_of, read_fetched
from tests.servers.odata import served
from tests.servers.statline_tables import (
    StatlineTable,
    regions_of,
    table_50090,
    table_50120,
    table_50140,
    table_50150,
)

ROOT = Path(__file__).parents[2]
WESTLAND = ("SterkEenzaam_26", "GM1783", "2024JJ00", "20300")


def files_below(folder: Path) -> dict[str, str]:
    """Return the checksum of every file, to see that nothing changed."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


def test_value_and_bounds_become_one_estimate(tmp_path: Path) -> None:
    table = table_50150()
    table.fixed = {
        (*WESTLAND, "MW00000"): 9.1,
        (*WESTLAND, "MOG0095"): 8.2,
        (*WESTLAND, "MBG0095"): 10.3,
    }
    with served(table) as service:
        fetch_from(service, tmp_path, table="50150NED")
    figure = figure_of(
        read_fetched(tmp_path),
        region_code="GM1783",
        indicator="severely_lonely",
        age_group="18+",
        year=2024,
    )
    assert (figure["ci_lower"], figure["value"], figure["ci_upper"]) == (8.2, 9.1, 10.3)
    assert figure["rounding_step"] == 0.1
    assert figure["region_name"] == "Westland"
    assert figure["edition"] == "50150NED"
    assert figure["obs_status"] == "normal"


def test_another_client_reads_the_same_figures_from_the_same_server(tmp_path: Path) -> None:
    with served(table_50150(), page_size=100) as service:
        fetch_from(service, tmp_path, table="50150NED", regions="neighbourhoods")
        host = service.base_url.removeprefix("http://")
        cbsodata.options.use_https = False
        rows = cbsodata.get_data("50150NED", catalog_url=host)
    topics = {
        "lonely": "Eenzaam_25",
        "severely_lonely": "SterkEenzaam_26",
        "emotionally_lonely": "EmotioneelEenzaam_27",
        "socially_lonely": "SociaalEenzaam_28",
    }
    ages = {"18 jaar of ouder": "18+", "18 tot 65 jaar": "18-64", "65 jaar of ouder": "65+"}
    margins = {
        "Waarde": "value",
        "Ondergrens 95%-interval": "ci_lower",
        "Bovengrens 95%-interval": "ci_upper",
    }
    theirs = {
        (
            row["Codering_3"].strip(),
            ages[row["Leeftijd"]],
            int(row["Perioden"]),
            name,
            margin,
        ): value
        for row in rows
        for name, key in topics.items()
        if (margin := margins[row["Marges"]]) and (value := row[key]) is not None
    }
    ours = {
        (f["region_code"], f["age_group"], f["year"], f["indicator"], margin): f[margin]
        for f in read_fetched(tmp_path).figures.to_pylist()
        for margin in ("value", "ci_lower", "ci_upper")
    }
    assert len(ours) == 11 * 3 * 3 * (3 * 5 + 4)  # social loneliness: four of the five waves
    assert ours == theirs


def test_only_the_columns_and_rows_that_become_figures_are_asked_for(tmp_path: Path) -> None:
    with served(table_50150()) as service:
        fetch_from(service, tmp_path, table="50150NED")
        pages = [a for a in service.asked_for("UntypedDataSet?") if "$count" not in a]
    assert len(pages) == 5  # one per wave
    for address in pages:
        assert "AnderOnderwerp" not in address
        assert "$select=WijkenEnBuurten,Perioden,Leeftijd,Marges,Eenzaam_25" in address
        assert "startswith(WijkenEnBuurten,'GM')" in address
    codes = {row["region_code"] for row in read_fetched(tmp_path).figures.to_pylist()}
    assert not {code for code in codes if code[:2] in ("WK", "BU")}


def test_neighbourhoods_come_on_request_with_their_names_and_municipality(tmp_path: Path) -> None:
    with served(table_50150()) as service:
        fetch_from(service, tmp_path, table="50150NED", regions="neighbourhoods")
    regions = {region.region_code: region for region in read_fetched(tmp_path).regions}
    assert set(regions) == {"WK178301", "WK178302", "BU17830101"}
    assert regions["BU17830101"].region_name == "Naaldwijk-Centrum"
    assert regions["BU17830101"].municipality_code == "GM1783"


def test_a_table_that_did_not_change_costs_one_request_and_no_file(tmp_path: Path) -> None:
    with served() as service:
        fetch_from(service, tmp_path, table="50150NED")
        before = files_below(tmp_path)
        service.asked.clear()
        report = fetch_from(service, tmp_path, table="50150NED")
        assert [address.split("?")[0] for address in service.asked] == [
            "/ODataFeed/odata/50150NED/TableInfos"
        ]
    assert report.tables[0].outcome == "unchanged"
    assert report.requests == 1
    assert files_below(tmp_path) == before


def test_without_a_table_the_catalogue_alone_tells_that_nothing_is_new(tmp_path: Path) -> None:
    with served() as service:
        fetch_from(service, tmp_path)
        service.asked.clear()
        report = fetch_from(service, tmp_path)
        assert service.asked == ["/ODataCatalog/Tables?$format=json"]
    assert [table.outcome for table in report.tables] == ["unchanged", "unchanged"]


def test_without_a_table_the_newest_of_each_series_is_fetched(tmp_path: Path) -> None:
    with served(table_50150(), table_50120(), table_50090(), table_50140()) as service:
        report = fetch_from(service, tmp_path)
    assert [(t.series_id, t.table_id) for t in report.tables] == [
        ("rivm_smap", "50150NED"),
        ("rivm_young_adults", "50140NED"),
    ]
    known = [
        listed.table_id for listed in read_catalogue(tmp_path) if listed.series_id == "rivm_smap"
    ]
    assert known == ["50150NED", "50120NED", "50090NED"]


def test_one_series_is_fetched_and_the_tables_of_the_others_stay_known(tmp_path: Path) -> None:
    with served(table_50150(), table_50140()) as service:
        fetch_from(service, tmp_path)
        report = fetch_from(service, tmp_path, series="rivm_young_adults")
    assert [table.table_id for table in report.tables] == ["50140NED"]
    assert {listed.table_id for listed in read_catalogue(tmp_path)} == {"50150NED", "50140NED"}


def test_a_catalogue_without_end_is_given_up(tmp_path: Path) -> None:
    with served(table_50150()) as service:
        service.fail("empty_pages", match="ODataCatalog", times=500)
        with pytest.raises(NetworkError, match="a chain of pages that ends"):
            fetch_from(service, tmp_path)
        assert len(service.asked) < 50


def test_an_edition_that_metrics_yaml_does_not_list_is_found_by_its_title(tmp_path: Path) -> None:
    newer = table_50150()
    newer.table_id = "50180NED"
    newer.title = "Gezondheid per wijk en buurt; 2012/2016/2020/2022/2024 (indeling 2025)"
    newer.period_text = "2012, 2016, 2020, 2022, 2024, 2025"
    with served(table_50150(), newer) as service:
        report = fetch_from(service, tmp_path, series="rivm_smap")
    assert [table.table_id for table in report.tables] == ["50180NED"]
    assert {row["edition"] for row in read_fetched(tmp_path).figures.to_pylist()} == {"50180NED"}


def test_a_table_that_metrics_yaml_lists_is_found_under_another_title(tmp_path: Path) -> None:
    renamed = table_50140()
    renamed.title = "Jongvolwassenen en hun gezondheid, 2024"
    with served(table_50150(), renamed) as service:
        report = fetch_from(service, tmp_path)
    assert [table.table_id for table in report.tables] == ["50150NED", "50140NED"]


def test_a_series_that_the_catalogue_lacks_does_not_keep_the_others_away(tmp_path: Path) -> None:
    with served(table_50150()) as service:
        report = fetch_from(service, tmp_path)
        assert [table.table_id for table in report.tables] == ["50150NED"]
        assert "rivm_young_adults: no table in the catalogue" in format_report(report)
        with pytest.raises(SourceError, match="Gezondheidsmonitor Jongvolwassenen"):
            fetch_from(service, tmp_path, series="rivm_young_adults")


def test_a_table_that_fails_does_not_keep_the_others_away(tmp_path: Path) -> None:
    with served(table_50150(), table_50140()) as service:
        service.fail("status", match="50150NED/UntypedDataSet?", status=404)
        with pytest.raises(NetworkError, match="50150NED"):
            fetch_from(service, tmp_path)
    assert {row["edition"] for row in read_fetched(tmp_path).figures.to_pylist()} == {"50140NED"}


def test_the_problems_of_all_tables_are_told_and_ours_decide_the_status(tmp_path: Path) -> None:
    young = table_50140()
    young.topics = young.topics[1:]
    with served(table_50150(), young) as service:
        service.fail("status", match="50150NED/UntypedDataSet?", status=404)
        with pytest.raises(SourceError) as failed:
            fetch_from(service, tmp_path)
    assert failed.value.exit_status == 2
    assert "status 404" in str(failed.value)
    assert "no column with one of its names" in str(failed.value)


def test_a_table_that_changes_while_it_comes_in_is_fetched_anew(tmp_path: Path) -> None:
    table = table_50150()
    with served(table) as service:
        service.fail("slow", match="Perioden eq '2024JJ00'", seconds=0.3, times=1)
        change = threading.Timer(0.15, setattr, (table, "modified", "2026-01-01T02:00:00"))
        change.start()
        with pytest.raises(NetworkError, match="changed to 2026-01-01T02:00:00"):
            fetch_from(service, tmp_path, table="50150NED")
        change.join()
        assert not list(tmp_path.rglob("manifest.json"))
        report = fetch_from(service, tmp_path, table="50150NED")
    assert report.tables[0].resumed_pages == 0


def test_more_regions_are_fetched_although_the_table_did_not_change(tmp_path: Path) -> None:
    with served() as service:
        fetch_from(service, tmp_path, table="50150NED")
        wide = fetch_from(service, tmp_path, table="50150NED", regions="neighbourhoods")
        again = fetch_from(service, tmp_path, table="50150NED", regions="municipalities")
    assert wide.tables[0].outcome == "fetched"
    assert again.tables[0].outcome == "unchanged"  # municipalities are among them


def test_a_changed_table_keeps_the_regions_that_were_asked_for_before(tmp_path: Path) -> None:
    table = table_50150()
    with served(table) as service:
        fetch_from(service, tmp_path, table="50150NED", regions="neighbourhoods")
        table.modified = "2026-01-01T02:00:00"
        report = fetch_from(service, tmp_path, table="50150NED")
    assert report.tables[0].outcome == "fetched"
    assert report.tables[0].regions == "neighbourhoods"


def test_a_changed_table_replaces_the_earlier_download_and_its_files(tmp_path: Path) -> None:
    table = table_50150()
    with served(table) as service:
        fetch_from(service, tmp_path, table="50150NED")
        first = set(files_below(tmp_path / "raw" / "rivm_smap"))
        table.modified = "2026-01-01T02:00:00"
        fetch_from(service, tmp_path, table="50150NED")
    second = set(files_below(tmp_path / "raw" / "rivm_smap"))
    assert len(second) == len(first)
    assert first & second == {"50150NED/manifest.json"}


def test_young_adults_are_read_without_periods_and_for_the_total_only(tmp_path: Path) -> None:
    with served(table_50140()) as service:
        fetch_from(service, tmp_path, table="50140NED")
        (address,) = service.asked_for("UntypedDataSet?")
    assert "Persoonskenmerken eq 'T009002'" in address
    loaded = read_fetched(tmp_path)
    rows = figures_of(loaded, region_code="GM1783", indicator="strongly_lonely_6item")
    assert [(row["age_group"], row["year"]) for row in rows] == [("16-25", 2024)]
    assert {row["series_id"] for row in loaded.figures.to_pylist()} == {"rivm_young_adults"}


def test_young_adults_are_never_taken_for_adults(tmp_path: Path) -> None:
    with served(table_50140()) as service, pytest.raises(SourceError) as stopped:
        fetch_from(service, tmp_path, table="50140NED", series="rivm_smap")
    assert "Gezondheidsmonitor Jongvolwassenen; regio, 2024" in str(stopped.value)
    assert not list(tmp_path.rglob("manifest.json"))


def test_topics_are_found_when_their_numbers_and_names_move(tmp_path: Path) -> None:
    with served() as service:
        for table_id in ("50090NED", "50120NED", "50150NED"):
            fetch_from(service, tmp_path, table=table_id)
    loaded = read_fetched(tmp_path)
    waves = {
        table_id: sorted(
            row["year"]
            for row in figures_of(
                loaded,
                edition=table_id,
                region_code="NL01",
                age_group="65+",
                indicator="severely_lonely",
            )
        )
        for table_id in ("50090NED", "50120NED", "50150NED")
    }
    assert waves == {
        "50090NED": [2012, 2016, 2020],
        "50120NED": [2012, 2016, 2020, 2022],
        "50150NED": [2012, 2016, 2020, 2022, 2024],
    }


@pytest.mark.parametrize("decimals", ["²", "one", None, 1.5, [1]])
def test_decimals_that_are_no_number_leave_the_step_to_the_figures(
    tmp_path: Path, decimals: object
) -> None:
    table = table_50150()
    topics = [replace(topic, decimals=decimals) for topic in table.topics]
    with served(replace(table, topics=topics)) as service:
        fetch_from(service, tmp_path)
    found = read_fetched(tmp_path)
    assert {row["rounding_step"] for row in figures_of(found, region_code="NL01")} == {0.1}


def test_a_changed_definition_stops_until_a_person_accepts_it(tmp_path: Path) -> None:
    table = table_50150()
    with served(table) as service:
        fetch_from(service, tmp_path, table="50150NED")
        before = files_below(tmp_path / "raw" / "rivm_smap" / "50150NED")
        table.modified = "2026-01-01T02:00:00"
        table.topics[3] = type(table.topics[3])(
            "Eenzaam_25", "Eenzaam", "lonely", "Percentage personen met score 4 t/m 11."
        )
        with pytest.raises(SourceError) as stopped:
            fetch_from(service, tmp_path, table="50150NED")
        for other in ("severely_lonely", "socially_lonely"):
            with pytest.raises(SourceError):
                fetch_from(service, tmp_path, table="50150NED", accept_definitions=(other,))
        now = files_below(tmp_path / "raw" / "rivm_smap" / "50150NED")
        assert {path: now[path] for path in before} == before
        fetch_from(service, tmp_path, table="50150NED", accept_definitions=("lonely",))
        table.modified = "2026-02-01T02:00:00"
        fetch_from(service, tmp_path, table="50150NED")
    message = str(stopped.value)
    assert "score 4 t/m 11" in message
    assert "score 3 t/m 11" in message
    assert "--accept-definition lonely" in message
    kept = json.loads((tmp_path / "accepted_definitions.json").read_text())["definitions"]
    (lonely,) = [row for row in kept if row["indicator"] == "lonely"]
    assert lonely["definition"] == "Percentage personen met score 4 t/m 11."
    assert lonely["how"] == "accepted by a person"
    assert lonely["date"][:3] == "202"


def rewritten(table: StatlineTable) -> StatlineTable:
    """Change the definition of every indicator, in a version with another date."""
    table.modified = "2026-01-01T02:00:00"
    table.topics = [replace(t, description=f"{t.description} Iets anders.") for t in table.topics]
    return table


def test_several_changed_definitions_are_accepted_one_after_the_other(tmp_path: Path) -> None:
    names = ("lonely", "severely_lonely", "emotionally_lonely", "socially_lonely")
    table = table_50150()
    with served(table) as service:
        fetch_from(service, tmp_path, table="50150NED")
        before = read_fetched(tmp_path).figures
        rewritten(table)
        for number, name in enumerate(names[:-1], start=1):
            with pytest.raises(SourceError) as stopped:
                fetch_from(service, tmp_path, table="50150NED", accept_definitions=(name,))
            assert len(stopped.value.problems) == len(names) - number
            assert read_fetched(tmp_path).figures.equals(before)  # what is in use stays in use
        report = fetch_from(service, tmp_path, table="50150NED", accept_definitions=names[-1:])
    assert report.tables[0].outcome == "fetched"
    read_fetched(tmp_path)
    kept = json.loads((tmp_path / "accepted_definitions.json").read_text())
    assert list(kept) == ["definitions"]
    assert {row["indicator"] for row in kept["definitions"]} == set(names)
    for row in kept["definitions"]:
        assert row["how"] == "accepted by a person"
        assert row["definition"].endswith("Iets anders.")


def test_several_changed_definitions_are_accepted_at_once(tmp_path: Path) -> None:
    names = ("lonely", "severely_lonely", "emotionally_lonely", "socially_lonely")
    table = table_50150()
    with served(table) as service:
        fetch_from(service, tmp_path, table="50150NED")
        rewritten(table)
        report = fetch_from(service, tmp_path, table="50150NED", accept_definitions=names)
    assert report.tables[0].outcome == "fetched"


def test_what_was_accepted_is_one_text_and_no_later_one(tmp_path: Path) -> None:
    table = table_50150()
    with served(table) as service:
        fetch_from(service, tmp_path, table="50150NED")
        rewritten(table)
        with pytest.raises(SourceError):
            fetch_from(service, tmp_path, table="50150NED", accept_definitions=("lonely",))
        rewritten(table)
        with pytest.raises(SourceError, match="definition of lonely"):
            fetch_from(service, tmp_path, table="50150NED")


def test_metadata_that_was_mended_without_another_date_is_asked_for_anew(tmp_path: Path) -> None:
    table = table_50150()
    whole = table.topics
    table.topics = whole[:-1]
    with served(table) as service:
        with pytest.raises(SourceError, match="socially_lonely"):
            fetch_from(service, tmp_path, table="50150NED")
        table.topics = whole
        fetch_from(service, tmp_path, table="50150NED")
    assert figures_of(read_fetched(tmp_path), indicator="socially_lonely")


def test_a_dimension_with_a_record_that_has_no_code_is_refused(tmp_path: Path) -> None:
    table = table_50150()
    table.people = (table.people[0], {**table.people[1], " ": "75 jaar of ouder"})
    with served(table) as service, pytest.raises(SourceError, match="a record without a code"):
        fetch_from(service, tmp_path, table="50150NED")


@pytest.mark.parametrize("name", ["../../../elsewhere", "a/b", "x" * 300, "a\0b", ""])
def test_a_dimension_named_like_a_path_is_refused(name: str, tmp_path: Path) -> None:
    table = table_50150()
    table.people = (name, table.people[1])
    with served(table) as service:
        with pytest.raises(SourceError, match="a name of letters"):
            fetch_from(service, tmp_path / "data", table="50150NED")
        assert len(service.asked) == 2  # what the table is, and its columns
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_period_that_is_not_one_year_is_left_out_and_announced(tmp_path: Path) -> None:
    table = table_50150()
    quarters = [f"2024KW0{number}" for number in range(1, 8)]
    table.periods = (*table.periods[:-1], "2023MJ2024", *quarters)
    with served(table) as service:
        report = fetch_from(service, tmp_path, table="50150NED")
    (warned,) = report.tables[0].warned
    assert warned.startswith("period that is not one year, not loaded: 2023 (2023MJ2024), 2024 (")
    assert warned.endswith("2024 (2024KW05), …")
    assert warned in format_report(report)
    loaded = read_fetched(tmp_path)
    assert {row["year"] for row in loaded.figures.to_pylist()} == {2012, 2016, 2020, 2022}
    assert "other_periods" in {note.remark.of.code for note in loaded.notes}


def test_a_table_without_the_country_is_loaded_and_that_is_announced(tmp_path: Path) -> None:
    table = table_50150(regions=regions_of()[1:])
    with served(table, table_50120()) as service:
        report = fetch_from(service, tmp_path, table="50150NED")
        complete = fetch_from(service, tmp_path, table="50120NED")
    assert "no figures of the country" in format_report(report)
    assert "no figures of the country" not in format_report(complete)


def test_a_table_without_a_date_is_fetched_beside_the_one_in_use(tmp_path: Path) -> None:
    table = table_50150()
    table.modified = ""
    with served(table, page_size=20) as service:
        fetch_from(service, tmp_path, table="50150NED")
        before = files_below(tmp_path / "raw/rivm_smap")
        for fault in ({"kind": "status", "status": 404}, {"kind": "no_link", "times": 1}):
            service.fail(match="$skip=40", **fault)
            with pytest.raises(NetworkError):
                fetch_from(service, tmp_path, table="50150NED")
            assert before.items() <= files_below(tmp_path / "raw/rivm_smap").items()
            service.faults.clear()
        for _ in range(2):
            assert fetch_from(service, tmp_path, table="50150NED").tables[0].outcome == "fetched"
            assert len(figures_of(read_fetched(tmp_path), indicator="lonely")) == 8 * 3 * 5
    folders = [path for path in (tmp_path / "raw/rivm_smap/50150NED").iterdir() if path.is_dir()]
    assert len(folders) == 1


def test_a_definition_survives_the_removal_of_the_download(tmp_path: Path) -> None:
    table = table_50150()
    with served(table) as service:
        fetch_from(service, tmp_path, table="50150NED")
        for path in sorted((tmp_path / "raw").rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        table.topics[3] = type(table.topics[3])("Eenzaam_25", "Eenzaam", "lonely", "Iets anders.")
        with pytest.raises(SourceError, match="Iets anders"):
            fetch_from(service, tmp_path, table="50150NED")


def test_an_interrupted_download_is_not_seen_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    with served(table_50150(), page_size=20) as service:
        service.fail("status", match="$skip=40", status=404)
        with pytest.raises(Exception, match="404"):
            fetch_from(service, tmp_path, table="50150NED")
        assert not list(tmp_path.rglob("manifest.json"))
        service.faults.clear()
        fetched_before = set(service.asked_for("UntypedDataSet?")) - set(
            service.asked_for("$skip=40")
        )
        service.asked.clear()
        report = fetch_from(service, tmp_path, table="50150NED")
        assert not set(service.asked_for("UntypedDataSet?")) & fetched_before
    assert report.tables[0].resumed_pages >= 6  # the dimensions, and a page of every wave
    with served(table_50150()) as service:
        fetch_from(service, tmp_path / "whole", table="50150NED")
    in_two = [{**row, "row": 0} for row in read_fetched(tmp_path).figures.to_pylist()]
    at_once = [{**row, "row": 0} for row in read_fetched(tmp_path / "whole").figures.to_pylist()]
    assert in_two == at_once


def test_a_page_that_was_damaged_on_disk_is_fetched_again(tmp_path: Path) -> None:
    with served(table_50150(), page_size=20) as service:
        service.fail("status", match="$skip=60", status=404)
        with pytest.raises(Exception, match="404"):
            fetch_from(service, tmp_path, table="50150NED")
        service.faults.clear()
        page = next(tmp_path.rglob("UntypedDataSet-2016JJ00-0001.json"))
        page.write_bytes(page.read_bytes()[:-20])
        fetch_from(service, tmp_path, table="50150NED")
    assert len(figures_of(read_fetched(tmp_path), indicator="lonely")) == 8 * 3 * 5


def test_a_started_download_of_an_older_version_starts_anew(tmp_path: Path) -> None:
    table = table_50150()
    with served(table, page_size=20) as service:
        service.fail("status", match="$skip=60", status=404)
        with pytest.raises(Exception, match="404"):
            fetch_from(service, tmp_path, table="50150NED")
        service.faults.clear()
        table.modified = "2026-01-01T02:00:00"
        report = fetch_from(service, tmp_path, table="50150NED")
    assert report.tables[0].resumed_pages == 0
    folders = [path for path in (tmp_path / "raw/rivm_smap/50150NED").iterdir() if path.is_dir()]
    assert len(folders) == 1


KILLED = """
import sys
from pathlib import Path
from tests.etl.statline import fetch_from
from tests.servers.odata import Service
fetch_from(Service({}, base_url=sys.argv[1]), Path(sys.argv[2]), table="50150NED")
"""


def test_a_killed_fetch_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with served(table_50150(), page_size=20) as service:
        service.fail("slow", match="UntypedDataSet?", seconds=0.1)
        command = [sys.executable, "-c", KILLED, service.base_url, str(tmp_path)]
        process = subprocess.Popen(command, cwd=ROOT)
        deadline = time.monotonic() + 30
        while len(service.asked_for("$skip=20")) < 2 and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        assert not list(tmp_path.rglob("manifest.json"))
        service.faults.clear()
        report = fetch_from(service, tmp_path, table="50150NED")
    assert report.tables[0].resumed_pages > 0
    assert report.tables[0].rows == 8 * 5 * 3 * 3
    lonely = figures_of(read_fetched(tmp_path), indicator="lonely")
    keys = {(row["region_code"], row["age_group"], row["year"]) for row in lonely}
    assert len(lonely) == len(keys) == 8 * 5 * 3


def test_a_fetch_that_is_stopped_by_hand_says_so_without_a_trace(tmp_path: Path) -> None:
    with served(table_50150()) as service:
        service.fail("slow", match="UntypedDataSet", seconds=0.3)
        options = ["--data", str(tmp_path), "--base-url", service.base_url, "--table", "50150NED"]
        process = subprocess.Popen(
            [sys.executable, "-m", "etl", "fetch", *options],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        deadline = time.monotonic() + 30
        while not service.asked_for("UntypedDataSet") and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said == "Stopped. What was there before stays in use.\n"
    assert not list(tmp_path.rglob("manifest.json"))


def test_a_large_dimension_comes_in_pages(tmp_path: Path) -> None:
    with served(table_50150(regions=regions_of(neighbourhoods=30)), page_size=10) as service:
        fetch_from(service, tmp_path, table="50150NED", regions="neighbourhoods")
        assert len(service.asked_for("50150NED/WijkenEnBuurten")) == 5  # 41 regions
    assert len(read_fetched(tmp_path).regions) == 33


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"table": "../../etc"}, "'../../etc'"),
        ({"table": "50150NED/x"}, "'50150NED/x'"),
        ({"series": "rivm_smp"}, "'rivm_smp'"),
        ({"table": "50150NED", "accept_definitions": ("lonely", "lonly")}, "'lonly'"),
        ({"base_url": "http://example.org"}, "'http://example.org'"),
        ({"base_url": "ftp://127.0.0.1"}, "'ftp://127.0.0.1'"),
        ({"base_url": "https://someone:secret@example.org"}, "someone"),
        ({"base_url": "https://example.org/path"}, "'https://example.org/path'"),
        ({"base_url": "http://localhost.example.org"}, "'http://localhost.example.org'"),
    ],
)
def test_a_wrong_option_is_refused_before_anything_is_asked(
    options: dict[str, str], found: str, tmp_path: Path
) -> None:
    with served() as service:
        with pytest.raises(InputError) as refused:
            fetch_from(service, tmp_path, **options)
        assert service.asked == []
    assert found in str(refused.value)
    assert refused.value.exit_status == 2


def test_a_table_of_no_series_is_refused_with_its_title(tmp_path: Path) -> None:
    other = table_50150()
    other.table_id, other.title = "50999NED", "Sociale samenhang; wijken"
    with served(other) as service, pytest.raises(SourceError, match="Sociale samenhang; wijken"):
        fetch_from(service, tmp_path, table="50999NED")


def test_two_fetches_do_not_work_in_one_folder(tmp_path: Path) -> None:
    from filelock import FileLock

    (tmp_path / "raw").mkdir()
    with (
        served() as service,
        FileLock(tmp_path / "raw" / "fetch.lock"),
        pytest.raises(InputError, match="another fetch is running"),
    ):
        fetch_from(service, tmp_path, table="50150NED")


def test_the_report_names_table_rows_and_the_next_step(tmp_path: Path) -> None:
    with served() as service:
        text = format_report(fetch_from(service, tmp_path, table="50150NED"))
    assert "rivm_smap 50150NED: 360 rows of municipalities" in text
    assert "13 requests" in text
    assert "python -m etl build" in text


def test_the_manifest_says_where_the_figures_are_from(tmp_path: Path) -> None:
    with served() as service:
        fetch_from(service, tmp_path, table="50150NED")
        base_url = service.base_url
    manifest = json.loads((tmp_path / "raw/rivm_smap/50150NED/manifest.json").read_text())
    assert manifest["title"].startswith("Gezondheid per wijk en buurt; 2012/2016")
    assert manifest["modified"] == "2025-06-30T02:00:00"
    assert manifest["licence"] == "CC BY 4.0"
    assert manifest["url"] == f"{base_url}/ODataFeed/odata/50150NED"
    assert manifest["rows"] == 8 * 5 * 3 * 3
    assert manifest["rows_counted_by_service"] is True
    assert "score 9 t/m 11" in manifest["definitions"]["severely_lonely"]["definition"]
    (loaded,) = read_fetched(tmp_path).files
    assert (loaded.origin, loaded.modified) == ("fetched", "2025-06-30T02:00:00")


def test_the_vocabulary_of_the_tests_has_no_name_twice_on_one_scale() -> None:
    names = [
        (names.scale, name)
        for names in VOCABULARY.indicators.values()
        for name in names.source_names
    ]
    assert len(names) == len(set(names))
