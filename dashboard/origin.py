"""What every file says of itself: whose figures, from which build, under which licence."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.i18n import Words

BUILD_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})-")
BUILD_MOMENT = re.compile(r"\d{8}-\d{6}")
"""A build is named after the moment it was made."""
MOST_EDITIONS = 6
"""Editions that one file name can tell without growing past what systems take."""


@dataclass(frozen=True)
class Origin:
    """Subject and provenance of a file, in the language of the file."""

    title: str
    place: str
    subject: str
    """What the file is about, for its name."""
    editions: tuple[str, ...]
    build_id: str
    sources: tuple[str, ...]
    """Source lines, filled in."""
    licence: str
    method: str
    margins: str
    language: str

    @property
    def stem(self) -> str:
        """File name without its ending: municipality, subject, edition, date, language."""
        return table_stem(
            self.place,
            self.subject,
            editions=self.editions,
            build_id=self.build_id,
            language=self.language,
        )

    @property
    def notes(self) -> dict[str, str]:
        """All of it by key, for the metadata of a file."""
        return {
            "title": self.title,
            "build_id": self.build_id,
            "source": " ".join(self.sources),
            "licence": self.licence,
            "method": self.method,
            "margins": self.margins,
            "language": self.language,
        }


def build_day(build_id: str) -> str:
    """Day on which a build was made, 2026-11-22; the whole id where it names no day."""
    found = BUILD_DAY.match(build_id)
    return "-".join(found.groups()) if found else build_id


def build_moment(build_id: str) -> dt.datetime | None:
    """Moment at which a build was made, UTC; None where it names none."""
    found = BUILD_MOMENT.match(build_id)
    return dt.datetime.strptime(found[0] + "Z", "%Y%m%d-%H%M%S%z") if found else None


def table_stem(
    place: str, subject: str, *, editions: Iterable[str], build_id: str, language: str
) -> str:
    """File name without its ending; editions are left out where they are too many to tell."""
    named = tuple(dict.fromkeys(editions))
    edition = "-".join(named) if len(named) <= MOST_EDITIONS else ""
    return file_stem(place, subject, edition, day=build_day(build_id), language=language)


def file_stem(*parts: str, day: str, language: str) -> str:
    """Parts as one file name: lower case ASCII letters, digits and hyphens on every system.

    A part that another one says already is left out.
    """
    said = [part for part in dict.fromkeys(slug(part) for part in parts) if part]
    kept = [part for part in said if not any(_says(other, part) for other in said)]
    return "-".join([*kept, day, language])


def _says(other: str, part: str) -> bool:
    """Whether the words of `part` stand in another, longer part."""
    return other != part and f"-{part}-" in f"-{other}-"


def slug(text: str) -> str:
    """Text as lower case ASCII letters and digits, joined by single hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").lower()).strip("-")


def licence_of(licences: Iterable[object], *, words: Words) -> str:
    """Licences of all series in a file, each once; what 'as stated per figure' means in words."""
    known = sorted({str(licence) for licence in licences if isinstance(licence, str)})
    return words.format_list(
        words("exports.licence_per_figure") if name.startswith("as stated") else name
        for name in known
    )
