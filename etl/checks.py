"""What must hold before a build is published: identities of the figures and of the verdicts."""

from __future__ import annotations

from dataclasses import dataclass

from etl.draft import Draft
from etl.errors import CheckError, Problem

SHOWN = 5


@dataclass(frozen=True)
class Check:
    """A statement about the marts, and the query that returns what contradicts it."""

    statement: str
    contradictions: str
    remedy: str


CHECKS = (
    Check(
        "a part is never above its whole (severely lonely is part of lonely)",
        """
        select part.series_id, part.edition, part.region_code, part.age_group, part.year,
            format('{} {} above {} {}', part.indicator, part.value, whole.indicator, whole.value),
            'from ' || (
                select string_agg(file, ' or ' order by file) from marts.sources
                where series_id = part.series_id and edition = part.edition
            )
        from marts.estimates as part
        join marts.indicators as indicators using (indicator)
        join marts.estimates as whole
            on whole.indicator = indicators.part_of
            and whole.series_id = part.series_id and whole.edition = part.edition
            and whole.region_code = part.region_code and whole.age_group = part.age_group
            and whole.year = part.year
        where part.value > whole.value
        """,
        "compare the files that these figures come from with their source",
    ),
    Check(
        "every figure names a known region, indicator, age group and series",
        """
        select series_id, region_code, indicator, age_group, year
        from marts.estimates
        where region_code not in (select region_code from marts.regions)
            or indicator not in (select indicator from marts.indicators)
            or age_group not in (select age_group from marts.age_groups)
            or series_id not in (select series_id from marts.series)
        """,
        "add the name to metrics.yaml or data/regions.csv",
    ),
    Check(
        "every target has exactly one headline verdict in use",
        """
        select targets.target_id, count(assessments.target_id) as headline_verdicts
        from marts.targets as targets
        left join marts.assessments as assessments
            on assessments.target_id = targets.target_id
            and assessments.is_headline and assessments.is_current
        group by targets.target_id
        having count(assessments.target_id) <> 1
        """,
        "report this with the metrics.yaml: it is an error of the program",
    ),
    Check(
        "a verdict rests on figures that are published here",
        """
        select assessments.target_id, assessments.series_id, assessments.as_of_year
        from marts.assessments as assessments
        join marts.targets as targets using (target_id)
        left join marts.estimates as estimates
            on estimates.series_id = assessments.series_id
            and estimates.edition = assessments.edition
            and estimates.region_code = targets.region_code
            and estimates.indicator = targets.indicator
            and estimates.age_group = assessments.age_group
            and estimates.year = assessments.latest_year
        where assessments.latest_value is not null
            and estimates.value is distinct from assessments.latest_value
        """,
        "report this with the metrics.yaml: it is an error of the program",
    ),
    Check(
        "a colour claims no more than the code",
        """
        select target_id, series_id, as_of_year, code, colour
        from marts.assessments
        where (colour = 'blue' and not (level = 'met' or change = 'improved' or code like 'trend_%'))
            or (colour = 'orange' and not (code in ('worsened', 'lost', 'missed') or code like '%behind'))
        """,  # noqa: E501 - one condition a line reads best
        "report this with the metrics.yaml: it is an error of the program",
    ),
    Check(
        "every text stands in both languages",
        """
        select subject, subject_id, field, count(*) as languages
        from marts.texts
        group by all
        having count(*) <> 2
        """,
        "give the text in `nl` and in `en` in metrics.yaml",
    ),
)


def run_checks(building: Draft) -> None:
    """Raise one CheckError that names everything the draft contradicts.

    On a cursor of its own, so that another thread can read the draft meanwhile.
    """
    problems = []
    cursor = building.connection.cursor()
    for check in CHECKS:
        rows = cursor.execute(check.contradictions).fetchmany(SHOWN + 1)
        if rows:
            shown = "; ".join(", ".join(str(cell) for cell in row) for row in rows[:SHOWN])
            more = " and more" if len(rows) > SHOWN else ""
            problems.append(Problem("the draft build", shown + more, check.statement, check.remedy))
    if problems:
        raise CheckError(problems)
