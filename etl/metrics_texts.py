"""The words of metrics.yaml in Dutch and English, and those that follow from its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from etl.metrics_models import AgeGroup, Metrics, Site
from etl.municipality_models import Target

Words = Mapping[str, str]


def both(nl: str, en: str | None = None) -> dict[str, str]:
    """Give the words per language; a name is the same in both."""
    return {"nl": nl, "en": nl if en is None else en}


def age_label(name: str, group: AgeGroup) -> Words:
    """Label an age group: as given, else from its bounds, else its own name."""
    if group.label is not None:
        return dict(group.label)
    low, high = group.min_age, group.max_age
    if low is not None and high is not None:
        return both(f"{low} t/m {high} jaar", f"{low} to {high}")
    if low is not None:
        return both(f"{low} jaar en ouder", f"{low} and over")
    return both(name) if high is None else both(f"t/m {high} jaar", f"up to {high}")


def text_rows(metrics: Metrics) -> Iterator[dict[str, str]]:
    """Give one row per subject, id, field and language, both languages for each."""
    for subject, subject_id, field, words in _texts(metrics):
        for language, text in words.items():
            yield {
                "subject": subject,
                "subject_id": subject_id,
                "field": field,
                "language": language,
                "text": text,
            }


def _texts(metrics: Metrics) -> Iterator[tuple[str, str, str, Words]]:
    sections: dict[str, tuple[Mapping[Any, Any], tuple[str, ...]]] = {
        "scale": (metrics.scales, ("label", "definition")),
        "indicator": (metrics.indicators, ("label", "definition", "also_called", "people")),
        "series": (metrics.series, ("label", "population", "source_line")),
        "wave": (metrics.waves, ("label",)),
    }
    for subject, (parts, fields) in sections.items():
        for name, part in parts.items():
            for field in fields:
                words = getattr(part, field)
                if words is not None:
                    yield subject, str(name), field, dict(words)
                elif field == "label" and subject != "wave":
                    yield subject, str(name), field, both(str(name))  # a file may leave out labels
    for name, group in metrics.age_groups.items():
        yield "age_group", name, "label", age_label(name, group)
    for position, a_break in enumerate(metrics.comparability.breaks):
        if a_break.reason is not None:
            yield "break", f"break-{position + 1}", "reason", dict(a_break.reason)
    for code, municipality in metrics.municipalities.items():
        if municipality.attributed is not None:
            yield "municipality", code, "attributed", dict(municipality.attributed)
        for target in municipality.targets:
            yield from _target_texts(target, metrics)
    for field, words in _site_texts(metrics.site).items():
        yield "site", "site", field, words


def _target_texts(target: Target, metrics: Metrics) -> Iterator[tuple[str, str, str, Words]]:
    yield "target", target.id, "label", _target_label(target, metrics)
    for field in ("text", "explanation"):
        words = getattr(target, field)
        if words is not None:
            yield "target", target.id, field, dict(words)


def _target_label(target: Target, metrics: Metrics) -> Words:
    """Short title of a target: as given, else its words, else its indicator and ages."""
    given = target.label or target.text
    if given is not None:
        return dict(given)
    if target.indicator is None or target.age_group is None:
        return both(target.quote or target.id)
    label = metrics.indicators[target.indicator].label
    indicator = dict(label) if label else both(target.indicator)
    ages = age_label(target.age_group, metrics.age_groups[target.age_group])
    return {language: f"{indicator[language]}, {ages[language]}" for language in indicator}


def _site_texts(site: Site) -> dict[str, Words]:
    """Words and addresses of the installation; an address stands in both languages."""
    texts: dict[str, Words] = {}
    if site.name is not None:
        texts["name"] = dict(site.name)
    for field in ("publisher", "report_error_address", "privacy_url", "default_municipality"):
        value = getattr(site, field)
        if value is not None:
            texts[field] = both(value)
    if site.help is not None:
        texts["help_label"] = dict(site.help.label)
        texts["help_url"] = both(site.help.url, site.help.url_en)
    return texts
