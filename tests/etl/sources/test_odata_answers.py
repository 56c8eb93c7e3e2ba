from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.sources.odata_answers import (
    NEXT_LINK,
    Answer,
    Document,
    Page,
    count_in,
    document_in,
    page_in,
)

COLUMNS = ("Perioden", "Eenzaam_25")
RECORD = {"Perioden": "2016JJ00", "Eenzaam_25": "    45.8"}
CELL = st.none() | st.text(max_size=8) | st.integers() | st.booleans()
RECORDS = st.lists(st.dictionaries(st.sampled_from([*COLUMNS, "ID"]), CELL, max_size=3), max_size=6)


def answer(content: str) -> Answer:
    return Answer("http://localhost/x", 200, content.encode(), "", "")


def page(*records: dict[str, object], **more: object) -> Answer:
    return answer(json.dumps({"odata.metadata": "m", "value": records, **more}))


def compact(*records: dict[str, object]) -> Answer:
    """A page as the service writes it: no space between a name and its value."""
    return answer(json.dumps({"value": records}, separators=(",", ":")))


def test_a_page_with_all_its_columns_is_counted_without_reading_its_records() -> None:
    delivered = page(RECORD, {**RECORD, "ID": 7}, **{NEXT_LINK: "http://localhost/x?$skip=2"})
    read = page_in(delivered, columns=COLUMNS)
    assert read == Page(delivered.content, 2, "http://localhost/x?$skip=2")
    assert read.columns is not None
    assert read.columns.select(COLUMNS).to_pylist() == [RECORD, RECORD]


def test_a_topic_that_was_not_measured_is_null_in_a_whole_page() -> None:
    delivered = compact(RECORD, {**RECORD, "Eenzaam_25": None})
    read = page_in(delivered, columns=COLUMNS)
    assert type(read) is Page
    assert read.columns is not None
    assert read.columns["Eenzaam_25"].to_pylist() == ["    45.8", None]


@pytest.mark.parametrize(
    "other",
    [{"Perioden": "2016JJ00"}, {"Perioden": "Eenzaam_25"}, {"Perioden": '"Eenzaam_25":'}],
    ids=["not there", "its name as a text", "its name and a colon in a text"],
)
def test_null_is_told_from_a_column_that_is_not_there(other: dict[str, object]) -> None:
    read = page_in(compact(RECORD, {**RECORD, "Eenzaam_25": None}, other), columns=COLUMNS)
    assert isinstance(read, Document)


@pytest.mark.parametrize(
    "record",
    [{"Perioden": "2016JJ00"}, {**RECORD, "Eenzaam_25": 45.8}],
    ids=["a column that is not there", "a number"],
)
def test_a_page_in_doubt_is_read_so_that_somebody_can_look(record: dict[str, object]) -> None:
    read = page_in(page(RECORD, record), columns=COLUMNS)
    assert isinstance(read, Document)
    assert read.records == [RECORD, record]


@pytest.mark.parametrize(
    "content",
    [
        '{"value": [{"Perioden": "2016JJ00", "Eenzaam_25": "4',
        '{"value": [{"Perioden": "2016JJ00", "Eenzaam_25": "45.8"}]',
        '{"value": []}\n{"value": []}',
        '{"value": null}',
        "{}",
        "",
        "<html></html>",
        '{"value": [], "odata.nextLink": 5}',
        '{"value": [{"Perioden": "2016JJ00", "Eenzaam_25": "\\ud800"}]}',
        '{"value": [{"Title": "\\uDC00"}]}',
    ],
)
def test_what_is_no_whole_page_is_refused(content: str) -> None:
    with pytest.raises(ValueError, match=r"document|web page|nextLink"):
        page_in(answer(content), columns=COLUMNS)


@settings(deadline=None)
@given(RECORDS, st.none() | st.text(max_size=12), st.sampled_from([(",", ":"), (", ", ": ")]))
def test_both_ways_of_reading_agree(
    records: list[dict[str, object]], link: str | None, separators: tuple[str, str]
) -> None:
    content = json.dumps({"value": records, NEXT_LINK: link}, separators=separators)
    delivered = answer(content)
    read, slowly = page_in(delivered, columns=COLUMNS), document_in(delivered)
    assert (read.rows, read.next_link) == (slowly.rows, slowly.next_link)
    texts = [[record.get(name, 0) for name in COLUMNS] for record in records]
    complete = all(cell is None or isinstance(cell, str) for row in texts for cell in row)
    assert isinstance(read, Document) or complete
    if read.columns is not None:
        cells = [list(row.values()) for row in read.columns.select(COLUMNS).to_pylist()]
        assert cells == texts


@pytest.mark.parametrize("text", ["2520", "\ufeff2520", " 2520\r\n"])
def test_a_count_is_read(text: str) -> None:
    assert count_in(answer(text)) == 2520


@pytest.mark.parametrize("text", ["", "-1", "\xb2", "\u0664\u0662", "2.520", "<html>", "9" * 6000])
def test_what_is_no_count_is_refused_in_a_few_words(text: str) -> None:
    with pytest.raises(ValueError, match="as the number of rows") as error:
        count_in(answer(text))
    assert len(str(error.value)) < 80


def test_a_character_in_two_halves_is_read() -> None:
    assert document_in(answer(r'{"value": [{"Title": "\ud83d\ude00"}]}')).records == [
        {"Title": "\U0001f600"}
    ]
