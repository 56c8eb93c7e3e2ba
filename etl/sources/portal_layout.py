"""Which table a download is of, and which of its columns holds what: it comes without metadata."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

from etl.errors import Problem, SourceError
from etl.sources.base import ExtraRegion, SeriesFacts, Vocabulary
from etl.sources.codes import NoteCode, Remark, remark
from etl.sources.portal_files import DOWNLOAD_AGAIN, REGION_COLUMNS, PortalFile
from etl.sources.statline_layout import Layout
from etl.sources.statline_metadata import extra_regions, tidy
from etl.sources.statline_names import (
    NamedTopic,
    fixed_ages,
    is_code,
    letters,
    resolve_ages,
    resolve_topics,
    topic_name,
    total_of,
    year_of_period,
    years_in,
)

PERIODS, MARGINS, AGES = "Perioden", "Marges", "Leeftijd"
KNOWN_COLUMNS = (*REGION_COLUMNS, PERIODS, MARGINS, AGES, "ID")


def portal_layout(file: PortalFile, *, vocabulary: Vocabulary) -> tuple[Layout, list[Remark]]:
    """Return the layout of a download and what a reader must know of it; SourceError if unclear."""
    series, table_id = _edition(file, vocabulary=vocabulary)
    where = f"{file.file}, row 1"
    region = _region_column(file)
    names = file.columns.column_names
    topics, problems = resolve_topics(
        [NamedTopic(name) for name in names if topic_name(name) != name],
        series=series,
        vocabulary=vocabulary,
        where=where,
    )
    codes = {name: _codes(file, name) for name in (PERIODS, AGES) if name in names}
    known, others, unknown = resolve_ages(
        dict.fromkeys(codes.get(AGES, ()), None), vocabulary=vocabulary, where=file.file
    )
    totals, warned, unclear = _further_columns(file)
    problems += unknown + unclear
    problems += _missing(file, series=series, table_id=table_id, vocabulary=vocabulary)
    if problems:
        raise SourceError(problems)
    years = {code: year_of_period(code) for code in codes.get(PERIODS, ())}
    layout = Layout(
        series=series,
        table_id=table_id,
        region=region,
        topics=tuple(topics),
        margin=MARGINS,
        period=PERIODS if PERIODS in names else None,
        years={code: year for code, year in years.items() if year is not None},
        fixed_year=_fixed_year(series, table_id=table_id),
        age=AGES if AGES in names else None,
        age_groups=known,
        ignored_ages=tuple(others),
        fixed_age=_fixed_age(series, vocabulary=vocabulary),
        totals=totals,
        region_names=_municipality_names(file),
    )
    return layout, [*warned, *(remark(NoteCode.OTHER_AGES, ages=code) for code in others)]


def _region_column(file: PortalFile) -> str:
    """Return the column with regions; SourceError where there is none, or more than one."""
    found = [name for name in REGION_COLUMNS if name in file.columns.column_names]
    if len(found) != 1:
        expected = f"one column {' or '.join(REGION_COLUMNS)}"
        where = f"{file.file}, row 1"
        problem = Problem(where, f"columns {found} with regions", expected, DOWNLOAD_AGAIN)
        raise SourceError(problem)
    return found[0]


def _codes(file: PortalFile, name: str) -> list[str]:
    """Return the distinct codes of a column, without the spaces around them."""
    texts = file.columns[name].unique().to_pylist()
    return list(dict.fromkeys(text.strip() for text in texts if text is not None))


def _edition(file: PortalFile, *, vocabulary: Vocabulary) -> tuple[SeriesFacts, str]:
    """Return series and table id: as the file says, else the one edition with its topic keys."""
    header = set(file.columns.column_names)
    editions = {
        table_id: facts
        for facts in vocabulary.series.values()
        for table_id in (*facts.file_keys, *facts.editions)
    }
    if len(file.table_ids) == 1 and file.table_ids[0] in editions:
        table_id = file.table_ids[0]
        missing = _topic_keys(editions[table_id], table_id) - header
        if missing:
            _refuse_table(file, found=f"table {table_id} without {', '.join(sorted(missing))}")
        return editions[table_id], table_id
    if file.table_ids:
        _refuse_table(file, found=f"table {', '.join(file.table_ids)}, which no series lists")
    fitting = [
        table_id
        for table_id, facts in editions.items()
        if (keys := _topic_keys(facts, table_id)) and keys <= header
    ]
    if len(fitting) != 1:
        loneliness = [name for name in header if "eenza" in letters(name)]
        found = f"no table id, and the topics {', '.join(sorted(loneliness)) or 'of another table'}"
        fits = f" (they fit {', '.join(fitting)})" if fitting else _nearest(editions, header)
        _refuse_table(file, found=found + fits)
    return editions[fitting[0]], fitting[0]


def _nearest(editions: Mapping[str, SeriesFacts], header: set[str]) -> str:
    """Say of which table most columns are there, and which are not; nothing where none are."""
    keys = {table_id: _topic_keys(facts, table_id) for table_id, facts in editions.items()}
    present = {table_id: len(of & header) for table_id, of in keys.items() if of & header}
    if not present:
        return ""
    nearest = max(present, key=lambda table_id: present[table_id] / len(keys[table_id]))
    return f" (nearest is {nearest}, without {', '.join(sorted(keys[nearest] - header))})"


def _topic_keys(series: SeriesFacts, table_id: str) -> set[str]:
    """Return the topic keys by which an edition is recognised."""
    keys = series.file_keys.get(table_id, ())
    return {key for key in keys if year_of_period(key) is None}


def _refuse_table(file: PortalFile, *, found: str) -> NoReturn:
    raise SourceError(
        Problem(
            where=f"{file.file}, row 1",
            found=found,
            expected="the columns of exactly one table of metrics.yaml",
            remedy=(
                "download the table again with all its columns; if it is a new table, look up "
                "which, and list its topic keys under series.<series>.file_keys.<table id> in "
                "metrics.yaml"
            ),
        )
    )


def _missing(
    file: PortalFile, *, series: SeriesFacts, table_id: str, vocabulary: Vocabulary
) -> list[Problem]:
    """Return a problem per dimension without which a figure cannot be told from another."""
    names = file.columns.column_names
    wanted = {
        MARGINS: True,
        PERIODS: _fixed_year(series, table_id=table_id) is None,
        AGES: _fixed_age(series, vocabulary=vocabulary) is None,
    }
    missing = [name for name, is_needed in wanted.items() if is_needed and name not in names]
    return [
        Problem(f"{file.file}, row 1", f"no column {name}", f"a column {name}", DOWNLOAD_AGAIN)
        for name in missing
    ]


def _fixed_year(series: SeriesFacts, *, table_id: str) -> int | None:
    """Return the year of a table without periods.

    metrics.yaml gives it as a period among the file_keys of the table, or in its title.
    """
    periods = [year_of_period(key) for key in series.file_keys.get(table_id, ())]
    years = [year for year in periods if year is not None] or years_in(" ".join(series.titles))
    return years[0] if len(years) == 1 else None


def _fixed_age(series: SeriesFacts, *, vocabulary: Vocabulary) -> str | None:
    """Return the age group of a table without ages, where its series leaves no doubt."""
    groups = fixed_ages("", series=series, vocabulary=vocabulary)
    return groups[0] if len(groups) == 1 else None


def _further_columns(file: PortalFile) -> tuple[dict[str, str], list[Remark], list[Problem]]:
    """Sort columns that are no topic: totals of further dimensions, extra ones, unclear ones."""
    totals: dict[str, str] = {}
    warned: list[Remark] = []
    problems: list[Problem] = []
    for name in file.columns.column_names:
        if name in KNOWN_COLUMNS or topic_name(name) != name:
            continue
        codes = _codes(file, name)
        total = total_of(dict.fromkeys(codes, ""))
        if total is not None:
            totals[name] = total
        elif any(is_code(code) for code in codes):
            expected = "the total of this dimension, a code such as T009002"
            found = f"{name} with {', '.join(codes[:5])}"
            problems.append(Problem(f"{file.file}, row 1", found, expected, DOWNLOAD_AGAIN))
        else:
            warned.append(remark(NoteCode.UNREAD_COLUMNS, columns=name))
    return totals, warned, problems


def _described(file: PortalFile) -> Iterable[Mapping[str, str]]:
    """Return code, municipality name and kind of every region, where the file has them."""
    names = {letters(topic_name(name)): name for name in file.columns.column_names}
    region = _region_column(file)
    chosen = {"code": region}
    for role in ("gemeentenaam", "soortregio", "codering"):
        if role in names:
            chosen[role] = names[role]
    table = file.columns.select(list(dict.fromkeys(chosen.values())))
    distinct = table.group_by(table.column_names).aggregate([])
    columns = {role: distinct[name].to_pylist() for role, name in chosen.items()}
    return [
        {role: tidy(texts[number]) for role, texts in columns.items()}
        for number in range(len(distinct))
    ]


def _municipality_names(file: PortalFile) -> dict[str, str]:
    """Return the name of the country and of each municipality; SourceError at another's code."""
    names = {}
    for row in _described(file):
        if row.get("codering", row["code"]) != row["code"]:
            raise SourceError(
                Problem(
                    where=_first_row(file, code=row["code"]),
                    found=f"the region {row['code']} described as {row['codering']}",
                    expected="one code per row",
                    remedy=DOWNLOAD_AGAIN,
                )
            )
        if row["code"][:2] in ("NL", "GM") and row.get("gemeentenaam"):
            names[row["code"]] = row["gemeentenaam"].removesuffix(" (gemeente)")
    return names


def _first_row(file: PortalFile, *, code: str) -> str:
    """Say where a region is described first; a code occurs with its padding or without."""
    region = _region_column(file)
    codes = [tidy(text) for text in file.columns[region].to_pylist()]
    return file.locate(codes.index(code))


def named_regions(file: PortalFile, *, layout: Layout) -> Sequence[ExtraRegion]:
    """Return the districts and neighbourhoods of a download, which gives them no names.

    They are called what the file says: their kind, their code and their municipality.
    """
    rows = [
        {
            "Key": row["code"],
            "Title": f"{row.get('soortregio', '')} {row['code']} ({row.get('gemeentenaam', '')})",
        }
        for row in _described(file)
        if row["code"] not in layout.region_names
    ]
    return extra_regions(rows)
