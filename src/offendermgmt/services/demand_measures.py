"""Where POLIT stands on a day, and how it has worked: its backlog, people, pace and what comes in (Q45, Q46)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.capacity import Pace, fte_by_day, pace
from offendermgmt.domain.days import Days, to_date
from offendermgmt.domain.forecast import Floats
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.polit import flow
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.simulation import is_working
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.demand import demand_policy, received_days
from offendermgmt.services.labels import dates
from offendermgmt.services.polit_stock import cases_at_ends
from offendermgmt.services.question import Question
from offendermgmt.services.suppression import shown_to

YEAR: Final = 365
_WEEK: Final = 7


@dataclass(frozen=True)
class Measured:
    """Where the unit stands on a day and how it has worked: what a simulation starts from (Q45, Q46).

    `backlog` on the day, `fte` on average of the last working days, `pace` over the last months, and `per_receipt`:
    how many cases come into the backlog for each one received, those that come back included.
    """

    on: date
    backlog: int
    fte: float
    pace: Pace
    per_receipt: float


def history_of_backlog(question: Question) -> pd.DataFrame:
    """The flow of the whole unit's backlog on each of the last `YEAR` days (P6), its columns and `day`."""
    periods = Periods.between(to_date(question.on - YEAR + 1), question.as_of, Every.DAY)
    return flow(question.snapshot.cases.segments, periods).assign(day=periods.first)


def past_backlog(question: Question, daily: pd.DataFrame) -> pd.DataFrame:
    """The backlog at the end of each week of the last year, up to the question's day, as the viewer may have it.

    Columns on, backlog (missing where it is kept from the viewer).
    """
    weekly = daily.iloc[::-1].iloc[::_WEEK].iloc[::-1]
    days = weekly["day"].to_numpy()
    rows = pd.DataFrame({"on": dates(days), "backlog": weekly["closing"].to_numpy()})
    # The page of the day shows the open cases, and keeps the backlog where the others of them are few.
    live = pd.DataFrame({"live": cases_at_ends(question, days)["open"].to_numpy() - rows["backlog"].to_numpy()})
    told = shown_to(question, rows.join(live), ["backlog", "live"])
    return told[["on", "backlog"]].assign(backlog=told["backlog"].mask(told["live"].isna()))


def measured(question: Question, daily: pd.DataFrame) -> Measured:
    """Where the unit stands on the question's day, from its daily flow (`history_of_backlog`)."""
    policy, days = demand_policy(question), daily["day"].to_numpy()
    fte = investigators_fte(question, days)
    left = (daily["progressed"] + daily["closed_from_backlog"]).to_numpy()
    opening, recent = daily["opening"].to_numpy(), slice(-policy.pace_days, None)
    at_work = fte[-policy.staff_days :][is_working(days[-policy.staff_days :])]
    received = int((received_days(question) >= days[0]).sum())
    came = int(daily["received"].sum() + daily["returned"].sum())
    return Measured(
        on=question.as_of,
        backlog=int(daily["closing"].iloc[-1]),
        fte=round(float(at_work.mean()), 1) if len(at_work) else 0.0,
        pace=pace(left[recent], opening[recent], fte[recent]),
        per_receipt=came / received if received else 1.0,
    )


def investigators_fte(question: Question, days: Days) -> Floats:
    """FTE of investigators at work on each day, 0 on days nobody works: POLIT's officers who are no supervisors."""
    return np.where(is_working(days), fte_by_day(question.snapshot.facts, _investigators(question), days), 0.0)


def _investigators(question: Question) -> Flags:
    """Officers of POLIT's teams who are no supervisors, by code."""
    facts, snapshot = question.snapshot.facts, question.snapshot
    teams, officers = facts.tables["teams"], facts.tables["officers"]
    of_unit = teams[(teams["unit"] == Unit.POLIT).to_numpy()]["team_ref"].cat.codes.to_numpy()
    counted: Flags = np.isin(snapshot.team_of_officer, of_unit)
    supervisors = officers[officers["is_supervisor"].to_numpy()]["officer_ref"].cat.codes.to_numpy()
    counted[supervisors] = False
    return counted
