"""When each fact was put on record, and the recordings that correct or withdraw earlier ones (rules D3, D4)."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

import numpy as np
import pandas as pd

from offendermgmt.domain.days import LONDON, day_number
from offendermgmt.synthetic import written
from offendermgmt.synthetic.chance import Chance, Flags, Floats, Ints, happens
from offendermgmt.synthetic.written import MINUTES

_OPENS, _CLOSES = 7 * 60, 22 * 60 + 30
Spoiled = Callable[[np.random.Generator, pd.DataFrame], Mapping[str, "pd.Series[str] | str"]]


def known_until(ends_on: date, recorded_until: datetime | None) -> int:
    """The last minute at which anything was recorded: `recorded_until`, or the end of `ends_on`.

    Raises ValueError where `recorded_until` is not on `ends_on`.
    """
    if recorded_until is None:
        return (day_number(ends_on) + 1) * MINUTES - 1
    zone = LONDON
    local = recorded_until.astimezone(zone) if recorded_until.tzinfo else recorded_until
    if local.date() != ends_on:
        raise ValueError(
            f"recorded_until is on {local.date()}, but the force ends on {ends_on}: give a time on that day"
        )
    return day_number(ends_on) * MINUTES + local.hour * 60 + local.minute


def working_hours(rng: np.random.Generator, days: Ints) -> Ints:
    """A minute between 09:00 and 17:00 of each day."""
    minute: Ints = rng.integers(9 * 60, 17 * 60, len(days))
    return days * MINUTES + minute


def recorded(rng: np.random.Generator, at: Ints, median: Floats | float, sigma: Floats | float) -> Ints:
    """A later minute, in waking hours, for each minute: log normal days of the given median and spread."""
    delay = np.exp(rng.normal(0, 1, len(at)) * sigma) * median * MINUTES
    later = at + 20 + np.minimum(delay, 400 * MINUTES).astype(np.int64)
    day, minute = later // MINUTES, later % MINUTES
    night = minute < _OPENS
    minute = np.where(night, _OPENS + minute % 90, np.minimum(minute, _CLOSES))
    earliest: Ints = np.maximum(day * MINUTES + minute, at + 5)
    return earliest


def register_recorded(rng: np.random.Generator, days: Ints, until: int) -> Ints:
    """Recording of registrations and receipts: the same day, so that nothing refers to what is not yet known."""
    same_day: Ints = working_hours(rng, days) + rng.integers(20, 300, len(days))
    return np.minimum(same_day, until)


def day_facts_recorded(rng: np.random.Generator, days: Ints, median: Floats | float, until: int) -> tuple[Ints, Flags]:
    """Recording of facts dated by day, and which of them were on record by the last minute.

    A fact whose recording would come too late was recorded promptly, if its day allows.
    """
    at = working_hours(rng, days)
    when = recorded(rng, at, median, 1.0)
    when = np.where(when > until, np.maximum(at + 30, np.minimum(until, at + 300)), when)
    return when, when <= until


def with_corrections(
    chance: Chance, part: str, frame: pd.DataFrame, share: float, spoil: Spoiled, until: int
) -> pd.DataFrame:
    """The frame in which a share of the rows was first recorded otherwise, and put right some days later."""
    rng = chance.stream(f"corrections of {part}")
    first = pd.to_datetime(frame["recorded_at"]).to_numpy().astype("datetime64[m]").astype(np.int64)
    corrected = recorded(rng, first + MINUTES, 12.0, 0.9)
    chosen = np.flatnonzero(happens(rng, share, len(frame)) & (corrected <= until))
    wrong = frame.iloc[chosen]
    wrong = wrong.assign(**spoil(rng, wrong))
    right = frame.copy()
    right.loc[right.index[chosen], "recorded_at"] = written.moments(corrected[chosen]).to_numpy()
    return pd.concat([right, wrong], ignore_index=True)


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows as they were recorded."""
    return frame.sort_values("recorded_at", kind="stable", ignore_index=True)
