"""Picks: which wave is the baseline and which the latest, at every wave of every track."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from etl.estimation import Codes, Flags, Floats
from etl.evidence import Evidence, signed_logit
from etl.tracks import Tracks, comparable, first_place, last_place
from etl.verdict_codes import SHOWN


@dataclass(frozen=True)
class Picks:
    """One entry per assessment: places of waves in its track, -1 where there is none.

    `latest` is the newest published wave up to `as_of` that is comparable with the baseline;
    where there are newer waves and none is (`not_comparable`), it is the wave of `as_of` itself,
    to be shown and not compared.
    """

    tracks: Tracks
    track: Codes
    as_of: Codes
    baseline: Codes
    latest: Codes
    not_comparable: Flags
    in_use: Flags

    def __len__(self) -> int:
        return len(self.track)

    def figure(self, place: Codes) -> Codes:
        """Row in the index of the wave at each place."""
        return np.where(place < 0, -1, self.tracks.figure[self.track, place])

    def year(self, place: Codes) -> Floats:
        """Year of the wave at each place, NaN where there is none."""
        return np.where(place < 0, np.nan, self.tracks.year[self.track, place].astype(float))

    def of_target(self, name: str) -> Floats:
        """A number of the target per assessment."""
        return self.tracks.numbers(name)[self.track]

    def take(self, rows: Codes) -> Picks:
        """Some of the assessments."""
        return Picks(
            tracks=self.tracks,
            track=self.track[rows],
            as_of=self.as_of[rows],
            baseline=self.baseline[rows],
            latest=self.latest[rows],
            not_comparable=self.not_comparable[rows],
            in_use=self.in_use,
        )

    @property
    def sign(self) -> Floats:
        """1 where lower is better, -1 where higher is."""
        return self.tracks.sign[self.track]


def pick_waves(tracks: Tracks) -> Picks:
    """List the assessments: one per published wave from the baseline on.

    Without a baseline only the newest wave is judged; of a trend target all later waves, and
    the last before the plan. A suppressed wave is no assessment: nothing was published.
    """
    published = tracks.published
    places = np.arange(published.shape[1])
    is_newest = places == last_place(published)[:, np.newaxis]
    has_anchor = (tracks.anchor >= 0)[:, np.newaxis]
    is_trend = tracks.is_one_of("kind", "trend")[:, np.newaxis]
    from_anchor = has_anchor & (places >= tracks.anchor[:, np.newaxis])
    judged = from_anchor | (~has_anchor & (is_newest | is_trend))
    track, as_of = np.nonzero(published & judged)
    return choose(tracks, track=track, as_of=as_of, usable=published)


def choose(tracks: Tracks, *, track: Codes, as_of: Codes, usable: Flags) -> Picks:
    """Choose baseline and latest wave at each wave `as_of`, among the waves that are usable."""
    fits = comparable(tracks.severity, published=usable)[track]
    is_trend = tracks.is_one_of("kind", "trend")[track]
    before_plan = np.arange(usable.shape[1]) <= tracks.anchor[track][:, np.newaxis]
    anchor = np.where(is_trend, last_place(fits & before_plan), tracks.anchor[track])
    has_anchor = (anchor >= 0) & usable[track, anchor]
    up_to = np.arange(usable.shape[1]) <= as_of[:, np.newaxis]
    from_anchor = np.arange(usable.shape[1]) >= np.where(has_anchor, anchor, 0)[:, np.newaxis]
    latest = last_place(fits & up_to & from_anchor)
    newest = last_place(usable[track] & up_to & from_anchor)
    not_comparable = has_anchor & (latest == anchor) & (newest > anchor)
    latest = np.where(not_comparable | ~has_anchor, newest, latest)
    waiting = is_trend & has_anchor & (newest == anchor)
    return Picks(
        tracks=tracks,
        track=track,
        as_of=as_of,
        baseline=np.where(has_anchor & ~waiting, anchor, -1),
        latest=latest,
        not_comparable=not_comparable,
        in_use=usable,
    )


def gather(picks: Picks, *, target_year: Floats) -> Evidence:
    """Everything that these verdicts rest on, but for the number of the target."""
    index, latest, baseline = (
        picks.tracks.index,
        picks.figure(picks.latest),
        picks.figure(picks.baseline),
    )
    fits = ~picks.not_comparable
    best, bar = _earlier(picks)
    judged = _judging(picks, target_year=target_year)
    kind = {name: picks.tracks.is_one_of("kind", name)[picks.track] for name in WITHOUT_PATH}
    return Evidence(
        sign=picks.sign,
        baseline_year=picks.year(picks.baseline),
        baseline_value=index.value[baseline],
        baseline_error=index.error[baseline],
        baseline_step=index.step[baseline],
        latest_year=picks.year(picks.latest),
        latest_value=np.where(fits, index.value[latest], np.nan),
        latest_error=np.where(fits, index.error[latest], np.nan),
        latest_step=index.step[latest],
        target_value=np.full(len(picks), np.nan),
        target_year=target_year,
        earlier_best=best,
        earlier_bar=bar,
        judged_year=picks.year(judged),
        judged_value=index.value[picks.figure(judged)],
        allows_path=~(kind["maintain"] | kind["none"] | kind["trend"]),
        no_target=kind["none"],
        not_comparable=picks.not_comparable,
    )


WITHOUT_PATH = ("maintain", "none", "trend")
"""Kinds of target without a straight line from baseline to target."""


def _used(picks: Picks) -> Flags:
    """Waves from the baseline up to the latest that may be compared with them."""
    places = np.arange(picks.in_use.shape[1])
    fits = comparable(picks.tracks.severity, published=picks.in_use)[picks.track]
    up_to = places <= picks.latest[:, np.newaxis]
    return (
        fits
        & up_to
        & (places >= picks.baseline[:, np.newaxis])
        & ~picks.not_comparable[:, np.newaxis]
    )


def _earlier(picks: Picks) -> tuple[Floats, Floats]:
    """Best value strictly between baseline and latest, and the logit a target is shown met at."""
    index, figure = picks.tracks.index, picks.tracks.figure[picks.track]
    places = np.arange(figure.shape[1])
    between = _used(picks) & (places > picks.baseline[:, np.newaxis])
    between &= (places < picks.latest[:, np.newaxis]) & (picks.baseline >= 0)[:, np.newaxis]
    sign = picks.sign[:, np.newaxis]
    value, step = index.value[figure], index.step[figure]
    bar = signed_logit(value, step=step, sign=sign) + SHOWN * index.error[figure]
    return _lowest(sign * value, where=between), _lowest(bar, where=between)


def _lowest(numbers: Floats, *, where: Flags) -> Floats:
    """Lowest known number of each row among those that count; NaN without any."""
    result = np.full(len(numbers), np.nan)
    for place in range(numbers.shape[1]):
        result = np.fmin(result, np.where(where[:, place], numbers[:, place], np.nan))
    return result


def _judging(picks: Picks, *, target_year: Floats) -> Codes:
    """Place of the first wave in or after the target year; -1 where there is none yet."""
    year = picks.tracks.year[picks.track]
    after = _used(picks) & (year >= target_year[:, np.newaxis])
    return first_place(after)
