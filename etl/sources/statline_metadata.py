"""The entities that describe a StatLine table, as the service delivers them, and what they name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.errors import Problem, SourceError
from etl.snapshots import Regions
from etl.sources.base import REGION_CODE, ExtraRegion

Entity = Sequence[Mapping[str, Any]]

COUNTRY = "NL01"
INFO = "TableInfos"
PROPERTIES = "DataProperties"
REGION_TYPES = ("GeoDimension", "GeoDetail")
DIMENSION_TYPES = ("Dimension", "TimeDimension", *REGION_TYPES)
PREFIXES: dict[Regions, tuple[str, ...]] = {
    "municipalities": ("NL", "CG", "GG", "GM"),
    "neighbourhoods": ("NL", "CG", "GG", "GM", "WK", "BU"),
}

_WORD = re.compile(r"\w{1,100}")


@dataclass(frozen=True)
class Metadata:
    """The entities that describe a table, as delivered; `dimensions` by the name of the column."""

    info: Mapping[str, Any]
    properties: Entity
    dimensions: Mapping[str, Entity]

    @property
    def title(self) -> str:
        """Title of the table."""
        return tidy(self.info.get("Title"))


def tidy(text: object) -> str:
    """Return a name with single spaces and composed characters; empty for a missing one."""
    return " ".join(unicodedata.normalize("NFC", str(text or "")).split())


def version_of(info: Mapping[str, Any]) -> tuple[str, str]:
    """Return when the figures and the metadata of a table were changed, as the service says."""
    return tidy(info.get("Modified")), tidy(info.get("MetaDataModified"))


def dimension_names(properties: Entity) -> dict[str, str]:
    """Return the type of each dimension of a table, by the name of its column.

    SourceError for a name that is no word: it becomes part of an address and of a file name.
    """
    types = {
        str(row.get("Key", "")).strip(): str(row["Type"])
        for row in properties
        if row.get("Type") in DIMENSION_TYPES
    }
    odd = [name for name in types if _WORD.fullmatch(name) is None]
    if odd:
        raise SourceError(
            Problem(
                where=PROPERTIES,
                found=f"a dimension named {odd[0][:100]!r}",
                expected="a name of letters, digits and underscores, such as WijkenEnBuurten",
                remedy="ask the producer; nothing was read from it or written under that name",
            )
        )
    return types


def titles_of(entity: Entity) -> dict[str, str]:
    """Return title by code of a dimension, both without spaces around them."""
    return {str(row.get("Key", "")).strip(): tidy(row.get("Title")) for row in entity}


def extra_regions(entity: Entity) -> list[ExtraRegion]:
    """Return the districts and neighbourhoods of a dimension with the municipality of each.

    The first four digits of their code are those of the municipality; where the dimension gives
    a municipality code, that one counts.
    """
    found = []
    for row in entity:
        code = str(row.get("Key", "")).strip()
        if code[:2] in ("WK", "BU") and re.fullmatch(REGION_CODE, code):
            given = str(row.get("Municipality") or "").strip()
            municipality = given if re.fullmatch(r"GM[0-9]{4}", given) else f"GM{code[2:6]}"
            found.append(ExtraRegion(code, tidy(row.get("Title")) or code, municipality))
    return found
