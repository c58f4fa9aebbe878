"""What a measure may be of: each figure by its code, what it means, in what unit, and from which counts."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.policy import Policy
from offendermgmt.services import (
    caseload_definitions,
    crewing_definitions,
    investigator_definitions,
    polit_definitions,
    polit_flow_definitions,
    refused,
    trend_definitions,
)
from offendermgmt.services import definitions as overdue_definitions
from offendermgmt.services import measure_definitions as own
from offendermgmt.services.assessment_definitions import Concern
from offendermgmt.services.assessment_definitions import definitions as assessment_definitions
from offendermgmt.services.figures import Definition
from offendermgmt.services.measured import Source
from offendermgmt.services.measured_data import REFUSED
from offendermgmt.services.measured_offenders import ASSESSED, CASELOAD, ORDERS
from offendermgmt.services.measured_polit import CASES, CHILDREN, FLOW
from offendermgmt.services.measured_visits import COMPLIANCE, CREWS, FINDINGS, RECORDING, VISITS
from offendermgmt.services.polit_definitions import CaseList, ChildList


class MeasureUnit(StrEnum):
    """In what a figure's value is: a fraction, a number of things, days, or a number for each of something."""

    SHARE = "share"
    COUNT = "count"
    DAYS = "days"
    RATE = "rate"


@dataclass(frozen=True)
class MeasureFigure:
    """A figure that can be a measure.

    `is_level`: as it stands at a month's end, not over the month. `label` says what the value is, for an axis;
    `counts` and `of` what its numerator and denominator count, empty where there is none. `numerator`, `denominator`
    and `value` are columns of the source, `tells` counts that the value gives away.
    """

    code: str
    defined: Definition | Callable[[Policy], Definition]
    unit: MeasureUnit
    is_level: bool
    label: str
    source: Source
    numerator: str = ""
    denominator: str = ""
    counts: str = ""
    of: str = ""
    value: str = ""
    tells: tuple[str, ...] = ()

    def definition(self, policy: Policy) -> Definition:
        """What the figure counts, with the policy's own numbers in it."""
        return self.defined if isinstance(self.defined, Definition) else self.defined(policy)

    @property
    def told(self) -> tuple[str, ...]:
        """The counts that the figure tells: where one of them is kept from a viewer, so is the figure."""
        made_of = (self.numerator, self.denominator, *self.tells)
        return tuple(column for column in made_of if column in self.source.counts)

    def of_months(self, counted: pd.DataFrame) -> pd.DataFrame:
        """Numerator, denominator and value of each month, NaN where there is none, from the source's table."""
        missing = pd.Series(np.nan, index=counted.index)
        numerator = counted[self.numerator] if self.numerator else missing
        denominator = counted[self.denominator] if self.denominator else missing
        value = counted[self.value] if self.value else numerator
        if self.denominator:
            value = numerator / denominator.where(denominator > 0)
        return pd.DataFrame({"numerator": numerator, "denominator": denominator, "value": value})


def _share(
    code: str,
    defined: Definition | Callable[[Policy], Definition],
    source: Source,
    columns: tuple[str, str],
    words: tuple[str, str],
    *,
    is_level: bool,
) -> MeasureFigure:
    label = f"{words[0]}, of {words[1][0].lower()}{words[1][1:]}"
    return MeasureFigure(code, defined, MeasureUnit.SHARE, is_level, label, source, *columns, *words)


def _count(
    code: str, definition: Definition, source: Source, column: str, label: str, *, is_level: bool
) -> MeasureFigure:
    return MeasureFigure(code, definition, MeasureUnit.COUNT, is_level, label, source, numerator=column, counts=label)


def _value(
    code: str, definition: Definition, unit: MeasureUnit, source: Source, column: str, label: str, tells: str
) -> MeasureFigure:
    return MeasureFigure(code, definition, unit, True, label, source, value=column, tells=(tells,))


def _per_fte(code: str, definition: Definition, source: Source, columns: tuple[str, str], words: str) -> MeasureFigure:
    cases, staff = columns
    label = f"{words} per FTE"
    return MeasureFigure(
        code, definition, MeasureUnit.RATE, True, label, source, cases, "fte", words, "FTE available", tells=(staff,)
    )


def _concern(concern: Concern) -> Callable[[Policy], Definition]:
    return lambda policy: assessment_definitions(policy.assessments)[concern]


def _visits() -> Iterable[MeasureFigure]:
    overdue, days = overdue_definitions, MeasureUnit.DAYS
    running, level, flow = "Visit clocks running", {"is_level": True}, {"is_level": False}
    yield _count("overdue", overdue.OVERDUE, VISITS, "overdue", "Offenders overdue", **level)
    overdue_of = ("overdue", "running")
    yield _share("overdue-share", overdue.OVERDUE_SHARE, VISITS, overdue_of, ("Overdue", running), **level)
    high = "High and very high risk overdue"
    yield _count("overdue-high-risk", overdue.HIGH_RISK_OVERDUE, VISITS, "high_risk_overdue", high, **level)
    total, longest = "days_overdue_total", "longest_days_overdue"
    yield _value("days-overdue", overdue.DAYS_OVERDUE, days, VISITS, total, "Days overdue in total", "overdue")
    yield _value("longest-overdue", overdue.MOST_OVERDUE, days, VISITS, longest, "Days, the most overdue", "overdue")
    met, in_time = ("met", "due"), ("Visited in time", "Visits that fell due")
    yield _share("compliance", trend_definitions.COMPLIANCE_FLOW, COMPLIANCE, met, in_time, **flow)


def _crews() -> Iterable[MeasureFigure]:
    words = crewing_definitions
    double = ("double_crewed", "attended")
    yield _share("double-crewed", words.COMPLIANCE, CREWS, double, ("Double-crewed", "Attended visits"), is_level=False)
    alone = "Lone visits, unauthorised"
    yield _count("lone-unauthorised", words.UNAUTHORISED, CREWS, "lone_unauthorised", alone, is_level=False)
    found, judged = ("found_in_time", "to_be_found"), ("Found in time", "Findings on lone visits due")
    yield _share("lone-found-in-time", own.FOUND_IN_TIME, FINDINGS, found, judged, is_level=False)


def _caseload() -> Iterable[MeasureFigure]:
    words, level = caseload_definitions, {"is_level": True}
    of_officers = "Officers with cases"
    share, cap = ("over_share", "officers"), ("over_cap", "officers")
    yield _share("officers-over-share", words.OVER_SHARE, CASELOAD, share, ("Over the ceiling", of_officers), **level)
    yield _share("officers-over-cap", words.OVER_CAP, CASELOAD, cap, ("Over the cases per FTE", of_officers), **level)
    yield _count("unallocated", words.CASES_UNALLOCATED, CASELOAD, "unallocated", "Cases held by nobody", **level)
    held = ("cases", "officers_there")
    yield _per_fte("cases-per-fte", own.CASES_PER_FTE, CASELOAD, held, "Managed offenders")
    rate, fte = MeasureUnit.RATE, "FTE available"
    yield _value("fte-available", own.FTE_AVAILABLE, rate, CASELOAD, "fte", fte, "officers_there")


def _assessed() -> Iterable[MeasureFigure]:
    for concern, column, label in (
        (Concern.ARMS_NOT_DONE, "arms_not_done", "ARMS not done"),
        (Concern.ARMS_REVIEW, "arms_past_review", "ARMS past its review"),
        (Concern.PLAN_REVIEW, "plan_past_review", "Plan past its review"),
    ):
        words = (label, "Visit clocks running")
        yield _share(str(concern), _concern(concern), ASSESSED, (column, "running"), words, is_level=True)


def _polit() -> Iterable[MeasureFigure]:
    cases, flow, level = polit_definitions.CASES, {"is_level": False}, {"is_level": True}
    yield _count("polit-backlog", cases[CaseList.BACKLOG], CASES, "backlog", "Cases in the backlog", **level)
    past, stalled = ("past_limit", "backlog"), ("stalled", "open")
    yield _share(
        "polit-past-limit", cases[CaseList.PAST], CASES, past, ("Past act by", "Cases in the backlog"), **level
    )
    yield _share("polit-stalled", cases[CaseList.STALLED], CASES, stalled, ("Stalled", "Open cases"), **level)
    acted, in_time = polit_flow_definitions.ACTED_IN_TIME, ("Acted in time", "Cases first acted on")
    yield _share("polit-in-time", acted, FLOW, ("in_time", "acted"), in_time, **flow)
    referrals = polit_flow_definitions.REFERRALS
    yield _count("polit-referrals", referrals, FLOW, "received", "Referrals received", **flow)
    per_fte, held = investigator_definitions.PER_FTE, ("there", "investigators")
    yield _per_fte("polit-cases-per-fte", per_fte, CASES, held, "Open cases held")
    rate, fte = MeasureUnit.RATE, "FTE available"
    yield _value("polit-fte", own.POLIT_FTE, rate, CASES, "fte", fte, "investigators")


def _prevention() -> Iterable[MeasureFigure]:
    children, flow, level = polit_definitions.CHILDREN, {"is_level": False}, {"is_level": True}
    wait, days = polit_definitions.LONGEST_WAIT, MeasureUnit.DAYS
    awaiting, unreferred = "Children awaiting safeguarding", "Children awaiting referral"
    yield _count("children-awaiting", children[ChildList.AWAITING], CHILDREN, "awaiting", awaiting, **level)
    yield _value("children-longest-wait", wait, days, CHILDREN, "longest_wait", "Days, the longest wait", "awaiting")
    moved = polit_flow_definitions.CHILDREN
    yield _count("children-identified", moved, CHILDREN, "identified", "Children identified", **flow)
    yield _count("children-safeguarded", moved, CHILDREN, "safeguarded", "Children safeguarded", **flow)
    yield _count("children-unreferred", children[ChildList.UNREFERRED], CHILDREN, "unreferred", unreferred, **level)
    yield _count("children-referred", own.REFERRED, CHILDREN, "referred", "Children referred", **flow)
    under, words = ("under_order", "managed"), ("With an order in force", "Managed offenders")
    yield _share("orders-in-force", own.UNDER_ORDER, ORDERS, under, words, **level)
    yield _count("orders-begun", own.ORDERS_BEGUN, ORDERS, "orders_begun", "Orders begun", **flow)


def _records() -> Iterable[MeasureFigure]:
    recorded, words = ("recorded_in_time", "recorded"), ("Recorded in time", "Attended visits on record")
    yield _share("recorded-in-time", own.RECORDED_IN_TIME, RECORDING, recorded, words, is_level=False)
    yield _count("refused-rows", refused.REFUSED, REFUSED, "refused_waiting", "Refused rows waiting", is_level=True)


FIGURES: Final[Mapping[str, MeasureFigure]] = {
    figure.code: figure
    for figures in (_visits(), _crews(), _caseload(), _assessed(), _polit(), _prevention(), _records())
    for figure in figures
}
