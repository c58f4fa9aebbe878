"""Measures of MOSOVO's caseloads, staff, assessments and orders at each month's end."""

from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain import assessments, caseload
from offendermgmt.domain.capacity import fte_by_day, fte_of_each, posts_of_each
from offendermgmt.domain.days import NEVER, day_numbers
from offendermgmt.domain.prevention import preventive_orders
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.visits import is_managed, standing_on
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.measured import Asked, Source
from offendermgmt.services.measured_visits import VISITS
from offendermgmt.services.question import Question


def _caseload(asked: Asked) -> pd.DataFrame:
    question, ends = asked.question, asked.months.last
    segments = question.snapshot.timeline.segments
    now, day = standing_on(segments, ends, question.counted_segments())
    policies = [month.policy for month in asked.month_ends]
    rows = caseload.over_limits(day, now, fte_of_each(question.snapshot.facts, ends), policies)
    rows["cases"] = rows["allocated"] + rows["unallocated"]
    for limit in ("share", "cap"):
        rows[f"within_{limit}"] = rows["officers"] - rows[f"over_{limit}"]
    rows = rows.join(_staff(asked))
    return rows if question.offender_scope.unallocated else rows.assign(unallocated=np.nan)


def _staff(asked: Asked) -> pd.DataFrame:
    """Officers of MOSOVO's teams in post who are no supervisors, and the FTE available to them (M6)."""
    question, ends = asked.question, asked.months.last
    facts = question.snapshot.facts
    counted = of_unit(question, Unit.MOSOVO) & ~assessments.supervisors(facts) & question.offender_scope.officers
    there = posts_of_each(facts, ends)[0] & counted[:, None]
    return pd.DataFrame({"officers_there": there.sum(axis=0), "fte": fte_by_day(facts, counted, ends)})


def of_unit(question: Question, unit: Unit) -> Flags:
    """Officers of a unit's teams, by code."""
    teams = question.snapshot.facts.tables["teams"]
    of_unit = teams[(teams["unit"] == unit).to_numpy()]["team_ref"].cat.codes.to_numpy()
    member: Flags = np.isin(question.snapshot.team_of_officer, of_unit)
    return member


def _assessed(asked: Asked) -> pd.DataFrame:
    """How many of those whose clock runs are past each review (A1, A2); missing where no reviews are recorded."""
    question, ends = asked.question, asked.months.last
    facts, timeline = question.snapshot.facts, question.snapshot.timeline
    counted = question.offender_scope.holds(timeline.segments["officer"].to_numpy())
    rows = assessments.past_reviews(
        timeline, facts, ends, [each.policy.assessments for each in asked.month_ends], counted
    )
    first_review = day_numbers(facts.tables["plan_reviews"]["reviewed_on"]).min(initial=NEVER)
    rows["plan_past_review"] = rows["plan_past_review"].where(first_review <= ends)
    late = ("arms_not_done", "arms_past_review", "plan_past_review")
    return rows.assign(**{f"not_{name}": rows["running"] - rows[name] for name in late})


def _orders(asked: Asked) -> pd.DataFrame:
    """Managed offenders with an order in force, and orders that began, notification and its like apart (M7)."""
    question, months = asked.question, asked.months
    facts, segments = question.snapshot.facts, question.snapshot.timeline.segments
    now, at = standing_on(segments, months.last, question.counted_segments())
    managed = is_managed(now)
    offender, at = now["offender"].to_numpy()[managed], at[managed]
    orders = preventive_orders(facts, question.policy.assessments.reactive_orders)
    begins, ends = orders["begins"].to_numpy(), orders["ends"].to_numpy()
    of_order, number = orders["offender"].to_numpy(), len(facts.registers["offender"])
    in_force = np.zeros((len(months), number), dtype=bool)
    for position, day in enumerate(months.last):
        in_force[position, of_order[(begins <= day) & (ends > day)]] = True
    under = in_force[at, offender]
    is_ours = np.zeros((len(months), number), dtype=bool)
    is_ours[at, offender] = True
    began = months.of(begins)
    began = began[(began >= 0) & is_ours[began, of_order]]
    return pd.DataFrame(
        {
            "managed": np.bincount(at, minlength=len(months)),
            "under_order": np.bincount(at[under], minlength=len(months)),
            "without_order": np.bincount(at[~under], minlength=len(months)),
            "orders_begun": np.bincount(began, minlength=len(months)),
        }
    )


CASELOAD: Final = Source(
    "caseload",
    Unit.MOSOVO,
    _caseload,
    sums=(
        ("officers", "over_share", "within_share"),
        ("officers", "over_cap", "within_cap"),
        ("cases", "allocated", "unallocated"),
    ),
    alone=("officers_there",),
    same_as={"cases": (VISITS, "managed")},
)
ASSESSED: Final = Source(
    "assessed",
    Unit.MOSOVO,
    _assessed,
    sums=(
        ("running", "arms_not_done", "not_arms_not_done"),
        ("running", "arms_past_review", "not_arms_past_review"),
        ("running", "plan_past_review", "not_plan_past_review"),
    ),
    same_as={"running": (VISITS, "running")},
)
ORDERS: Final = Source(
    "orders",
    Unit.MOSOVO,
    _orders,
    sums=(("managed", "under_order", "without_order"),),
    alone=("orders_begun",),
    same_as={"managed": (VISITS, "managed")},
)
