"""POLIT's work over time: referrals, stays in a stage, closings, enforcement, children safeguarded (Q30 to Q37)."""

from fractions import Fraction
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.attempts import MEDIAN, NINE_IN_TEN
from offendermgmt.domain.daily import Counts
from offendermgmt.domain.days import NEVER, Days
from offendermgmt.domain.facts import Facts
from offendermgmt.domain.polit import CLOSED, IN_BACKLOG
from offendermgmt.domain.reading import dated_facts, first_days
from offendermgmt.domain.segments import Codes, Flags, Rows, Segments

# More than any number of days, NEVER included, needs.
_DAY_BITS: Final = 31


def receipts(segments: pd.DataFrame) -> pd.DataFrame:
    """Every case on the day it was received: case, day, risk, officer, in_backlog (at that day's end) (Q30)."""
    first = segments[_opens(segments["case"].to_numpy())]
    return pd.DataFrame(
        {
            "case": first["case"].to_numpy(),
            "day": first["start"].to_numpy(),
            "risk": first["risk"].to_numpy(),
            "officer": first["officer"].to_numpy(),
            "in_backlog": IN_BACKLOG[first["stage"].to_numpy()],
        }
    )


def stays(segments: pd.DataFrame) -> pd.DataFrame:
    """Every unbroken stay of a case in a stage other than closed, at days' ends (Q32).

    Columns case, stage, start, end (first day after, NEVER while none is known), and risk and officer of its last day
    known. A case that comes back to a stage begins another stay.
    """
    case, stage = segments["case"].to_numpy(), segments["stage"].to_numpy()
    first = np.flatnonzero(_opens(case) | _opens(stage))
    last = np.append(first[1:] - 1, len(case) - 1).astype(np.intp)[: len(first)]
    found = pd.DataFrame(
        {
            "case": case[first],
            "stage": stage[first],
            "start": segments["start"].to_numpy()[first],
            "end": segments["end"].to_numpy()[last],
            "risk": segments["risk"].to_numpy()[last],
            "officer": segments["officer"].to_numpy()[last],
        }
    )
    return found[(found["stage"] != CLOSED).to_numpy()].reset_index(drop=True)


def running(segments: pd.DataFrame, on: int) -> pd.DataFrame:
    """The stays that run at the end of day `on` (Q33): case, stage, start, risk and officer of the day, days so far."""
    every = stays(segments)
    now = every[((every["start"] <= on) & (every["end"] > on)).to_numpy()].reset_index(drop=True)
    case = now["case"].to_numpy()
    at = _segments(segments).covering(case, np.full(len(case), on, dtype=np.int32))
    return now.drop(columns="end").assign(
        risk=segments["risk"].to_numpy()[at],
        officer=segments["officer"].to_numpy()[at],
        days=on - now["start"].to_numpy(),
    )


def closings(segments: pd.DataFrame, facts: Facts) -> pd.DataFrame:
    """Every time a case was closed (Q35): case, day, risk, officer (of the day before) and outcome.

    The outcome is categorical, "" where none is recorded.
    """
    case, closed = segments["case"].to_numpy(), segments["stage"].to_numpy() == CLOSED
    opens = _opens(case)
    at = np.flatnonzero(closed & (opens | ~np.append(False, closed[:-1])[: len(case)]))
    # A holder is often let go on the day of closing. Whoever closed it held it the day before.
    before = np.where(opens[at], at, at - 1)
    return pd.DataFrame(
        {
            "case": case[at],
            "day": segments["start"].to_numpy()[at],
            "risk": segments["risk"].to_numpy()[at],
            "officer": segments["officer"].to_numpy()[before],
            "outcome": _outcomes(segments, facts, at),
        }
    )


def enforcements(facts: Facts) -> pd.DataFrame:
    """Arrests, voluntary interviews and warrants that stand (Q36): case, day, kind (code), row (in the table)."""
    rows = facts.tables["polit_enforcements"]
    case, day, at = _of_cases(facts, rows.assign(day=rows["on"]))
    return pd.DataFrame({"case": case, "day": day, "kind": rows["kind"].cat.codes.to_numpy()[at], "row": at})


def identified(facts: Facts) -> pd.DataFrame:
    """Children identified (P7, Q37): case, day, row (in the table)."""
    return _children(facts, facts.tables["polit_children"]["identified_on"])


def safeguarded(facts: Facts) -> pd.DataFrame:
    """Children safeguarded (P7, Q37), on the day identified where that is later: case, day, row (in the table)."""
    rows = facts.tables["polit_children"]
    found = rows["safeguarded_on"].where(
        rows["safeguarded_on"].isna() | (rows["safeguarded_on"] >= rows["identified_on"]), rows["identified_on"]
    )
    return _children(facts, found)


def referred(facts: Facts) -> pd.DataFrame:
    """Children referred to children's social care (P7), on the day of the referral: case, day, row (in the table)."""
    return _children(facts, facts.tables["polit_children"]["referred_on"])


def spread(group: npt.NDArray[np.intp], days: Days, groups: int) -> pd.DataFrame:
    """How long things took, a row for each group number under `groups`: number, median_days, nine_in_ten_days.

    `days` is NEVER for what is not over. A quantile is the least number of days within which that part of the group was
    over (Q33); missing for an empty group, and where less than that part is over.
    """
    inside = (group >= 0) & (group < groups)
    # One number for both sorts several times as fast as the two of them.
    ordered: Counts = np.sort((group[inside].astype(np.int64) << _DAY_BITS) + days[inside])
    number: Counts = np.bincount(ordered >> _DAY_BITS, minlength=groups).astype(np.int64)
    first: Counts = np.cumsum(number) - number
    ordered = np.append(ordered & (2**_DAY_BITS - 1), NEVER)
    return pd.DataFrame(
        {
            "number": number,
            "median_days": _least(ordered, first, number, MEDIAN),
            "nine_in_ten_days": _least(ordered, first, number, NINE_IN_TEN),
        }
    )


def _least(ordered: Counts, first: Counts, number: Counts, part: Fraction) -> "pd.Series[int]":
    enough = -(-number * part.numerator // part.denominator)
    value = ordered[np.where(number > 0, first + enough - 1, len(ordered) - 1)]
    return pd.Series(value, dtype="Int64").mask(pd.Series(value >= NEVER))


def _children(facts: Facts, on: "pd.Series[Any]") -> pd.DataFrame:
    rows = facts.tables["polit_children"]
    case, day, at = _of_cases(facts, rows.assign(day=on))
    return pd.DataFrame({"case": case, "day": day, "row": at})


def _outcomes(segments: pd.DataFrame, facts: Facts, at: Rows) -> "pd.Categorical[Any]":
    """What the stage newest in each of the segments `at` says of the outcome, "" where it says nothing."""
    rows = facts.tables["polit_stages"]
    received = first_days(facts.tables["polit_cases"], "case_ref", "received_on")
    is_closing = rows["stage"].cat.codes.to_numpy() == CLOSED
    dated, of = dated_facts(rows, "case_ref", "from_on", received, "from_on", where=is_closing)
    # A closing begins with the record of its stage, so that there always is one.
    recorded = Segments(dated.subject, dated.day)
    newest = recorded.covering(segments["case"].to_numpy()[at], segments["start"].to_numpy()[at])
    return as_groups(rows["outcome"].take(of[newest]))


def as_groups(texts: "pd.Series[str]") -> "pd.Categorical[Any]":
    """Texts as they are grouped: without spaces around them, "" for none."""
    codes, distinct = pd.factorize(texts)
    of_distinct = pd.Categorical(pd.Series([*distinct, ""], dtype="str").str.strip())
    return pd.Categorical.from_codes(of_distinct.codes[codes], dtype=of_distinct.dtype).remove_unused_categories()


def _of_cases(facts: Facts, rows: pd.DataFrame) -> tuple[Codes, Days, Rows]:
    received = first_days(facts.tables["polit_cases"], "case_ref", "received_on")
    dated, at = dated_facts(rows, "case_ref", "day", received)
    return dated.subject, dated.day, at


def _segments(frame: pd.DataFrame) -> Segments:
    return Segments(frame["case"].to_numpy(), frame["start"].to_numpy())


def _opens(codes: npt.NDArray[np.integer[Any]]) -> Flags:
    return np.append(True, codes[1:] != codes[:-1])[: len(codes)]
