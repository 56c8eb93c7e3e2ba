"""Tables in the shapes of RIVM StatLine, filled with made-up figures that stay the same.

The figures are not those of RIVM. Real are only the shapes: padding, codes, topic names and their
moving numbers, the topics that were not measured in 2012, and the signs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

SUPPRESSED, NOT_MEASURED = 1001, 1002
"""Codes beside 0-1000, which are tenths of a percent."""

AGES = {"20300": "18 jaar of ouder", "53115": "18 tot 65 jaar", "80200": "65 jaar of ouder"}
MARGINS = {
    "MW00000": "Waarde",
    "MOG0095": "Ondergrens 95%-interval",
    "MBG0095": "Bovengrens 95%-interval",
}
MUNICIPALITIES = {
    "GM1783": "Westland",
    "GM0397": "Heemstede",
    "GM0489": "Barendrecht",
    "GM0160": "Hardenberg",
    "GM0034": "Almere",
    "GM0344": "Utrecht (gemeente)",
    "GM0518": "'s-Gravenhage (gemeente)",
}
LEVELS = {"lonely": 42, "severe": 10, "emotional": 26, "social": 31}
"""Where the made-up percentages of a kind of loneliness lie."""


@dataclass(frozen=True)
class Topic:
    """A column with figures; `kind` tells at which level they lie."""

    key: str
    title: str
    kind: str
    description: str = ""
    not_in: tuple[str, ...] = ()
    decimals: object = 1


@dataclass(frozen=True)
class Region:
    """A region with its name and the municipality it lies in."""

    code: str
    name: str
    municipality: str = ""


@dataclass
class StatlineTable:
    """One table; `fixed` sets figures in percent (None: suppressed, NaN: null) by key and codes.

    The key of `fixed` is (topic key, region, period, age, margin).
    """

    table_id: str
    title: str
    period_text: str
    geo: str
    width: int
    regions: Sequence[Region]
    topics: list[Topic]
    people: tuple[str, Mapping[str, str]] = ("Leeftijd", AGES)
    periods: Sequence[str] = ()
    margins: Mapping[str, str] = field(default_factory=lambda: dict(MARGINS))
    geo_type: str = "GeoDimension"
    modified: str = "2025-06-30T02:00:00"
    metadata_modified: str = "2025-06-30T02:00:00"
    seed: int = 1
    fixed: dict[tuple[str, str, str, str, str], float | None] = field(default_factory=dict)

    @property
    def dimensions(self) -> dict[str, list[str]]:
        """Codes as delivered by dimension, in the order in which rows vary."""
        found = {self.people[0]: list(self.people[1]), "Marges": list(self.margins)}
        found[self.geo] = [region.code.ljust(self.width) for region in self.regions]
        if self.periods:
            found["Perioden"] = list(self.periods)
        return found

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Numbers of people, margins, regions and periods."""
        return (len(self.people[1]), len(self.margins), len(self.regions), len(self.periods) or 1)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return int(np.prod(self.shape))

    @cached_property
    def codes(self) -> dict[str, np.ndarray]:
        """Row by row, the number of the code of each dimension."""
        numbers = np.indices(self.shape).reshape(4, -1)
        return dict(zip(self.dimensions, numbers, strict=False))

    def figures(self, key: str) -> np.ndarray:
        """Return, row by row, tenths of a percent of a topic, SUPPRESSED or NOT_MEASURED."""
        if key not in self._made:
            topic = next(topic for topic in self.topics if topic.key == key)
            figures = self._figures(topic)
            for (fixed_key, region, period, people, margin), value in self.fixed.items():
                if fixed_key == key:
                    row = self.row(region=region, period=period, people=people, margin=margin)
                    figures[row] = _code(value)
            self._made[key] = figures  # only when complete: several threads ask at once
        return self._made[key]

    @cached_property
    def matched(self) -> dict[str, np.ndarray]:
        """Rows that a filter keeps, remembered by its text."""
        return {}

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        """Text columns by name, remembered."""
        return {}

    @cached_property
    def laid_out(self) -> dict[str, np.ndarray]:
        """Texts of a column as bytes, remembered by its name."""
        return {}

    @cached_property
    def _made(self) -> dict[str, np.ndarray]:
        return {}

    def row(self, *, region: str, period: str, people: str, margin: str = "MW00000") -> int:
        """Return the number of a row."""
        place = (
            list(self.people[1]).index(people),
            list(self.margins).index(margin),
            [one.code for one in self.regions].index(region),
            list(self.periods).index(period) if self.periods else 0,
        )
        return int(np.ravel_multi_index(place, self.shape))

    def _figures(self, topic: Topic) -> np.ndarray:
        """Make up values that drift by at most a few points, and bounds a little around them."""
        people, _, regions, periods = self.shape
        random = np.random.default_rng([self.seed, *topic.kind.encode()])
        level = LEVELS.get(topic.kind, 50) * 10
        spread = level // 12
        value = (
            level
            + random.integers(-spread, spread + 1, size=(1, regions, 1))
            + random.integers(-4, 5, size=(people, regions, periods))
            + 12 * np.arange(periods)
            + 15 * np.arange(people)[:, None, None] * (level > 200)
        )
        half = random.integers(8, 20, size=(1, regions, 1)) + np.zeros_like(value)
        by_margin = {"MW00000": value, "MOG0095": value - half, "MBG0095": value + half}
        cube = np.stack([by_margin[margin] for margin in self.margins], axis=1)
        for period in topic.not_in:
            cube[..., list(self.periods).index(period)] = NOT_MEASURED
        return cube.reshape(-1).astype(np.int16)


def _code(value: float | None) -> int:
    """Return the code of a percentage: nothing is suppressed, not-a-number is not measured."""
    if value is None:
        return SUPPRESSED
    return NOT_MEASURED if value != value else round(value * 10)


def regions_of(*, districts: bool = False, neighbourhoods: int = 0) -> list[Region]:
    """Return the country, a handful of municipalities, two districts, made-up neighbourhoods."""
    found = [Region("NL01", "Nederland")]
    found += [Region(code, name, code) for code, name in MUNICIPALITIES.items()]
    if districts or neighbourhoods:
        found += [
            Region("WK178301", "Naaldwijk", "GM1783"),
            Region("WK178302", "Monster", "GM1783"),
            Region("BU17830101", "Naaldwijk-Centrum", "GM1783"),
        ]
    codes = list(MUNICIPALITIES)
    for number in range(neighbourhoods):
        municipality = codes[number % len(codes)]
        code = f"BU{municipality[2:]}{200 + number // len(codes):04d}"
        found.append(Region(code, f"Buurt {number}", municipality))
    return found


def _adult_topics(*, first: int, severe: str, severe_title: str) -> list[Topic]:
    """Return the loneliness topics of a table of adults; the numbers behind them move."""
    definition = "Percentage personen met score {} op de schaal van De Jong Gierveld."
    return [
        Topic(f"Eenzaam_{first}", "Eenzaam", "lonely", definition.format("3 t/m 11")),
        Topic(f"{severe}_{first + 1}", severe_title, "severe", definition.format("9 t/m 11")),
        Topic(
            f"EmotioneelEenzaam_{first + 2}",
            "Emotioneel eenzaam",
            "emotional",
            "Percentage personen met score 3 of meer op de 6 emotionele items.",
        ),
        Topic(
            f"SociaalEenzaam_{first + 3}",
            "Sociaal eenzaam",
            "social",
            "Percentage personen met score 3 of meer op de 5 sociale items.",
            not_in=("2012JJ00",),
        ),
    ]


def _other_topics(count: int, *, first: int) -> list[Topic]:
    return [
        Topic(f"AnderOnderwerp{number}_{first + number}", f"Ander onderwerp {number}", "other")
        for number in range(count)
    ]


def table_50090(*, regions: Sequence[Region] | None = None) -> StatlineTable:
    """Return a table in the shape of 50090NED: three waves, old names."""
    return StatlineTable(
        table_id="50090NED",
        title="Gezondheid per wijk en buurt; 2012/2016/2020 (indeling 2020)",
        period_text="2012, 2016, 2020",
        geo="WijkenEnBuurten",
        width=10,
        regions=regions or regions_of(districts=True),
        periods=["2012JJ00", "2016JJ00", "2020JJ00"],
        topics=[
            *_other_topics(3, first=4),
            *_adult_topics(
                first=28,
                severe="ErnstigZeerErnstigEenzaam",
                severe_title="Ernstig/zeer ernstig eenzaam",
            ),
        ],
        modified="2022-05-13T02:00:00",
        seed=90,
    )


def table_50120(*, regions: Sequence[Region] | None = None) -> StatlineTable:
    """Return a table in the shape of 50120NED: the numbers behind the names moved."""
    return StatlineTable(
        table_id="50120NED",
        title="Gezondheid per wijk en buurt; 2012/2016/2020/2022 (indeling 2022)",
        period_text="2012, 2016, 2020, 2022",
        geo="WijkenEnBuurten",
        width=10,
        regions=regions or regions_of(districts=True),
        periods=["2012JJ00", "2016JJ00", "2020JJ00", "2022JJ00"],
        topics=[
            *_other_topics(3, first=4),
            *_adult_topics(
                first=27,
                severe="ErnstigZeerErnstigEenzaam",
                severe_title="Ernstig/zeer ernstig eenzaam",
            ),
        ],
        modified="2023-12-14T02:00:00",
        seed=120,
    )


def table_50150(
    *, regions: Sequence[Region] | None = None, columns: int | None = None
) -> StatlineTable:
    """Return a table in the shape of 50150NED: five waves, a new name, bounds.

    `columns` adds other topics until a row has that many columns, ID and dimensions included.
    """
    topics = [
        *_other_topics(3, first=4),
        *_adult_topics(first=25, severe="SterkEenzaam", severe_title="Sterk eenzaam"),
    ]
    if columns is not None:
        topics += _other_topics(columns - 8 - len(topics), first=29)
    return StatlineTable(
        table_id="50150NED",
        title="Gezondheid per wijk en buurt; 2012/2016/2020/2022/2024 (indeling 2024)",
        period_text="2012, 2016, 2020, 2022, 2024",
        geo="WijkenEnBuurten",
        width=10,
        regions=regions or regions_of(districts=True),
        periods=["2012JJ00", "2016JJ00", "2020JJ00", "2022JJ00", "2024JJ00"],
        topics=topics,
        seed=150,
    )


def table_50140() -> StatlineTable:
    """Return a table in the shape of 50140NED: young adults, no periods, another scale."""
    kinds = {
        "EnigszinsTotSterkEenzaam": ("Enigszins tot sterk eenzaam", "lonely"),
        "SterkEenzaam": ("Sterk eenzaam", "severe"),
        "EnigszinsTotSterkSociaalEenzaam": ("Enigszins tot sterk sociaal eenzaam", "social"),
        "SterkSociaalEenzaam": ("Sterk sociaal eenzaam", "severe"),
        "EnigszinsTotSterkEmotioneelEenzaam": ("Enigszins tot sterk emotioneel eenzaam", "lonely"),
        "SterkEmotioneelEenzaam": ("Sterk emotioneel eenzaam", "severe"),
    }
    regions = [
        *regions_of(),
        Region("CG01", "Caribisch Nederland"),
        Region("GG0111", "GGD Groningen"),
    ]
    return StatlineTable(
        table_id="50140NED",
        title="Gezondheidsmonitor Jongvolwassenen; regio, 2024",
        period_text="2024",
        geo="RegioS",
        width=6,
        regions=regions,
        people=(
            "Persoonskenmerken",
            {"T009002": "Totaal personen", "3000   ": "Mannen", "4000   ": "Vrouwen"},
        ),
        topics=[
            Topic(f"{name}_{53 + number}", title, kind, f"Score op zes uitspraken: {title}.")
            for number, (name, (title, kind)) in enumerate(kinds.items())
        ],
        modified="2025-09-16T02:00:00",
        seed=140,
    )


def all_tables() -> list[StatlineTable]:
    """Return a table of every shape."""
    return [table_50090(), table_50120(), table_50150(), table_50140()]
