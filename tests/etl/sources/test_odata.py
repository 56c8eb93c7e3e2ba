"""What the client of the service does when the network or the service fails."""

from __future__ import annotations

import socket
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from etl.errors import NetworkError
from etl.sources.odata import ODataClient, Patience
from tests.etl.statline import HASTY, fetch_from, figures_of, read_fetched
from tests.servers.odata import Service, served
from tests.servers.statline_tables import table_50150

PAGE = "UntypedDataSet?"


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def refused(service: Service, data: Path) -> str:
    """Fetch, expect a network error, and return its message; nothing may have become visible."""
    with pytest.raises(NetworkError) as error:
        fetch_from(service, data, table="50150NED")
    assert error.value.exit_status == 1
    (problem,) = error.value.problems
    assert problem.expected
    assert problem.remedy
    assert not list(data.rglob("manifest.json"))
    return str(error.value)


def test_a_service_that_is_not_there_is_asked_a_few_times(tmp_path: Path) -> None:
    message = refused(Service({}, base_url=f"http://127.0.0.1:{free_port()}"), tmp_path)
    assert "no connection" in message
    assert "asked 3 times" in message


def test_a_service_that_does_not_answer_in_time_is_given_up(tmp_path: Path) -> None:
    with served(table_50150()) as service:
        service.fail("slow", match=PAGE, seconds=1.5)
        started = time.monotonic()
        message = refused(service, tmp_path)
    assert "in time" in message or "broken off" in message
    assert time.monotonic() - started < 10


def test_an_answer_that_is_late_once_is_asked_again(tmp_path: Path) -> None:
    with served(table_50150()) as service:
        service.fail("slow", match=PAGE, seconds=1.2, times=1)
        fetch_from(service, tmp_path, table="50150NED")
        assert len(service.asked_for(PAGE)) == 6
    assert len(figures_of(read_fetched(tmp_path), indicator="lonely")) == 8 * 3 * 5


def test_an_answer_that_drips_in_is_given_up(tmp_path: Path) -> None:
    patience = replace(HASTY, answer_seconds=0.3, attempts=2)
    with served(table_50150()) as service:
        service.fail("drip", match="TableInfos", seconds=0.05)  # never silent for long
        client = ODataClient(service.base_url, patience=patience)
        url = client.table_url("50150NED", entity="TableInfos", query={})
        started = time.monotonic()
        with pytest.raises(NetworkError, match="not complete in time; asked 2 times"):
            client.fetch_document(url)
        assert time.monotonic() - started < 5
        service.faults.clear()
        assert client.fetch_document(url).records[0]["Identifier"] == "50150NED"
        client.close()


def test_retry_after_in_seconds_is_honoured() -> None:
    waits: list[float] = []
    with served(table_50150()) as service:
        service.fail("status", match="TableInfos", status=429, retry_after="7", times=2)
        client = ODataClient(service.base_url, patience=HASTY, sleep=waits.append)
        url = client.table_url("50150NED", entity="TableInfos", query={})
        assert client.fetch_document(url).records[0]["Identifier"] == "50150NED"
    assert waits == [7.0, 7.0]


def test_retry_after_as_a_moment_is_honoured() -> None:
    waits: list[float] = []
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    with served(table_50150()) as service:
        service.fail("status", match="TableInfos", status=503, retry_after=moment, times=1)
        client = ODataClient(service.base_url, patience=HASTY, sleep=waits.append)
        client.fetch_document(client.table_url("50150NED", entity="TableInfos", query={}))
    (wait,) = waits
    assert 25 < wait <= 30


@pytest.mark.parametrize(
    "retry_after",
    ["\xb2", "soon", "-5", "1e400", "Fri, 31 Dec 99999999999999999999 23:59:59 GMT"],
)
def test_a_wait_that_cannot_be_read_is_our_own(retry_after: str) -> None:
    waits: list[float] = []
    with served(table_50150()) as service:
        service.fail("status", match="TableInfos", status=429, retry_after=retry_after, times=1)
        client = ODataClient(service.base_url, patience=HASTY, sleep=waits.append)
        client.fetch_document(client.table_url("50150NED", entity="TableInfos", query={}))
        client.close()
    (wait,) = waits
    assert 0.01 <= wait <= 0.015


def test_a_service_that_asks_to_wait_too_long_is_not_waited_for(tmp_path: Path) -> None:
    with served(table_50150()) as service:
        service.fail("status", match="TableInfos", status=429, retry_after="86400")
        message = refused(service, tmp_path)
        assert len(service.asked_for("TableInfos")) == 1
    assert "status 429" in message
    assert "86400 s" in message


def test_waits_grow_and_end_without_retry_after() -> None:
    waits: list[float] = []
    patience = Patience(attempts=4, first_wait_seconds=1.0)
    with served(table_50150()) as service:
        service.fail("status", match="TableInfos", status=500)
        client = ODataClient(service.base_url, patience=patience, sleep=waits.append)
        with pytest.raises(NetworkError, match="asked 4 times"):
            client.fetch_document(client.table_url("50150NED", entity="TableInfos", query={}))
    assert len(waits) == 3
    for wait, least in zip(waits, (1.0, 2.0, 4.0), strict=True):
        assert least <= wait <= least * 1.5


def test_an_error_that_passes_leaves_no_trace_in_the_figures(tmp_path: Path) -> None:
    with served(table_50150(), page_size=20) as service:
        service.fail("status", match=PAGE, status=500, times=2)
        fetch_from(service, tmp_path, table="50150NED")
    assert len(figures_of(read_fetched(tmp_path), indicator="lonely")) == 8 * 3 * 5


def test_a_query_of_too_many_records_is_not_repeated(tmp_path: Path) -> None:
    with served(table_50150()) as service:
        service.fail(
            "status", match=PAGE, status=500, message="The query returns more than 10000 records"
        )
        message = refused(service, tmp_path)
        assert len(service.asked_for(PAGE)) <= 5  # once per wave
    assert "more than 10000 records" in message


def test_the_server_refuses_many_records_on_one_side_and_pages_them_on_the_other() -> None:
    with served(table_50150(), page_size=400) as service:
        client = ODataClient(service.base_url, patience=HASTY)
        url = client.table_url("50150NED", entity="UntypedDataSet", query={})
        first = client.fetch_document(url)
        assert (len(first.records), bool(first.next_link)) == (400, True)
        service.tables["50150NED"].regions = [*table_50150().regions] * 30
        for cached in ("codes", "matched", "texts", "laid_out", "_made"):
            service.tables["50150NED"].__dict__.pop(cached, None)
        with pytest.raises(NetworkError, match="more than 10000 records"):
            client.fetch_document(url.replace("ODataFeed", "ODataApi"))


def test_a_page_that_is_missing_from_the_chain_is_an_error_at_once(tmp_path: Path) -> None:
    with served(table_50150(), page_size=20) as service:
        service.fail("status", match="$skip=40", status=404)
        message = refused(service, tmp_path)
        assert len(service.asked_for("$skip=40")) <= 5  # once per wave, never again
    assert "status 404" in message


def test_a_chain_that_ends_early_is_noticed_by_the_count(tmp_path: Path) -> None:
    with served(table_50150(), page_size=20) as service:
        service.fail("no_link", match=PAGE, times=1)
        message = refused(service, tmp_path)
        assert "360 rows, as it counts" in message
        assert "308 rows in" in message  # one wave of 72 rows stopped after 20
        service.faults.clear()
        assert fetch_from(service, tmp_path, table="50150NED").tables[0].rows == 360


def test_a_count_that_differs_by_one_stops_the_load(tmp_path: Path) -> None:
    with served(table_50150()) as service:
        service.fail("count_off", match="$count")
        assert "361 rows, as it counts" in refused(service, tmp_path)


def test_a_service_that_does_not_count_is_believed_by_the_sum_of_its_pages(tmp_path: Path) -> None:
    with served(table_50150(), counts=False) as service:
        report = fetch_from(service, tmp_path, table="50150NED")
    assert report.tables[0].rows == 360


@pytest.mark.parametrize("match", ["Perioden?", PAGE])
def test_pages_without_rows_that_link_on_and_on_end(match: str, tmp_path: Path) -> None:
    with served(table_50150()) as service:
        service.fail("empty_pages", match=match, times=500)
        message = refused(service, tmp_path)
        assert len(service.asked) < 200
    assert "pages without a row" in message
    assert "a chain of pages that ends" in message


def test_a_link_that_leads_back_ends(tmp_path: Path) -> None:
    with served(table_50150(), page_size=20) as service:
        service.fail("link_to_itself", match="$skip=20")
        message = refused(service, tmp_path)
    assert "a page that was fetched already" in message


@pytest.mark.parametrize("kind", ["link_elsewhere", "redirect_elsewhere"])
def test_no_other_host_is_ever_asked(kind: str, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.2", 0))
        other.listen()
        other.settimeout(0.2)
        with served(table_50150()) as service:
            service.fail(kind, match=PAGE)
            service.elsewhere = f"http://127.0.0.2:{other.getsockname()[1]}"
            message = refused(service, tmp_path)
            assert service.elsewhere in message
        with pytest.raises(TimeoutError):
            other.accept()


def test_a_redirect_on_the_same_host_is_followed_and_endless_ones_are_not(tmp_path: Path) -> None:
    with served(table_50150()) as service:
        service.fail("redirect", match="DataProperties", times=1)
        fetch_from(service, tmp_path / "once", table="50150NED")
        service.fail("redirect", match="DataProperties")
        message = refused(service, tmp_path / "endless")
    assert "more than 5 redirects" in message


@pytest.mark.parametrize("kind", ["cut_off", "cut_json", "web_page"])
def test_a_damaged_answer_is_asked_again_and_never_kept(kind: str, tmp_path: Path) -> None:
    with served(table_50150()) as service:
        service.fail(kind, match=PAGE, times=1)
        fetch_from(service, tmp_path / "once", table="50150NED")
        assert len(figures_of(read_fetched(tmp_path / "once"), indicator="lonely")) == 8 * 3 * 5
        service.fail(kind, match=PAGE)
        message = refused(service, tmp_path / "always")
    reason = {
        "cut_off": "broke",
        "cut_json": "cut off or damaged",
        "web_page": "a web page instead of JSON",
    }
    assert reason[kind] in message or "breaks off" in message


def test_a_record_without_a_column_of_the_metadata_is_refused(tmp_path: Path) -> None:
    with served(table_50150()) as service:
        service.fail("lost_column", match=PAGE, column="SociaalEenzaam_28")
        assert "no SociaalEenzaam_28" in refused(service, tmp_path)


def test_what_was_loaded_before_stays_in_use_after_a_failure(tmp_path: Path) -> None:
    table = table_50150()
    with served(table) as service:
        fetch_from(service, tmp_path, table="50150NED")
        before = read_fetched(tmp_path).figures
        table.modified = "2026-01-01T02:00:00"
        service.fail("status", match=PAGE, status=500)
        with pytest.raises(NetworkError):
            fetch_from(service, tmp_path, table="50150NED")
    assert read_fetched(tmp_path).figures.equals(before)


def test_links_of_an_https_service_that_say_http_are_mended() -> None:
    client = ODataClient("https://dataderden.cbs.nl")
    page = "https://dataderden.cbs.nl/ODataFeed/odata/50150NED/UntypedDataSet"
    link = "http://dataderden.cbs.nl/ODataFeed/odata/50150NED/UntypedDataSet?$skip=10000"
    assert client.next_url(link, page_url=page) == link.replace("http:", "https:")
    assert client.next_url("UntypedDataSet?$skip=5", page_url=page) == f"{page}?$skip=5"


@pytest.mark.parametrize(
    "link",
    [
        "https://dataderden.cbs.nl.example.org/x",
        "https://example.org/x",
        "https://dataderden.cbs.nl:8443/x",
        "http://dataderden.cbs.nl:8080/x",
        "//example.org/x",
        "file:///etc/passwd",
        "https://dataderden.cbs.nl@example.org/x",
    ],
)
def test_a_link_to_anything_but_the_service_is_refused(link: str) -> None:
    client = ODataClient("https://dataderden.cbs.nl")
    with pytest.raises(NetworkError, match=r"only https://dataderden\.cbs\.nl"):
        client.next_url(link, page_url="https://dataderden.cbs.nl/ODataFeed/odata/x")


@pytest.mark.parametrize(
    "base_url",
    ["https://dataderden.cbs.nl", "http://127.0.0.1:8080", "http://localhost", "http://[::1]:80/"],
)
def test_https_and_this_machine_are_allowed(base_url: str) -> None:
    assert ODataClient(base_url).base_url == base_url.rstrip("/")
