"""Building blocks of the models of metrics.yaml: words, years, codes, addresses."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

Id: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.+-]{0,79}$")]
Words: TypeAlias = Annotated[str, Field(pattern=r"\S", max_length=2000)]
Year: TypeAlias = Annotated[int, Field(ge=2000, le=2100)]
Age: TypeAlias = Annotated[int, Field(ge=0, le=120)]
Percentage: TypeAlias = Annotated[float, Field(ge=0, le=100)]

MUNICIPALITY_CODE = r"^GM[0-9]{4}$"
GGD_REGION_CODE = r"^GG[0-9]{4}$"
WEB_ADDRESS = r"^https://[^\s<>\"']+$"
REPORT_ADDRESS = r"^(https://[^\s<>\"']+|[\w.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+)$"

MunicipalityCode: TypeAlias = Annotated[str, Field(pattern=MUNICIPALITY_CODE)]
GgdRegionCode: TypeAlias = Annotated[str, Field(pattern=GGD_REGION_CODE)]
WebAddress: TypeAlias = Annotated[str, Field(pattern=WEB_ADDRESS, max_length=500)]
ReportAddress: TypeAlias = Annotated[str, Field(pattern=REPORT_ADDRESS, max_length=500)]


class Part(BaseModel):
    """A part of metrics.yaml: unknown fields and converted values are refused, nothing changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Text(Part):
    """Words in both languages: there is no silent fallback from one to the other."""

    nl: Words
    en: Words
