"""Measures of POLIT's cases, children and staff, month by month."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain.assessments import supervisors
from offendermgmt.domain.capacity import fte_of_each, posts_of_each
from offendermgmt.domain.days import Days
from offendermgmt.domain.polit import CLOSED, IN_BACKLOG
from offendermgmt.domain.polit_flow import referred
from offendermgmt.domain.segments import Codes
from offendermgmt.domain.visits import standing_on
from offendermgmt.domain.vocabulary import RiskLevel, Unit
from offendermgmt.services.measured import Asked, Source
from offendermgmt.services.measured_offenders import of_unit
from offendermgmt.services.polit_flow import ALL_LEVELS, FlowBoard, flow_board
from offendermgmt.services.polit_flow_events import on_day
from offendermgmt.services.polit_flow_small import flow_as_shown
from offendermgmt.services.polit_stock import children_at_ends
from offendermgmt.services.question import Question


def _cases(asked: Asked) -> pd.DataFrame:
    """Open cases at each month's end, as the polit report has them, and what investigators hold of them (Q5, Q7)."""
    question, ends = asked.question, asked.months.last
    now, at = standing_on(question.snapshot.cases.segments, ends, question.counted_case_segments())
    is_open = (now["stage"] != CLOSED).to_numpy()
    now, at = now[is_open], at[is_open]
    backlog = IN_BACKLOG[now["stage"].to_numpy()]
    limits = [[month.policy.polit_stalled_days[level] for level in RiskLevel] for month in asked.month_ends]
    stalled = ends[at] - now["last_activity"].to_numpy() > np.array(limits)[at, now["risk"].to_numpy()]
    chosen = {
        "open": np.ones(len(now), dtype=bool),
        "backlog": backlog,
        "live": ~backlog,
        "past_limit": backlog & (now["act_by"].to_numpy() < ends[at]),
        "within_limit": backlog & (now["act_by"].to_numpy() >= ends[at]),
        "stalled": stalled,
        "not_stalled": ~stalled,
    }
    rows = pd.DataFrame({name: np.bincount(at[flags], minlength=len(ends)) for name, flags in chosen.items()})
    return rows.join(_investigators(question, ends, now["officer"].to_numpy(), at))


def _investigators(question: Question, ends: Days, holder: Codes, at: Codes) -> pd.DataFrame:
    """Cases by whether somebody is there to work them, and the FTE of who is, as `investigators.holders` says (Q7)."""
    facts = question.snapshot.facts
    fte, (in_post, left) = fte_of_each(facts, ends), posts_of_each(facts, ends)
    fte = np.where(left, 0.0, np.nan_to_num(fte))
    is_there = np.vstack([fte > 0, np.zeros((1, len(ends)), dtype=bool)])[holder, at]
    holds = np.zeros_like(left)
    holds[holder[holder >= 0], at[holder >= 0]] = True
    counted = of_unit(question, Unit.POLIT) & ~supervisors(facts) & question.case_scope.officers
    at_work = fte * (holds | (in_post & counted[:, None]))
    chosen = {"there": is_there, "not_there": ~is_there, "away": ~is_there & (holder >= 0), "nobody": holder < 0}
    cases = {name: np.bincount(at[flags], minlength=len(ends)) for name, flags in chosen.items()}
    return pd.DataFrame({**cases, "investigators": (at_work > 0).sum(axis=0), "fte": at_work.sum(axis=0)})


def _children(asked: Asked) -> pd.DataFrame:
    """Children of open cases at each month's end (P7, Q1), and who was identified, safeguarded, referred in the month.

    Each counts for whoever held the case on the day (M7).
    """
    known = children_at_ends(asked.question, asked.months.last)
    return known.join(_moved(flow_board(asked.question))).assign(referred=_referred(asked))


def _moved(board: FlowBoard) -> pd.DataFrame:
    return board.children.periods[["identified", "safeguarded"]]


def _kept_of_moved(asked: Asked) -> pd.DataFrame:
    return _moved(flow_as_shown(asked.question)).isna()


def _referred(asked: Asked) -> npt.NDArray[np.int64]:
    question = asked.question
    rows = referred(question.snapshot.facts)
    officer = on_day(question, "officer", rows["case"].to_numpy(), rows["day"].to_numpy())
    return asked.months.counts(rows["day"].to_numpy()[question.case_scope.holds(officer)])


def _flow(asked: Asked) -> pd.DataFrame:
    return _columns(flow_board(asked.question))


def _kept_of_flow(asked: Asked) -> pd.DataFrame:
    return _columns(flow_as_shown(asked.question)).isna()


def _columns(board: FlowBoard) -> pd.DataFrame:
    acted = board.acted.periods
    acted = acted[(acted["group"] == ALL_LEVELS).to_numpy()].reset_index(drop=True)
    return pd.DataFrame(
        {
            "received": board.referrals.periods["referrals"],
            "acted": acted["acted"],
            "in_time": acted["in_time"],
            "late": acted["late"],
        }
    )


# What `steady` names, POLIT's pages of the day and of demand show, and measures cannot keep for the sake of others.
CASES: Final = Source(
    "polit cases",
    Unit.POLIT,
    _cases,
    sums=(
        ("open", "backlog", "live"),
        ("backlog", "past_limit", "within_limit"),
        ("open", "stalled", "not_stalled"),
        ("open", "there", "not_there"),
        ("not_there", "away", "nobody"),
    ),
    alone=("investigators",),
    steady=("open", "away", "nobody"),
)
CHILDREN: Final = Source(
    "children",
    Unit.POLIT,
    _children,
    sums=(("known", "awaiting", "safe"), ("known", "unreferred", "referred_by")),
    alone=("identified", "safeguarded", "referred"),
    kept_elsewhere=_kept_of_moved,
    steady=("known",),
)
FLOW: Final = Source(
    "polit flow",
    Unit.POLIT,
    _flow,
    sums=(("acted", "in_time", "late"),),
    alone=("received",),
    kept_elsewhere=_kept_of_flow,
)
