"""Reading tables of facts onto segments: whose a fact is, from which day, and what stands from it."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.days import NEVER, Days, day_numbers
from offendermgmt.domain.segments import Codes, Dated, Flags, Rows, Segments


def first_days(frame: pd.DataFrame, subject: str, day: str) -> Days:
    """The first day of each subject by code (registration, receipt), `NEVER` for those not in `frame`."""
    codes = frame[subject].cat
    first = np.full(len(codes.categories), NEVER, dtype=np.int32)
    first[codes.codes.to_numpy()] = day_numbers(frame[day])
    return first


def dated_facts(
    frame: pd.DataFrame, subject: str, day: str, first_day: Days, *prevailing: str, where: Flags | None = None
) -> tuple[Dated, Rows]:
    """The facts of subjects that have a first day, none dated before it, and their rows in `frame`.

    Where several fall on one day the last in order of `prevailing` prevails: the later time, the higher level.
    """
    codes = frame[subject].cat.codes.to_numpy().astype(np.int32)
    days = day_numbers(frame[day])
    first = np.append(first_day, NEVER)[codes]
    keep = (first < NEVER) & (days < NEVER)
    rows = np.flatnonzero(keep if where is None else keep & where)
    day_held = np.maximum(days[rows], first[rows])
    facts, order = Dated.sort(codes[rows], day_held, *(_rank(frame[column].take(rows)) for column in prevailing))
    return facts, rows[order]


def newest_value(
    segments: Segments, facts: Dated, rows: Rows, values: "pd.Series[Any]", missing: int
) -> tuple[Codes, Rows]:
    """What the newest fact says in each segment (code or number, `missing` without one), and its row or -1."""
    at = segments.newest(facts)
    codes = values.cat.codes if isinstance(values.dtype, pd.CategoricalDtype) else values
    read = np.append(codes.to_numpy().astype(np.int32)[rows], np.int32(missing))
    return read[at], np.append(rows, -1)[at]


def not_ended(segments: Segments, to_on: "pd.Series[Any]", row: Rows) -> Flags:
    """Whether the fact in `row` (-1 = none) holds at each segment's start: `to_on` is the first day it does not."""
    ends = np.append(day_numbers(to_on), np.int32(-NEVER))
    still: Flags = ends[row] > segments.start
    return still


def on_days(first_day: Days, days: Iterable[int]) -> list[Dated]:
    """A fact about every subject on each of the days, from its first day on."""
    subjects = np.flatnonzero(first_day < NEVER).astype(np.int32)
    begun = [(subjects[first_day[subjects] < day], day) for day in days]
    return [Dated(of, np.full(len(of), day, dtype=np.int32)) for of, day in begun]


def respliced(frame: pd.DataFrame, fresh: pd.DataFrame, subject: str, subjects: Codes) -> pd.DataFrame:
    """`frame`, in order of subject, with the rows of `subjects` replaced by those in `fresh`."""
    codes = frame[subject].to_numpy()
    kept = np.ones(len(frame), dtype=bool)
    for first, last in zip(*(np.searchsorted(codes, subjects, side) for side in ("left", "right")), strict=True):
        kept[first:last] = False
    joined = pd.concat([frame[kept], fresh], ignore_index=True)
    return joined.take(np.argsort(joined[subject].to_numpy(), kind="stable")).reset_index(drop=True)


def _rank(values: "pd.Series[Any]") -> npt.NDArray[np.int64]:
    if isinstance(values.dtype, pd.CategoricalDtype):
        return -values.cat.codes.to_numpy().astype(
            np.int64
        )  # levels are listed highest first, and the highest prevails
    return values.to_numpy().astype("datetime64[us]").astype(np.int64)
