"""From the backlog that a review showed to the backlog now: who came, who left and why; it adds up (R60, R61)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import pandas as pd

from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Periods
from offendermgmt.services.morning_late import first_unseen
from offendermgmt.services.morning_parts import Since
from offendermgmt.services.question import Question
from offendermgmt.services.seen import Seen

Measure = TypeVar("Measure")


@dataclass(frozen=True)
class Backlog(Generic[Measure]):
    """A backlog, as its page lists it: who is in it at a day's end, and who came and left in a period by what cause.

    `listed` gives the list behind a measure in a period, with the column `ref` that names whom, and `on`; `flow` counts
    the measures over the question's periods.
    """

    listed: Callable[[Question, Measure, Periods], pd.DataFrame]
    flow: Callable[[Question], pd.DataFrame]
    ref: str
    stock: Measure
    came: Sequence[Measure]
    left: Sequence[Measure]


@dataclass(frozen=True)
class Moved(Generic[Measure]):
    """How a backlog moved since a review.

    `seen` is what the review showed, `opening` the end of its day as known now, `closing` the end of the question's.
    `causes` lists who came and left by the cause; `that_day_in` and `that_day_out` are how many of them did so on the
    review's own day, after it. Who is left of the difference between `seen` and `opening` is in the `corrected` lists.
    So `seen` + came + corrected_in - left - corrected_out = `closing`.
    """

    seen: int
    opening: int
    closing: int
    that_day_in: int
    that_day_out: int
    causes: Mapping[Measure, pd.DataFrame]
    corrected_in: pd.DataFrame
    corrected_out: pd.DataFrame


def moved(backlog: Backlog[Measure], question: Question, since: Since, then: Seen) -> Moved[Measure]:
    """How the backlog moved from the review to the end of the question's day; `then` is its day as it saw it."""
    ref, its_day = backlog.ref, Periods.whole(since.review_on, since.review_on)
    now_then = backlog.listed(question, backlog.stock, its_day)
    seen_then = backlog.listed(then.question, backlog.stock, its_day)
    as_seen, as_known = set(seen_then[ref]), set(now_then[ref]) & then.touched
    came, left = as_known - as_seen, as_seen - as_known
    causes = _causes(backlog, question, since, now_then.iloc[:0], came, left)
    that_day_in, that_day_out = (
        {one for measure in measures for one in _on(causes[measure], since)[ref]}
        for measures in (backlog.came, backlog.left)
    )
    return Moved(
        seen=len(now_then) - len(came) + len(left),
        opening=len(now_then),
        closing=len(backlog.listed(question, backlog.stock, Periods.whole(question.as_of, question.as_of))),
        that_day_in=len(that_day_in),
        that_day_out=len(that_day_out),
        causes=causes,
        corrected_in=_of(now_then, ref, came - that_day_in),
        corrected_out=_of(seen_then, ref, left - that_day_out),
    )


def _causes(
    backlog: Backlog[Measure], question: Question, since: Since, nobody: pd.DataFrame, came: set[str], left: set[str]
) -> dict[Measure, pd.DataFrame]:
    """Who came and left since the review by cause: of its own day those only whom it had not seen to do so."""
    period = Periods.whole(to_date(first_unseen(since)), question.as_of)
    # Most causes move nobody over a few days, and to count is much less work than to list.
    counts = backlog.flow(replace(question, periods=period)).iloc[0]
    causes = {}
    for measures, unseen in ((backlog.came, came), (backlog.left, left)):
        for measure in measures:
            rows = backlog.listed(question, measure, period) if counts.get(str(measure)) else nobody
            is_later = (rows["on"] > pd.Timestamp(since.review_on)).to_numpy()
            causes[measure] = rows[is_later | rows[backlog.ref].isin(unseen).to_numpy()].reset_index(drop=True)
    return causes


def _on(rows: pd.DataFrame, since: Since) -> pd.DataFrame:
    return rows[(rows["on"] == pd.Timestamp(since.review_on)).to_numpy()]


def _of(rows: pd.DataFrame, column: str, refs: set[str]) -> pd.DataFrame:
    return rows[rows[column].isin(refs).to_numpy()].reset_index(drop=True)
