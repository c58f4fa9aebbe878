"""The cases behind a figure of POLIT's flow: a list as long as the figure."""

from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.periods import Periods
from offendermgmt.services.labels import LEVELS, STAGES, dates, refs, team_refs
from offendermgmt.services.polit_flow import ALL_LEVELS, REST, common_groups, grouped
from offendermgmt.services.polit_flow_events import (
    CHILDREN,
    CLOCK_STATES,
    STOCK,
    Measure,
    events,
    on_day,
    received_on,
    stock,
)
from offendermgmt.services.question import Question

OF_SOURCES: Final = frozenset({Measure.REFERRALS, Measure.CLOSED})


def flow_cases(question: Question, measure: Measure, period: Periods, group: str | None = None) -> pd.DataFrame:
    """The list behind a measure in one period, in order of day and reference.

    Columns case_ref, on (the day it counts on), received_on, stage and risk_level of that day (of a clock, of the
    question's day), officer_ref and team_ref of the holder it counts for (empty = unallocated), and where the measure
    has them days, act_by, group (a source, an outcome, a stage left), state (of a clock) and ref (of an enforcement or
    a child, a row each). The opening is of the day before the period. A `group` (a stage, a level or ALL_LEVELS, a
    clock, a column of sources or outcomes) narrows a measure that has groups. NotPermitted for who sees counts only.
    """
    question.viewer.require_lists()
    if measure in STOCK:
        rows = stock(question, int(period.first[0]) - 1 if measure is Measure.OPENING else int(period.last[-1]))
    else:
        rows = events(question, measure)
        if group is not None and "group" in rows:
            rows = rows[_of_group(question, measure, rows, group)]
        rows = rows[period.of(rows["day"].to_numpy()) >= 0]
    return _named(question, measure, rows)


def _of_group(
    question: Question, measure: Measure, rows: pd.DataFrame, group: str
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    if group == ALL_LEVELS:
        return np.ones(len(rows), dtype=bool)
    if measure not in OF_SOURCES:
        return (rows["group"] == group).to_numpy()
    # What the rest is follows from the whole range that is on show.
    common = common_groups(rows, question.range) if group == REST else (group,)
    return grouped(rows, common) == common.index(group) if group in common else np.zeros(len(rows), dtype=bool)


def _named(question: Question, measure: Measure, rows: pd.DataFrame) -> pd.DataFrame:
    snapshot, case, day = question.snapshot, rows["case"].to_numpy(), rows["day"].to_numpy()
    officer = rows["officer"].to_numpy()
    # A clock counts on the day of receipt; where its case stands now is what its reader needs.
    stands = np.full(len(case), question.on, dtype=np.int32) if measure in CLOCK_STATES else day
    more = [name for name in ("days", "group", "state") if name in rows]
    named = pd.DataFrame(
        {
            "case_ref": refs(snapshot, "case", case),
            "on": dates(day),
            "received_on": dates(received_on(question)[case]),
            "stage": STAGES[on_day(question, "stage", case, stands)],
            "risk_level": LEVELS[on_day(question, "risk", case, stands)],
            "officer_ref": refs(snapshot, "officer", officer),
            "team_ref": team_refs(snapshot, officer),
            **({"act_by": dates(rows["act_by"].to_numpy())} if "act_by" in rows else {}),
            **{name: np.asarray(rows[name]) for name in more},
            **({"ref": _references(question, measure, rows["row"].to_numpy())} if "row" in rows else {}),
        }
    )
    return named.sort_values(["on", "case_ref"], kind="stable", ignore_index=True)


def _references(question: Question, measure: Measure, rows: "np.ndarray[tuple[int], np.dtype[np.intp]]") -> list[str]:
    table, column = (
        ("polit_children", "child_ref") if measure in CHILDREN else ("polit_enforcements", "enforcement_ref")
    )
    return list(question.snapshot.facts.tables[table][column].take(rows))
