"""POLIT's flow and timeliness by period: referrals, the backlog, stages, time to act, clocks, outcomes, work done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.polit_flow import spread
from offendermgmt.domain.vocabulary import CaseClock, ClockState, RiskLevel, Stage
from offendermgmt.services import reports
from offendermgmt.services.polit_flow_events import CHILDREN, CLOCK_STATES, ENFORCED, Measure, events
from offendermgmt.services.question import Question

Rows = Mapping[Measure, pd.DataFrame]
Places = npt.NDArray[np.intp]

STAGES: Final = tuple(str(stage) for stage in Stage if stage is not Stage.CLOSED)
LEVELS: Final = tuple(str(level) for level in RiskLevel)
ALL_LEVELS: Final = "all"
CLOCKS: Final = tuple(str(clock) for clock in CaseClock)
COUNTED: Final = (
    *(Measure.REFERRALS, Measure.SAME_DAY, Measure.LEFT, Measure.RUNNING, Measure.CLOCK_STARTED, Measure.CLOSED),
    *(*ENFORCED, *CHILDREN),
)
# A source or outcome as recorded stands after this mark, so that none can be taken for a column or for the rest.
RECORDED: Final = "="
NOT_RECORDED: Final = RECORDED
REST: Final = "rest"
# More would make neither a chart nor a table that can be read; the rest are counted together.
MOST_GROUPS: Final = 6


@dataclass(frozen=True)
class Part:
    """One set of figures, by period (and group) and over the whole range; the same columns but for those said.

    Both have period_start and period_end.
    """

    periods: pd.DataFrame
    whole: pd.DataFrame


@dataclass(frozen=True)
class FlowBoard:
    """The page's figures, as counted; `polit_flow_small.flow_as_shown` gives them as a viewer may have them.

    children: identified, safeguarded (Q37).
    flow: columns of the report polit-flow (P6).
    referrals: referrals, received (P6), same_day, and by period a column for each of `source_columns` (Q30, Q31).
    sources: over the range; group, referrals, of (all referrals), share.
    stays: group (a stage), left, median_days, nine_in_ten_days; over the range also running, running_median_days,
    running_nine_in_ten_days, longest_days of the stays that run at the end of the last day (Q32, Q33).
    acted: group (a risk level or ALL_LEVELS), acted, in_time, late, rate (P4).
    clocks: group (a clock), clock_started, clock_stopped, clock_running, clock_closed, median_days, nine_in_ten_days,
    by the period of receipt (Q34).
    outcomes: closed, and by period a column for each of `outcome_columns` (Q35); results: over the range, group,
    closed, of, share.
    work: arrest, voluntary_interview, warrant, referrals, arrests_per_100 (Q36).
    """

    children: Part
    flow: Part
    referrals: Part
    sources: pd.DataFrame
    stays: Part
    acted: Part
    clocks: Part
    outcomes: Part
    results: pd.DataFrame
    work: Part

    @property
    def source_columns(self) -> tuple[str, ...]:
        """The sources, the most frequent first, and REST where there are more."""
        return tuple(self.sources["group"])

    @property
    def outcome_columns(self) -> tuple[str, ...]:
        """The outcomes, the most frequent first, and REST where there are more."""
        return tuple(self.results["group"])


def flow_board(question: Question) -> FlowBoard:
    """The figures of the question's periods as counted, nothing kept from the viewer; not to be written to."""
    scope, periods = question.case_scope, question.range
    holders = None if scope.everything else (scope.unallocated, scope.officers.tobytes())
    asked = (question.on, periods.first.tobytes(), periods.last.tobytes(), holders)
    board: FlowBoard = question.snapshot.flows.answer(asked, lambda: _counted(question))
    return board


def _counted(question: Question) -> FlowBoard:
    over = replace(question, periods=Periods.whole(to_date(int(question.range.first[0])), question.as_of))
    spans = (question.range, over.range)
    rows = {measure: events(question, measure) for measure in COUNTED}
    sources = common_groups(rows[Measure.REFERRALS], question.range)
    outcomes = common_groups(rows[Measure.CLOSED], question.range)
    referrals = Part(*(_referrals(rows, periods, sources) for periods in spans))
    closed = Part(*(_outcomes(rows, periods, outcomes) for periods in spans))
    stays = Part(*(_stays(rows, periods) for periods in spans))
    return FlowBoard(
        children=Part(*(_each(rows, periods, tuple(CHILDREN)) for periods in spans)),
        flow=Part(*(reports.polit_flow(of) for of in (question, over))),
        referrals=referrals,
        sources=_of_whole(referrals.whole, sources, "referrals"),
        stays=replace(stays, whole=_with_running(rows, stays.whole)),
        acted=Part(*(_acted(of) for of in (question, over))),
        clocks=Part(*(_clocks(rows, periods) for periods in spans)),
        outcomes=closed,
        results=_of_whole(closed.whole, outcomes, "closed"),
        work=Part(*(_work(rows, periods) for periods in spans)),
    )


def cases_known(question: Question) -> int:
    """How many cases the question's scope held on the day they were received, or at any time since, up to its day."""
    segments = question.snapshot.cases.segments
    counted = question.case_scope.holds(segments["officer"].to_numpy()) & (segments["start"] <= question.on).to_numpy()
    return int(segments["case"][counted].nunique())


def is_cut(as_of: date, every: Every) -> bool:
    """Whether the period that the day lies in goes on after it, so that its counts will still rise."""
    return len(Periods.between(as_of, as_of + timedelta(days=1), every)) == 1


def common_groups(rows: pd.DataFrame, periods: Periods) -> tuple[str, ...]:
    """The groups of `events` within the periods that have columns of their own, and REST where there are more.

    The most frequent first; a source or outcome as recorded after RECORDED.
    """
    inside = rows["group"][periods.of(rows["day"].to_numpy()) >= 0]
    counts = inside.value_counts().rename_axis("group").reset_index().astype({"group": "str"})
    found = counts[counts["count"] > 0].sort_values(["count", "group"], ascending=[False, True])["group"]
    shown = tuple(f"{RECORDED}{group}" for group in found)
    return shown if len(shown) <= MOST_GROUPS else (*shown[: MOST_GROUPS - 1], REST)


def grouped(rows: pd.DataFrame, groups: tuple[str, ...]) -> Places:
    """Position of each row's group among `groups`: its own column, REST's, or -1."""
    position = _position(rows["group"].cat.rename_categories(lambda group: f"{RECORDED}{group}"), groups)
    return np.where(position < 0, groups.index(REST) if REST in groups else -1, position)


def _counts(rows: pd.DataFrame, periods: Periods) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    return periods.counts(rows["day"].to_numpy())


def _by_group(rows: pd.DataFrame, periods: Periods, groups: tuple[str, ...]) -> pd.DataFrame:
    position, group = periods.of(rows["day"].to_numpy()), grouped(rows, groups)
    cell = (position * len(groups) + group)[(position >= 0) & (group >= 0)]
    counts = np.bincount(cell, minlength=len(periods) * len(groups)).reshape(len(periods), len(groups))
    return pd.DataFrame(counts.astype(np.int64), columns=list(groups))


def _referrals(rows: Rows, periods: Periods, sources: tuple[str, ...]) -> pd.DataFrame:
    counts = pd.DataFrame({str(one): _counts(rows[one], periods) for one in (Measure.REFERRALS, Measure.SAME_DAY)})
    counts.insert(1, "received", counts["referrals"] - counts["same_day"])
    return reports.with_periods(periods, counts.join(_by_group(rows[Measure.REFERRALS], periods, sources)))


def _outcomes(rows: Rows, periods: Periods, outcomes: tuple[str, ...]) -> pd.DataFrame:
    counts = pd.DataFrame({"closed": _counts(rows[Measure.CLOSED], periods)})
    return reports.with_periods(periods, counts.join(_by_group(rows[Measure.CLOSED], periods, outcomes)))


def _of_whole(whole: pd.DataFrame, groups: tuple[str, ...], measure: str) -> pd.DataFrame:
    of = int(whole[measure].iloc[0])
    rows = pd.DataFrame({"group": pd.Series(groups, dtype="str"), measure: whole[list(groups)].iloc[0].to_numpy()})
    rows = rows.assign(of=np.full(len(rows), of, dtype=np.int64))
    return rows.assign(share=reports.share(rows[measure], rows["of"]))


def _stays(rows: Rows, periods: Periods) -> pd.DataFrame:
    return _spread(rows[Measure.LEFT], periods, STAGES).rename(columns={"number": "left"})


def _with_running(rows: Rows, whole: pd.DataFrame) -> pd.DataFrame:
    now = rows[Measure.RUNNING]
    so_far = spread(_position(now["group"], STAGES), now["days"].to_numpy(), len(STAGES))
    longest = now.groupby("group", observed=True)["days"].max().reindex(list(STAGES)).astype("Int64").array
    return whole.assign(
        running=so_far["number"],
        running_median_days=so_far["median_days"],
        running_nine_in_ten_days=so_far["nine_in_ten_days"],
        longest_days=longest,
    )


def _acted(question: Question) -> pd.DataFrame:
    report = reports.polit_timeliness(question).rename(columns={"risk_level": "group"})
    bounds, counts = ["period_start", "period_end"], ["acted", "in_time"]
    every = report.groupby(bounds, as_index=False, sort=False)[counts].sum().assign(group=ALL_LEVELS)
    rows = pd.concat([report[[*bounds, "group", *counts]], every], ignore_index=True)
    rows = rows.assign(late=rows["acted"] - rows["in_time"], rate=reports.share(rows["in_time"], rows["acted"]))
    return rows.sort_values("period_start", kind="stable", ignore_index=True)


def _clocks(rows: Rows, periods: Periods) -> pd.DataFrame:
    begun = rows[Measure.CLOCK_STARTED]
    # A clock that a closing ended will never stop: its case counts beside, not as slow.
    took = _spread(begun[(begun["state"] != ClockState.CLOSED).to_numpy()], periods, CLOCKS, "taken")
    cell = _cells(begun, periods, CLOCKS)
    for at, (measure, state) in enumerate(CLOCK_STATES.items(), start=3):
        counted = cell[(cell >= 0) & (True if state is None else (begun["state"] == state).to_numpy())]
        took.insert(at, str(measure), np.bincount(counted, minlength=len(took)).astype(np.int64))
    return took.drop(columns="number")


def _work(rows: Rows, periods: Periods) -> pd.DataFrame:
    counts = _each(rows, periods, (*ENFORCED, Measure.REFERRALS))
    return counts.assign(arrests_per_100=100 * reports.share(counts["arrest"], counts["referrals"]))


def _each(rows: Rows, periods: Periods, measures: tuple[Measure, ...]) -> pd.DataFrame:
    counts = pd.DataFrame({str(measure): _counts(rows[measure], periods) for measure in measures})
    return reports.with_periods(periods, counts)


def _spread(rows: pd.DataFrame, periods: Periods, groups: tuple[str, ...], days: str = "days") -> pd.DataFrame:
    """How long things took by period and group (`spread`), a row for each in that order."""
    number = len(groups)
    took = spread(_cells(rows, periods, groups), rows[days].to_numpy(), len(periods) * number)
    bounds = Periods(np.repeat(periods.first, number), np.repeat(periods.last, number))
    named = pd.DataFrame({"group": np.tile(np.array(groups, dtype=object), len(periods))})
    return reports.with_periods(bounds, named.join(took))


def _cells(rows: pd.DataFrame, periods: Periods, groups: tuple[str, ...]) -> Places:
    """The number of each row's period and group, in that order; -1 for a row in none."""
    position, group = periods.of(rows["day"].to_numpy()), _position(rows["group"], groups)
    return np.where((position >= 0) & (group >= 0), position * len(groups) + group, -1)


def _position(group: "pd.Series[Any]", groups: tuple[str, ...]) -> Places:
    """The place of each row's group among the groups, -1 where it is none of them."""
    of_category = pd.Index(groups, dtype="str").get_indexer(group.cat.categories.astype("str"))
    return np.append(of_category, -1)[group.cat.codes.to_numpy()]
