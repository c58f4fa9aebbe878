"""The order in which POLIT's backlog should be worked, for one viewer: each case's points, place and what moved it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain import priority as rules
from offendermgmt.domain.polit import days_past_limit
from offendermgmt.domain.priority import Part
from offendermgmt.domain.vocabulary import ChildAccess, RiskLevel
from offendermgmt.services import priority_definitions as definitions
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.kept_counts import kept_counts
from offendermgmt.services.labels import LEVELS, STAGES, dates, refs, team_refs
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.priority_overrides import Override
from offendermgmt.services.priority_regrades import lowered_cases, tools_in_use
from offendermgmt.services.question import Question

_ACCESS: Final = np.array([*(str(kind) for kind in ChildAccess), ""], dtype=object)


class Look(StrEnum):
    """Cases of the order to look at alone; the value is its code in an address."""

    CHILDREN = "children"
    PAST_LIMIT = "past-limit"
    REASSESS = "re-grade"
    BY_HAND = "by-hand"


_LOOKS: Final[Mapping[Look, Definition]] = {
    Look.CHILDREN: definitions.CHILDREN,
    Look.PAST_LIMIT: definitions.PAST_LIMIT,
    Look.REASSESS: definitions.REASSESS,
    Look.BY_HAND: definitions.BY_HAND,
}


@dataclass(frozen=True)
class PriorityBoard:
    """The order on a day, as one viewer may see it; the frames are None for a viewer who sees counts only.

    `size` counts the cases in the order, `looks` those of them to look at, `lowered` the re-assessments listed.
    `cases`: `order_of_work`, narrowed as asked; `lowered_cases` and `tools` as `priority_regrades` gives them.
    """

    size: Figure
    looks: Mapping[Look, Figure]
    lowered: Figure
    children_awaiting: int | None
    cases: pd.DataFrame | None
    lowered_cases: pd.DataFrame | None
    tools: pd.DataFrame | None


def priority_board(
    question: Question, placed: Mapping[str, Override], risk: str | None = None, look: Look | None = None
) -> PriorityBoard:
    """The order as of the question's day with the cases in `placed` first or last (Q20 to Q29).

    Figures and lists are narrowed to a risk level, the list of cases also to one `look`; ValueError for a level there
    is not.
    """
    if risk is not None and risk not in set(RiskLevel):
        raise ValueError(f"There is no risk level {risk!r}: choose one of {', '.join(RiskLevel)}")
    setting = setting_of(question)
    if risk is not None:
        setting = replace(setting, filters={**setting.filters, "Risk": risk})
    cases = _narrowed(order_of_work(question, placed), question, risk)
    lowered = lowered_cases(question, risk)
    looks = {each: _of_look(cases, each) for each in Look}
    counts = {each: int(found.sum()) for each, found in looks.items()}
    lists, kept = question.viewer.opens_lists, _kept(question, len(cases), counts)

    def figure(definition: Definition, count: int, look: Look | None = None) -> Figure:
        if look in kept:
            return Figure(definition, setting, None, suppressed=True)
        return Figure(definition, setting, count).shown_to(question.viewer)

    return PriorityBoard(
        size=figure(definitions.ORDER, len(cases)),
        looks={each: figure(_LOOKS[each], count, each) for each, count in counts.items()},
        lowered=Figure(definitions.LOWERED, setting, len(lowered)).shown_to(question.viewer),
        children_awaiting=int(cases["children_awaiting"].sum()) if lists else None,
        cases=cases[looks[look]].reset_index(drop=True) if lists and look else cases if lists else None,
        lowered_cases=lowered if lists else None,
        tools=tools_in_use(question) if lists else None,
    )


def order_of_work(question: Question, placed: Mapping[str, Override]) -> pd.DataFrame:
    """The viewer's cases of the backlog in order of place, not narrowed to a team or officer the question asks for.

    Columns place, rule_place, case_ref, stage, risk_level, received_on, act_by, days_past_limit, officer_ref, team_ref,
    total and a column of points a `Part`; what they rest on: days_used, limit_days, children_awaiting,
    children_unreferred, access_recorded (empty text = nothing is), days_idle, stalled_days, informed_on; and placement
    (empty text = by the rule), with its last_on, author and reason.
    """
    whole = replace(question, team_ref=None, officer_ref=None)
    snapshot, on = whole.snapshot, whole.on
    rested = rules.evidence(snapshot.cases.segments, snapshot.facts, on, whole.policy)
    rested = rested[whole.case_scope.holds(rested["officer"].to_numpy())]
    scored = rules.points(rested, whole.policy.polit_priority)
    case_refs, officer = refs(snapshot, "case", rested["case"].to_numpy()), rested["officer"].to_numpy()
    by_hand = _placements(case_refs, placed)
    by_rule, place = rules.places(
        scored["total"].to_numpy(), rested["received"].to_numpy(), case_refs, by_hand["placement"].to_numpy()
    )
    cases = pd.DataFrame(
        {
            "place": place,
            "rule_place": by_rule,
            "case_ref": case_refs,
            "stage": STAGES[rested["stage"]],
            "risk_level": LEVELS[rested["risk"]],
            "received_on": dates(rested["received"].to_numpy()),
            "act_by": dates(rested["act_by"].to_numpy()),
            "days_past_limit": days_past_limit(rested, on),
            "officer_ref": refs(snapshot, "officer", officer),
            "team_ref": team_refs(snapshot, officer),
            "total": scored["total"].to_numpy(),
            **{name: scored[name].to_numpy() for name in map(str, Part)},
            "days_used": rested["days_used"].to_numpy(),
            "limit_days": rested["limit_days"].to_numpy(),
            "children_awaiting": rested["awaiting"].to_numpy(),
            "children_unreferred": rested["unreferred"].to_numpy(),
            "access_recorded": _ACCESS[rested["access"]],
            "days_idle": rested["days_idle"].to_numpy(),
            "stalled_days": rested["stalled_days"].to_numpy(),
            "informed_on": dates(rested["informed"].to_numpy()),
        }
    ).join(by_hand)
    return cases.sort_values("place", ignore_index=True)


def _placements(
    case_refs: "np.ndarray[tuple[int], np.dtype[np.object_]]", placed: Mapping[str, Override]
) -> pd.DataFrame:
    """What stands by hand for each case: placement (empty text without), last_on, author, reason."""
    rows = [(ref, str(each.placement), each.last_on, each.author, each.reason) for ref, each in placed.items()]
    frame = pd.DataFrame(rows, columns=["case_ref", "placement", "last_on", "author", "reason"]).set_index("case_ref")
    by_case = frame.astype({"last_on": "datetime64[s]"}).reindex(case_refs)
    texts = ["placement", "author", "reason"]
    by_case[texts] = by_case[texts].astype(object).fillna("")
    return by_case.reset_index(drop=True)


def _narrowed(cases: pd.DataFrame, question: Question, risk: str | None) -> pd.DataFrame:
    register = question.snapshot.facts.registers["officer"]
    officer = register.get_indexer(pd.Index(cases["officer_ref"], dtype="str"))
    keep = question.case_scope.holds(officer)
    if risk is not None:
        keep = keep & (cases["risk_level"] == risk).to_numpy()
    return cases[keep].reset_index(drop=True)


def _kept(question: Question, size: int, counts: Mapping[Look, int]) -> set[Look | str | None]:
    """Looks (None = all cases) whose count is kept from who sees no small ones: it, or the rest, is small."""
    if question.viewer.opens_lists:
        return set()
    rest: dict[Look | str | None, int] = {f"not {look}": size - count for look, count in counts.items()}
    sums: list[tuple[Look | str | None, ...]] = [(None, look, f"not {look}") for look in counts]
    return kept_counts({None: size, **counts, **rest}, sums, question.smallest_count)


def _of_look(cases: pd.DataFrame, look: Look) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    found = {
        Look.CHILDREN: cases["children_awaiting"] > 0,
        Look.PAST_LIMIT: cases["days_past_limit"] > 0,
        Look.REASSESS: cases["informed_on"].notna(),
        Look.BY_HAND: cases["placement"] != "",
    }[look]
    return found.to_numpy()
