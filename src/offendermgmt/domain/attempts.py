"""What became of visits: completed, unsuccessful and why, and how soon each was put on record (W1, D1)."""

from fractions import Fraction
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.daily import Counts
from offendermgmt.domain.days import Days, day_numbers, london_dates
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.vocabulary import ATTENDED, VisitOutcome

OUTCOMES: Final = tuple(VisitOutcome)
CANCELLED: Final = OUTCOMES.index(VisitOutcome.CANCELLED)
MEDIAN: Final = Fraction(1, 2)
NINE_IN_TEN: Final = Fraction(9, 10)


def visits_made(facts: Facts) -> pd.DataFrame:
    """Every visit that stands, cancelled ones too: visit_ref, offender (code), day (number), outcome (in `OUTCOMES`).

    The index is the row's position in the visits table of `facts`.
    """
    visits = facts.tables["visits"].reset_index(drop=True)
    return pd.DataFrame(
        {
            "visit_ref": visits["visit_ref"],
            "offender": visits["offender_ref"].cat.codes.astype(np.int32),
            "day": day_numbers(visits["visited_on"]),
            "outcome": visits["outcome"].cat.codes.astype(np.int8),
        }
    )


def attempts(visits: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """Visits in each period by outcome: columns attended, and one an outcome (W1).

    Attended is every outcome but cancelled; attempts per completed visit are attended / completed.
    """
    day, outcome = visits["day"].to_numpy(), visits["outcome"].to_numpy()
    counts = {str(word): periods.counts(day[outcome == code]) for code, word in enumerate(OUTCOMES)}
    attended = sum((counts[word] for word in ATTENDED), start=np.zeros(len(periods), dtype=np.int64))
    return pd.DataFrame({"attended": attended, **counts})


def first_recorded(recorded: pd.DataFrame) -> "pd.Series[int]":
    """London day number on which each visit was first recorded, by visit_ref, from recordings of visits.

    Corrections and voids do not change when a visit was first put on record.
    """
    codes, refs = pd.factorize(recorded["visit_ref"])
    moments = recorded["recorded_at"].to_numpy().astype("datetime64[us]").astype(np.int64)
    first = np.full(len(refs), np.iinfo(np.int64).max)
    np.minimum.at(first, codes, moments)
    days = day_numbers(london_dates(pd.Series(first.astype("datetime64[us]"))))
    return pd.Series(days, index=pd.Index(refs, name="visit_ref"), name="first_recorded")


def delays(visited: npt.NDArray[np.integer[Any]], recorded: npt.NDArray[np.integer[Any]]) -> Days:
    """Whole days from each visit to its first recording; 0 where a visit's day was later corrected to a later one."""
    days: Days = np.maximum(recorded - visited, 0).astype(np.int32)
    return days


def delay_in(visits: pd.DataFrame, periods: Periods) -> pd.DataFrame:
    """Days from visit to recording, by the period of the visit: columns visits, median_days, nine_in_ten_days.

    `visits` has day and delay. A quantile is the least number of days within which that part of the visits was
    recorded; missing where there was no visit.
    """
    position, delay = periods.of(visits["day"].to_numpy()), visits["delay"].to_numpy().astype(np.int64)
    inside = position >= 0
    longest = int(delay.max(initial=0)) + 1
    # How many visits of each period were recorded within each number of days: no sorting of visits.
    within = np.bincount(position[inside] * longest + delay[inside], minlength=len(periods) * longest)
    within = within.reshape(len(periods), longest).cumsum(axis=1)
    return pd.DataFrame(
        {
            "visits": within[:, -1].astype(np.int64),
            "median_days": _quantile(within, MEDIAN),
            "nine_in_ten_days": _quantile(within, NINE_IN_TEN),
        }
    )


def _quantile(within: Counts, part: Fraction) -> "pd.Series[int]":
    number = within[:, -1]
    enough = within * part.denominator >= number[:, None] * part.numerator
    return pd.Series(enough.argmax(axis=1), dtype="Int64").mask(pd.Series(number == 0))
