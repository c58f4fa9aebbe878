"""Two days compared as a viewer may have them, beside the trends of the same page.

Who opens no lists compares ends of months: each is shown as the trends show it, and what happened between them is the
sum of the months between, where all of these are shown.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import day_number
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.services import definitions, trend_definitions
from offendermgmt.services.access import Viewer
from offendermgmt.services.comparison import Compared, Comparison, compare
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.question import Question
from offendermgmt.services.trends import backlog_trend
from offendermgmt.services.trends_small import kept_at_ends, trends_as_shown

_OF_MANAGED: Final = trend_definitions.SHARE_OF_MANAGED
# What a figure of a day is made of: it is kept where one of them is.
_MADE_OF: Final[dict[Definition, tuple[str, ...]]] = {
    definitions.OVERDUE: ("overdue",),
    definitions.OVERDUE_SHARE: ("overdue", "running"),
    _OF_MANAGED: ("overdue", "managed"),
    definitions.HIGH_RISK_OVERDUE: ("overdue",),
    definitions.DAYS_OVERDUE: ("overdue",),
    definitions.MOST_OVERDUE: ("overdue",),
    trend_definitions.MANAGED: ("managed",),
    trend_definitions.RUNNING: ("running",),
    trend_definitions.STOCK: ("not_overdue", "running"),
}


def compared_as_shown(question: Question, earlier_on: date, later_on: date) -> Comparison:
    """The comparison of `compare` as the question's viewer may have it, who has the trends of the question beside it.

    Who opens no lists compares ends of months, the question's own day among them, and has no count from 1 to under
    `Question.smallest_count` nor one that would give it back; ValueError for them on other days.
    """
    compared = compare(question, earlier_on, later_on)
    if question.viewer.opens_lists:
        return compared
    trends = trends_as_shown(_between(question, earlier_on, later_on))
    days = np.array([day_number(earlier_on), day_number(later_on)], dtype=np.int32)
    kept = kept_at_ends(backlog_trend(question, on_days=days), question.smallest_count)
    lost = [{str(name) for name in kept if kept[name].iloc[at]} for at in range(len(days))]
    return replace(
        compared,
        figures=tuple(_pair(pair, lost, question.viewer) for pair in compared.figures),
        flow=trends.over_range,
        kept=_in_time(compared.kept, trends.compliance),
    )


def _between(question: Question, earlier_on: date, later_on: date) -> Question:
    """The question over the months between the days."""
    if any((day + timedelta(days=1)).day != 1 for day in {earlier_on, later_on} - {question.as_of}):
        raise ValueError("Who sees counts only compares ends of months: choose the last day of a month.")
    months = Periods.between(earlier_on + timedelta(days=1), later_on, Every.MONTH)
    return replace(question, as_of=later_on, periods=months)


def _pair(pair: Compared, kept: Sequence[set[str]], viewer: Viewer) -> Compared:
    return Compared(_shown(pair.earlier, kept[0], viewer), _shown(pair.later, kept[1], viewer))


def _shown(figure: Figure, kept: set[str], viewer: Viewer) -> Figure:
    if kept.isdisjoint(_MADE_OF[figure.definition]):
        return figure.shown_to(viewer) if figure.definition is definitions.HIGH_RISK_OVERDUE else figure
    return Figure(figure.definition, figure.setting, None, suppressed=True)


def _in_time(share: Figure, months: pd.DataFrame) -> Figure:
    """The share of visits due that were made in time over months, each as of its own end; kept where one of them is."""
    if months[["due", "met"]].isna().any(axis=None):
        return Figure(share.definition, share.setting, None, suppressed=True)
    return Figure.share(share.definition, share.setting, int(months["met"].sum()), int(months["due"].sum()))
