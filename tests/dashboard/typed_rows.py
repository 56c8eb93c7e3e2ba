"""Assessments typed by hand, one or more per verdict code, for tests of words.

Numbers are those a survey with a margin of about two points would give for "severely lonely,
from 8% to 4% in 2028"; `mirrored` turns every percentage round for an indicator of which more is
better.
"""

from __future__ import annotations

from typing import Any

AssessmentRow = dict[str, Any]

EMPTY: AssessmentRow = {
    "target_id": "westland-severely-lonely",
    "series_id": "none",
    "as_of_year": 0,
    "edition": None,
    "age_group": None,
    "fit": "not_applicable",
    "is_headline": True,
    "is_current": True,
    "level": "not_applicable",
    "change": "not_applicable",
    "pace": "not_applicable",
    "colour": "grey",
    "baseline_value": None,
    "baseline_year": None,
    "latest_value": None,
    "latest_year": None,
    "ci_lower": None,
    "ci_upper": None,
    "baseline_ci_lower": None,
    "baseline_ci_upper": None,
    "baseline_se_method": None,
    "latest_se_method": None,
    "target_value": 4.0,
    "target_year": 2028,
    "path_value": None,
    "gap_pp": None,
    "change_pp": None,
    "change_ci_lower": None,
    "change_ci_upper": None,
    "pct_targeted_change": None,
    "z_change": None,
    "p_improved": None,
    "z_target": None,
    "p_met": None,
    "z_path": None,
    "p_on_path": None,
    "z_trend": None,
    "z_trend_country": None,
    "forecast_value": None,
    "observed_pp_per_year": None,
    "required_pp_per_year": None,
    "detectable_change_pp": None,
    "detectable_change_80_pp": None,
    "respondents_needed": None,
    "detectable_is_assumed": False,
    "rounding_sensitive": False,
    "comparability": "not_applicable",
    "notes": "",
    "region_code": "GM1783",
    "region_name": "Westland",
    "indicator": "severely_lonely",
    "direction": "decrease",
    "kind": "level",
    "baseline_stated": 8.0,
    "baseline_year_assumed": True,
    "target_change": None,
    "plan_start": None,
    "quote": "het percentage ernstig eenzamen verminderen van 8% tot 4%",
    "source": "coalitie Westland",
    "target_text": None,
    "target_age_group": "18+",
    "method": None,
    "producer": None,
    "indicator_label": None,
    "indicator_people": None,
    "age_label": None,
    "series_age_label": None,
    "series_label": None,
    "source_line": None,
    "country_value": None,
    "country_year": None,
    "latest_rounding_step": None,
    "baseline_rounding_step": None,
}
"""Every column, before anything is measured."""

MEASURED: AssessmentRow = {
    "series_id": "ggd_monitor",
    "edition": "published",
    "age_group": "18+",
    "fit": "same",
    "baseline_year": 2016,
    "baseline_value": 8.3,
    "baseline_ci_lower": 6.9,
    "baseline_ci_upper": 9.9,
    "baseline_se_method": "interval",
    "latest_se_method": "interval",
    "comparability": "same",
    "baseline_rounding_step": 0.1,
    "latest_rounding_step": 0.1,
    "detectable_change_pp": 2.1,
    "detectable_change_80_pp": 2.9,
    "respondents_needed": 640,
}

WORDS_OF_LABELS = {
    "nl": {
        "indicator_label": "Sterk eenzaam",
        "indicator_people": "mensen die zich sterk eenzaam voelen",
        "age_label": "18 jaar en ouder",
        "series_age_label": "18 jaar en ouder",
    },
    "en": {
        "indicator_label": "Severely lonely",
        "indicator_people": "people who feel severely lonely",
        "age_label": "18 and over",
        "series_age_label": "18 and over",
    },
}

SOURCE_LINES = {
    "nl": "Bron: gezondheidsmonitor {years} ({edition}{retrieved}). CC BY 4.0.",
    "en": "Source: health survey {years} ({edition}{retrieved}). CC BY 4.0.",
}

NO_MARGIN: AssessmentRow = {
    "baseline_se_method": "none",
    "latest_se_method": "none",
    "baseline_ci_lower": None,
    "baseline_ci_upper": None,
    "detectable_change_pp": None,
    "detectable_change_80_pp": None,
    "respondents_needed": None,
}
NO_PATH: AssessmentRow = {"target_year": None}


def wave(year: int, value: float, *, margin: float | None = 1.5) -> AssessmentRow:
    """Latest figure at `year`, with a margin of so many points to either side, against 4%."""
    limits = (None, None) if margin is None else (value - margin, value + margin)
    return {
        "as_of_year": year,
        "latest_year": year,
        "latest_value": value,
        "ci_lower": limits[0],
        "ci_upper": limits[1],
        "z_target": None if margin is None else (4.0 - value) / margin * 1.96,
    }


def changed(points: float, *, z: float | None, p: float | None = None) -> AssessmentRow:
    """Change since the baseline and its test."""
    return {"change_pp": points, "z_change": z, "p_improved": p}


def on_path(value: float, *, z: float | None, p: float | None) -> AssessmentRow:
    """Where the straight line to the target stands, and the test against it."""
    return {
        "path_value": value,
        "z_path": z,
        "p_on_path": p,
        "observed_pp_per_year": -0.3,
        "required_pp_per_year": -0.4,
    }


WITHOUT_BASELINE: AssessmentRow = {
    "baseline_value": None,
    "baseline_year": None,
    "baseline_ci_lower": None,
    "baseline_ci_upper": None,
    "baseline_se_method": None,
    "detectable_change_pp": None,
    "detectable_change_80_pp": None,
    "respondents_needed": None,
    "comparability": "not_applicable",
}

TREND: AssessmentRow = {
    "kind": "trend",
    "target_value": None,
    "target_year": None,
    "plan_start": 2021,
    "baseline_stated": None,
    "baseline_year": 2020,
    "baseline_value": 8.7,
    "forecast_value": 9.4,
    "z_target": None,
    "respondents_needed": None,
}

NOT_MET = {"level": "not_met"}
REACHED = {**wave(2024, 3.1, margin=0.6), **changed(-5.2, z=5.2, p=0.99), "gap_pp": -0.9}
AT_TARGET_YEAR = {"as_of_year": 2028}

CASES: dict[str, tuple[str, AssessmentRow]] = {
    "qualitative": (
        "qualitative",
        {
            "kind": "qualitative",
            "target_value": None,
            "target_year": None,
            "indicator": None,
            "direction": None,
            "baseline_stated": None,
            "target_age_group": None,
            "quote": None,
            "target_text": "Voorlichting – kennisbevordering",
        },
    ),
    "no_data": ("no_data", {}),
    "no_data, trend": ("no_data", {"kind": "trend", "target_value": None, "target_year": None}),
    "awaiting_measurement": (
        "awaiting_measurement",
        {**MEASURED, **wave(2020, 8.7), **TREND, **WITHOUT_BASELINE, "forecast_value": None},
    ),
    "trend_untested": (
        "trend_untested",
        {**MEASURED, **wave(2024, 9.9, margin=None), **TREND, **NO_MARGIN},
    ),
    "trend_turned": ("trend_turned", {**MEASURED, **wave(2024, 6.1), **TREND, "colour": "blue"}),
    "trend_broken": ("trend_broken", {**MEASURED, **wave(2024, 7.0), **TREND, "colour": "blue"}),
    "trend_with_country": ("trend_with_country", {**MEASURED, **wave(2024, 7.0), **TREND}),
    "trend_slowed": ("trend_slowed", {**MEASURED, **wave(2024, 8.2), **TREND}),
    "trend_not_shown": ("trend_not_shown", {**MEASURED, **wave(2024, 9.3), **TREND}),
    "no_target": (
        "no_target",
        {
            **MEASURED,
            **wave(2024, 8.0),
            **changed(-0.3, z=0.3, p=0.6),
            "kind": "none",
            "target_value": None,
            "target_year": None,
            "change": "none_shown",
        },
    ),
    "baseline_only": ("baseline_only", {**MEASURED, **wave(2016, 8.3), **NOT_MET}),
    "not_comparable": (
        "not_comparable",
        {**MEASURED, **wave(2016, 8.3), "change": "not_comparable", "comparability": "major"},
    ),
    "met": ("met", {**MEASURED, **REACHED, "level": "met", "change": "improved", "colour": "blue"}),
    "met_within_margin": (
        "met_within_margin",
        {
            **MEASURED,
            **wave(2024, 3.8),
            **changed(-4.5, z=4.0, p=0.99),
            "level": "met_within_margin",
            "change": "improved",
            "colour": "blue",
        },
    ),
    "met_within_margin, exactly": (
        "met_within_margin",
        {
            **MEASURED,
            **wave(2024, 4.0),
            **changed(-4.3, z=3.9, p=0.99),
            "level": "met_within_margin",
            "change": "improved",
            "colour": "blue",
        },
    ),
    "met_untested": (
        "met_untested",
        {
            **MEASURED,
            **NO_MARGIN,
            **wave(2024, 3.8, margin=None),
            **changed(-4.5, z=None),
            "level": "met_untested",
            "change": "untested",
        },
    ),
    "missed": (
        "missed",
        {
            **MEASURED,
            **wave(2028, 6.9),
            **changed(-1.4, z=1.2, p=0.88),
            **NOT_MET,
            "change": "none_shown",
            "colour": "orange",
        },
    ),
    "missed_within_margin": (
        "missed_within_margin",
        {
            **MEASURED,
            **wave(2028, 4.4),
            **changed(-3.9, z=3.4, p=0.99),
            "level": "not_met_within_margin",
            "change": "improved",
        },
    ),
    "missed_within_margin, target of nothing": (
        "missed_within_margin",
        {
            **MEASURED,
            **wave(2028, 0.8, margin=0.5),
            **changed(-7.5, z=6.0, p=0.99),
            "target_value": 0.0,
            "z_target": None,
            "level": "not_met_within_margin",
            "change": "improved",
        },
    ),
    "missed_untested": (
        "missed_untested",
        {
            **MEASURED,
            **NO_MARGIN,
            **wave(2028, 5.0, margin=None),
            **changed(-3.3, z=None),
            "level": "not_met_untested",
            "change": "untested",
        },
    ),
    **{
        f"no_baseline, {level}": (
            "no_baseline",
            {
                **MEASURED,
                **wave(2024, value),
                **WITHOUT_BASELINE,
                "target_year": None,
                "level": level,
                "change": "no_baseline",
            },
        )
        for level, value in (
            ("not_met", 8.0),
            ("not_met_within_margin", 4.4),
            ("not_met_untested", 8.0),
        )
    },
    "no_baseline, figures from before": (
        "no_baseline",
        {**MEASURED, **wave(2012, 8.8), **WITHOUT_BASELINE, "change": "no_baseline"},
    ),
    "no_baseline, trend": (
        "no_baseline",
        {
            **MEASURED,
            **wave(2024, 8.0),
            **TREND,
            **WITHOUT_BASELINE,
            "change": "no_baseline",
            "forecast_value": None,
        },
    ),
    "lost": (
        "lost",
        {
            **MEASURED,
            **wave(2024, 6.4),
            **changed(-1.9, z=1.7, p=0.95),
            **NOT_MET,
            "change": "none_shown",
            "colour": "orange",
        },
    ),
    "around_target": (
        "around_target",
        {
            **MEASURED,
            **wave(2024, 4.4),
            **changed(-3.9, z=3.2, p=0.99),
            "level": "not_met_within_margin",
            "change": "improved",
            "colour": "blue",
        },
    ),
    "untested_on_track": (
        "untested_on_track",
        {
            **MEASURED,
            **NO_MARGIN,
            **wave(2020, 6.1, margin=None),
            **changed(-2.2, z=None),
            **on_path(6.8667, z=None, p=None),
            "level": "not_met_untested",
            "change": "untested",
            "pace": "untested_on_track",
        },
    ),
    "untested_behind": (
        "untested_behind",
        {
            **MEASURED,
            **NO_MARGIN,
            **wave(2020, 9.6, margin=None),
            **changed(1.2999999999999989, z=None),
            **on_path(6.866666666666667, z=None, p=None),
            "level": "not_met_untested",
            "change": "untested",
            "pace": "untested_behind",
        },
    ),
    "untested": (
        "untested",
        {
            **MEASURED,
            **NO_MARGIN,
            **NO_PATH,
            **wave(2020, 9.6, margin=None),
            **changed(1.3, z=None),
            "level": "not_met_untested",
            "change": "untested",
        },
    ),
    "untested, the same": (
        "untested",
        {
            **MEASURED,
            **NO_MARGIN,
            **NO_PATH,
            **wave(2020, 8.3, margin=None),
            **changed(0.0, z=None),
            "level": "not_met_untested",
            "change": "untested",
        },
    ),
    "worsened": (
        "worsened",
        {
            **MEASURED,
            **wave(2020, 11.0),
            **changed(2.7, z=-2.6, p=0.005),
            **on_path(6.9, z=-4.0, p=0.0001),
            **NOT_MET,
            "change": "worsened",
            "pace": "behind",
            "colour": "orange",
        },
    ),
    **{
        f"improved_on_track, {certainty}": (
            "improved_on_track",
            {
                **MEASURED,
                **wave(2020, 5.1),
                **changed(-3.2, z=3.0, p=0.998),
                **on_path(6.9, z=z, p=p),
                **NOT_MET,
                "change": "improved",
                "pace": "on_track",
                "colour": "blue",
            },
        )
        for certainty, z, p in (("shown", 2.2, 0.986), ("hint", 1.5, 0.933))
    },
    "improved_pace_unclear": (
        "improved_pace_unclear",
        {
            **MEASURED,
            **wave(2020, 6.0),
            **changed(-2.3, z=2.2, p=0.986),
            **on_path(6.2, z=0.2, p=0.58),
            **NOT_MET,
            "change": "improved",
            "pace": "unclear",
            "colour": "blue",
        },
    ),
    **{
        f"improved_behind, {certainty}": (
            "improved_behind",
            {
                **MEASURED,
                **wave(2024, 6.1),
                **changed(-2.2, z=2.1, p=0.98),
                **on_path(5.4, z=z, p=p),
                **NOT_MET,
                "change": "improved",
                "pace": "behind",
                "colour": colour,
            },
        )
        for certainty, z, p, colour in (
            ("shown", -2.0, 0.022, "orange"),
            ("hint", -1.4, 0.08, "grey"),
        )
    },
    "improved": (
        "improved",
        {
            **MEASURED,
            **NO_PATH,
            **wave(2024, 6.0),
            **changed(-2.3, z=2.2, p=0.986),
            **NOT_MET,
            "change": "improved",
            "colour": "blue",
        },
    ),
    **{
        f"unchanged_behind, {certainty}": (
            "unchanged_behind",
            {
                **MEASURED,
                **wave(2024, 8.0),
                **changed(-0.3, z=0.3, p=0.62),
                **on_path(5.4, z=z, p=p),
                **NOT_MET,
                "change": "none_shown",
                "pace": "behind",
                "colour": colour,
            },
        )
        for certainty, z, p, colour in (
            ("shown", -2.9, 0.002, "orange"),
            ("hint", -1.4, 0.08, "grey"),
        )
    },
    "undetermined": (
        "undetermined",
        {
            **MEASURED,
            **wave(2020, 6.9),
            **changed(-1.4, z=1.3, p=0.903),
            **on_path(6.9, z=0.0, p=0.5),
            **NOT_MET,
            "change": "none_shown",
            "pace": "unclear",
        },
    ),
    "unchanged": (
        "unchanged",
        {
            **MEASURED,
            **NO_PATH,
            **wave(2024, 8.0),
            **changed(-0.3, z=0.3, p=0.62),
            **NOT_MET,
            "change": "none_shown",
        },
    ),
}
"""Name of the case → verdict code and the columns that differ from EMPTY."""

PERCENTAGES = (
    *("baseline_value", "latest_value", "target_value", "path_value", "forecast_value"),
    *("baseline_stated", "country_value"),
)
DIFFERENCES = (
    *("change_pp", "observed_pp_per_year", "required_pp_per_year", "gap_pp", "target_change"),
)
LIMITS = (("ci_lower", "ci_upper"), ("baseline_ci_lower", "baseline_ci_upper"))


def assessment_row(
    case: str, *, language: str, direction: str = "decrease", method: str = "survey"
) -> AssessmentRow:
    """Typed row of `case`, with labels in `language`, of a survey or of a model."""
    code, columns = CASES[case]
    row = {**EMPTY, **columns, "code": code}
    if row["indicator"] is not None:
        row.update(WORDS_OF_LABELS[language])
    if row["series_id"] != "none":
        producer = "RIVM" if method == "model" else "GGD"
        row.update(method=method, producer=producer, series_label=producer)
        row.update(source_line=SOURCE_LINES[language])
    return mirrored(row) if direction == "increase" else row


def mirrored(row: AssessmentRow) -> AssessmentRow:
    """The same verdict for an indicator of which more is better: every percentage turned round."""
    if row["direction"] is None:
        return row
    turned = {**row, "direction": "increase"}
    for name in PERCENTAGES:
        turned[name] = None if row[name] is None else round(100 - row[name], 4)
    for name in DIFFERENCES:
        turned[name] = None if row[name] is None else -row[name]
    for lower, upper in LIMITS:
        turned[lower] = None if row[upper] is None else round(100 - row[upper], 4)
        turned[upper] = None if row[lower] is None else round(100 - row[lower], 4)
    return turned
