"""Two days side by side, and what moved the backlog between them: `comparison_small` says who may have which of it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import day_number
from offendermgmt.domain.periods import Periods
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services import definitions, reports, trend_definitions
from offendermgmt.services.figures import Figure
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.trends import Split, backlog_trend


@dataclass(frozen=True)
class Compared:
    """One figure on both days; `difference` is None where either has no value that may be shown."""

    earlier: Figure
    later: Figure

    @property
    def title(self) -> str:
        """The figure's name; the share overdue says of whom, for two shares stand side by side."""
        return _TITLES.get(self.later.definition, self.later.definition.title)

    @property
    def difference(self) -> float | None:
        """The later value less the earlier."""
        if self.earlier.value is None or self.later.value is None:
            return None
        return self.later.value - self.earlier.value


_TITLES: Final = {definitions.OVERDUE_SHARE: "Share overdue of those to be visited"}


@dataclass(frozen=True)
class Comparison:
    """Two days compared, as counted.

    `figures` are the backlog's on both days. `groups` (None for a viewer who sees counts only) counts who was overdue:
    a row a risk level and band, columns split, group, earlier, later, difference. `flow` is the one row of the flow
    from the day after the earlier to the later (B2), `kept` the share of visits due between them that were met (B4).
    """

    earlier_on: date
    later_on: date
    figures: tuple[Compared, ...]
    groups: pd.DataFrame | None
    flow: pd.DataFrame
    kept: Figure

    @property
    def between(self) -> Periods:
        """The days after the earlier up to the later, as one period."""
        return Periods.whole(self.earlier_on + timedelta(days=1), self.later_on)


def compare(question: Question, earlier_on: date, later_on: date) -> Comparison:
    """The question asked as of two days, and what happened between; ValueError unless the first is the earlier."""
    if earlier_on >= later_on:
        raise ValueError(f"The earlier day, {earlier_on}, is not before the later day, {later_on}: choose another.")
    days = np.array([day_number(earlier_on), day_number(later_on)], dtype=np.int32)
    span = replace(question, as_of=later_on, periods=Periods.whole(earlier_on + timedelta(days=1), later_on))
    by_risk = backlog_trend(span, Split.RISK, days)
    due = reports.compliance(span).iloc[0]
    asked = [replace(question, as_of=day, periods=None) for day in (earlier_on, later_on)]
    pairs = [_figures(*of_day) for of_day in zip(asked, _by_day(by_risk), strict=True)]
    return Comparison(
        earlier_on,
        later_on,
        tuple(Compared(*pair) for pair in zip(*pairs, strict=True)),
        _groups(by_risk, backlog_trend(span, Split.BAND, days)) if question.viewer.opens_lists else None,
        reports.backlog_flow(span),
        Figure.share(trend_definitions.COMPLIANCE_FLOW, setting_of(span), int(due["met"]), int(due["due"])),
    )


def _by_day(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of the earlier day and those of the later: `backlog_trend` has as many groups on each."""
    half = len(rows) // 2
    return rows.iloc[:half], rows.iloc[half:]


def _figures(question: Question, rows: pd.DataFrame) -> list[Figure]:
    """The figures of the board of overdue visits, the clocks and the managed, from a day's rows by risk."""
    setting = setting_of(question)
    late, running, managed = (int(rows[column].sum()) for column in ("overdue", "running", "managed"))
    high = int(rows.loc[rows["group"].isin([RiskLevel.VERY_HIGH, RiskLevel.HIGH]), "overdue"].sum())
    days, longest = int(rows["days_overdue_total"].sum()), int(rows["longest_days_overdue"].max())
    return [
        Figure(definitions.OVERDUE, setting, late),
        Figure.share(definitions.OVERDUE_SHARE, setting, late, running),
        Figure.share(trend_definitions.SHARE_OF_MANAGED, setting, late, managed),
        Figure.share(definitions.HIGH_RISK_OVERDUE, setting, high, late),
        Figure(definitions.DAYS_OVERDUE, setting, days),
        Figure(definitions.MOST_OVERDUE, setting, longest if late else None),
        Figure(trend_definitions.MANAGED, setting, managed),
        Figure(trend_definitions.RUNNING, setting, running),
        Figure.share(trend_definitions.STOCK, setting, running - late, running),
    ]


def _groups(by_risk: pd.DataFrame, by_band: pd.DataFrame) -> pd.DataFrame:
    """Counts by risk and by band; the bands are those of the later day's policy on both days, so that they compare."""
    parts = []
    for split, rows in ((Split.RISK, by_risk), (Split.BAND, by_band)):
        earlier, later = (day["overdue"].to_numpy() for day in _by_day(rows))
        group = rows["group"].to_numpy()[: len(earlier)]
        counts = {"earlier": earlier, "later": later, "difference": later - earlier}
        parts.append(pd.DataFrame({"split": str(split), "group": group, **counts}))
    return pd.concat(parts, ignore_index=True)
