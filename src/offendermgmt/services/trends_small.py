"""The trends as a viewer may have them: outside the units no small count, nor what would give one back.

Boards read calendar months. What stands at a day's end is settled by that day alone, a month by its own numbers and
what stands at its ends, and the range has only what its months have: so months and ranges side by side tell nothing
that each does not.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.vocabulary import ATTENDED
from offendermgmt.services import reports
from offendermgmt.services.compliance_of_months import compliance_of_months
from offendermgmt.services.kept_counts import kept_counts
from offendermgmt.services.question import Question
from offendermgmt.services.trends import CAUSES_IN, CAUSES_OUT, TrendTables, backlog_trend, trend_tables

_STANDING: Final = ("overdue", "not_overdue", "running", "stopped", "managed")
_FLOW: Final = ("opening", *CAUSES_IN, *CAUSES_OUT, "closing")
_DUE: Final = ("due", "met", "missed")
_OUTCOMES: Final = tuple(map(str, ATTENDED))
_ATTEMPTS: Final = ("attended", *_OUTCOMES, "cancelled")
# The columns of each table that are counts.
_COUNTS: Final = {
    "backlog": _STANDING,
    "flow": _FLOW,
    "over_range": _FLOW,
    "compliance": ("overdue", "not_overdue", "running", *_DUE),
    "attempts": _ATTEMPTS,
    "recording": ("visits",),
}
# What is made of a count is kept with it.
_DERIVED: Final[Mapping[str, tuple[str, ...]]] = {
    "days_overdue_total": ("overdue",),
    "longest_days_overdue": ("overdue",),
    "share": ("overdue", "running"),
    "share_of_managed": ("overdue", "managed"),
    "stock": ("not_overdue", "running"),
    "rate": ("met", "due"),
    "per_completed": ("attended", "completed"),
    "median_days": ("visits",),
    "nine_in_ten_days": ("visits",),
}
_SAME: Final = {"visits": "attended"}
# Of what stands on a day rather what no table shows, and the clocks only where nothing else would do.
_COST: Final = {"stopped": 0, "not_overdue_of_managed": 0, "running": 2}


def trends_as_shown(question: Question) -> TrendTables:
    """The figures of `trend_tables` as the question's viewer may have them.

    Who opens no lists has those of `month_tables`, and no count from 1 to under `Question.smallest_count` nor one that
    would give it back: they are missing, and so is what is derived from them. A count of the range is missing where
    that of one of its months is. ValueError for them where other periods than months are asked.
    """
    if question.viewer.opens_lists:
        return trend_tables(question)
    _require_months(question.range)
    tables = month_tables(question)
    kept = _kept_of_months(question, tables)
    shown: dict[str, Any] = {
        name: _masked(getattr(tables, name), columns, kept) for name, columns in _COUNTS.items() if name != "over_range"
    }
    return replace(tables, **shown, over_range=_masked(tables.over_range, _FLOW, [_over_the_range(kept)]))


def month_tables(question: Question) -> TrendTables:
    """The figures of `trend_tables` over calendar months, compliance in each as of its own end, as measured (M3)."""
    tables, counts = trend_tables(question), compliance_of_months(question)
    own = tables.compliance.assign(**{name: counts[name] for name in _DUE})
    return replace(tables, compliance=own.assign(rate=reports.share(counts["met"], counts["due"])))


def _require_months(periods: Periods) -> None:
    """Refuse periods that are no calendar months, the last as far as it has come; raises ValueError."""
    first = to_date(int(periods.first[0]))
    months = Periods.between(first, to_date(int(periods.last[-1])), Every.MONTH)
    if first.day != 1 or not np.array_equal(months.first, periods.first):
        raise ValueError("Who sees counts only reads calendar months: choose the first day of a month.")


def kept_at_ends(rows: pd.DataFrame, smallest: int) -> pd.DataFrame:
    """Which numbers of rows of `backlog_trend` are kept from who may see no small ones: flags, a column a count.

    The backlog stays unless it is small, as on its own page.
    """
    kept = [_kept_of_day(numbers, smallest) for numbers in rows[list(_STANDING)].to_dict(orient="records")]
    return pd.DataFrame({name: [name in day for day in kept] for name in _STANDING}, dtype=bool)


def _kept_of_day(numbers: Mapping[Hashable, int], smallest: int) -> set[str]:
    counts = {str(name): int(number) for name, number in numbers.items()}
    counts["not_overdue_of_managed"] = counts["managed"] - counts["overdue"]
    sums = [
        {"overdue": 1, "not_overdue": 1, "running": -1},
        {"running": 1, "stopped": 1, "managed": -1},
        {"overdue": 1, "not_overdue_of_managed": 1, "managed": -1},
    ]
    return kept_counts(
        counts,
        sums,
        smallest,
        decided={"overdue": 0 < counts["overdue"] < smallest},
        cost=lambda name: (_COST.get(name, 1), counts[name]),
    )


def _kept_of_months(question: Question, tables: TrendTables) -> list[set[str]]:
    """The names of what is kept of each month: its flow, what stands at its end, what fell due, and attempts."""
    smallest = question.smallest_count
    day_before = backlog_trend(question, on_days=question.range.first[:1] - 1)
    ends = kept_at_ends(pd.concat([day_before, tables.backlog]), smallest)
    rows = tables.flow.join(tables.compliance[list(_DUE)]).join(tables.attempts[list(_ATTEMPTS)])
    months = zip(rows.to_dict(orient="records"), pairwise(ends.to_dict(orient="records")), strict=True)
    return [_kept_of_month(numbers, *stocks, smallest) for numbers, stocks in months]


def _kept_of_month(
    numbers: Mapping[Hashable, Any], before: Mapping[Hashable, bool], after: Mapping[Hashable, bool], smallest: int
) -> set[str]:
    counts = {name: int(numbers[name]) for name in (*_FLOW, *_DUE, *_ATTEMPTS) if name in numbers}
    signs = {"opening": 1, **dict.fromkeys(CAUSES_IN, 1), **dict.fromkeys(CAUSES_OUT, -1), "closing": -1}
    sums = [
        {name: sign for name, sign in signs.items() if name in counts},
        {"due": 1, "met": -1, "missed": -1},
        {"attended": 1, **dict.fromkeys(_OUTCOMES, -1)},
    ]
    decided = {
        "opening": before["overdue"],
        "closing": after["overdue"],
        # As on the page of crews.
        "attended": 0 < counts["attended"] < smallest,
    }
    kept = kept_counts(counts, sums, smallest, decided=decided)
    return kept | {str(name) for name, is_kept in after.items() if is_kept}


def _over_the_range(kept: Sequence[set[str]]) -> set[str]:
    """The names of what is kept of the range, of whose months this is kept."""
    stocks = {"opening", "closing"}
    return set[str]().union(*kept) - stocks | ({"opening"} & kept[0]) | ({"closing"} & kept[-1])


def _masked(frame: pd.DataFrame, columns: Iterable[str], kept: Sequence[set[str]]) -> pd.DataFrame:
    own = [column for column in columns if column in frame]
    hidden = pd.DataFrame({column: [_SAME.get(column, column) in month for month in kept] for column in own})
    shown: dict[str, Any] = {column: frame[column].astype("Int64").mask(hidden[column]) for column in own}
    for column, sources in _DERIVED.items():
        if column in frame:
            shown[column] = frame[column].mask(hidden[list(sources)].any(axis=1))
    return frame.assign(**shown)
