"""Who needs a decision first, for one viewer: who is in triage, their points, and their place (R1 to R9)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from offendermgmt.domain import triage as rules
from offendermgmt.domain.timeline import ENDED
from offendermgmt.domain.triage import Flagged, Part
from offendermgmt.domain.vocabulary import FlagKind, RiskLevel
from offendermgmt.domain.weights import ranks
from offendermgmt.services import triage_definitions as definitions
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.flags import Flag, in_force
from offendermgmt.services.labels import LEVELS, STATUSES, dates, refs, team_refs
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question

_KINDS: Final = tuple(FlagKind)


class Look(StrEnum):
    """Offenders in triage to look at alone; the value is its code in an address."""

    OVERDUE = "overdue"
    NOT_OVERDUE = "not-overdue"
    NEVER_SEEN = "never-seen"
    FAILED = "failed-attempts"
    MISSING = "missing"
    RAISED = "risk-raised"
    ARMS = "arms"
    FLAGGED = "flagged"


_LOOKS: Final[Mapping[Look, Definition]] = {
    Look.OVERDUE: definitions.OVERDUE,
    Look.NOT_OVERDUE: definitions.NOT_OVERDUE,
    Look.NEVER_SEEN: definitions.NEVER_SEEN,
    Look.FAILED: definitions.FAILED,
    Look.MISSING: definitions.MISSING,
    Look.RAISED: definitions.RAISED,
    Look.ARMS: definitions.ARMS,
    Look.FLAGGED: definitions.FLAGGED,
}


@dataclass(frozen=True)
class TriageBoard:
    """Triage on a day, as one viewer may see it.

    `size`: those in triage of those managed; `looks`: those of them to look at. `cases`: `triage`, narrowed as asked,
    None for a viewer who sees counts only.
    """

    size: Figure
    looks: Mapping[Look, Figure]
    cases: pd.DataFrame | None


def triage_board(
    question: Question, flags: Iterable[Flag], risk: str | None = None, look: Look | None = None
) -> TriageBoard:
    """Triage as of the question's day with the flags on record (R1 to R9).

    Figures and list are narrowed to a risk level, the list also to one `look`; ValueError for a level there is not.
    """
    if risk is not None and risk not in set(RiskLevel):
        raise ValueError(f"There is no risk level {risk!r}: choose one of {', '.join(RiskLevel)}")
    setting = setting_of(question)
    if risk is not None:
        setting = replace(setting, filters={**setting.filters, "Risk": risk})
    cases = _narrowed(_in_order(question, flags), question, risk)
    found = _looked_at(cases)
    figures = {
        each: Figure.share(definition, setting, int(found[each].sum()), len(cases))
        for each, definition in _LOOKS.items()
    }
    size = Figure.share(definitions.TRIAGE, setting, len(cases), _managed(question, risk))
    lists = question.viewer.opens_lists
    shown = cases[found[look]].reset_index(drop=True) if look else cases
    return TriageBoard(
        size=_shown(size, figures, question),
        looks={each: _shown(figure, figures, question) for each, figure in figures.items()},
        cases=shown if lists else None,
    )


def triage(question: Question, flags: Iterable[Flag]) -> pd.DataFrame:
    """Who needs a decision first on the question's day, of its team or officer where it asks for one (R1, R2).

    `flags` are those on record (`services.flags.flags`). Columns place (among all the viewer may see), offender_ref,
    risk_level, status, officer_ref, team_ref, last_completed_on, due_on (missing where the clock is stopped),
    days_overdue (0 = not overdue), total and a column of points a `Part`; what they rest on: interval_months and
    interval_days (in force), is_never_seen, attempts (failed, in a row), days_missing (-1 = not missing), raised_from
    (a level, empty text = not raised), arms_due_on (missing where not past), and flag_kinds (joined by a semicolon).
    NotPermitted for a viewer who sees counts only.
    """
    question.viewer.require_lists()
    return _narrowed(_in_order(question, flags), question, None)


def _in_order(question: Question, flags: Iterable[Flag]) -> pd.DataFrame:
    whole = replace(question, team_ref=None, officer_ref=None)
    snapshot, on = whole.snapshot, whole.on
    flagged = _flagged(whole, in_force(flags, whole.as_of))
    managed = _managed_segments(whole)
    rested = rules.evidence(managed, snapshot.timeline, snapshot.facts, on, whole.policy, flagged)
    offender_refs = refs(snapshot, "offender", rested["offender"].to_numpy())
    scored = rules.points(rested, whole.policy.triage)
    order = rules.order(rested, scored["total"].to_numpy(), offender_refs)
    officer = rested["officer"].to_numpy()
    cases = pd.DataFrame(
        {
            "place": ranks(order),
            "offender_ref": offender_refs,
            "risk_level": LEVELS[rested["risk"]],
            "status": STATUSES[rested["status"]],
            "officer_ref": refs(snapshot, "officer", officer),
            "team_ref": team_refs(snapshot, officer),
            "last_completed_on": dates(rested["last_completed"].to_numpy()),
            "due_on": dates(rested["due"].to_numpy()),
            "days_overdue": rested["days_overdue"].to_numpy(),
            "total": scored["total"].to_numpy(),
            **{name: scored[name].to_numpy() for name in map(str, Part)},
            "interval_months": rested["interval_months"].to_numpy(),
            "interval_days": rested["interval_days"].to_numpy(),
            "is_never_seen": rested["is_never_seen"].to_numpy(dtype=bool),
            "attempts": rested["attempts"].to_numpy(),
            "days_missing": rested["days_missing"].to_numpy(),
            "raised_from": np.append(LEVELS, "")[rested["raised_from"].to_numpy()],
            "arms_due_on": dates(rested["arms_due"].to_numpy()),
            "flag_kinds": _kinds(rested),
        }
    )
    return cases.iloc[order].reset_index(drop=True)


def _managed_segments(question: Question) -> pd.DataFrame:
    now = question.snapshot.standing_on(question.on)
    return now[question.offender_scope.holds(now["officer"].to_numpy()) & (now["status"] != ENDED).to_numpy()]


def _managed(question: Question, risk: str | None) -> int:
    managed = _managed_segments(question)
    return len(managed) if risk is None else int((LEVELS[managed["risk"]] == risk).sum())


def _flagged(question: Question, flags: Iterable[Flag]) -> Flagged:
    register = question.snapshot.facts.registers["offender"]
    flagged = np.zeros((len(register), len(_KINDS)), dtype=bool)
    listed = list(flags)
    codes = register.get_indexer(pd.Index([flag.offender_ref for flag in listed], dtype="str"))
    kinds = np.array([_KINDS.index(flag.kind) for flag in listed], dtype=np.intp)
    # What was known then may not have known of an offender flagged since.
    flagged[codes[codes >= 0], kinds[codes >= 0]] = True
    return flagged


def _kinds(rested: pd.DataFrame) -> npt.NDArray[np.object_]:
    flagged = rested[list(map(str, _KINDS))].to_numpy(dtype=np.int64).reshape(len(rested), len(_KINDS))
    bits = 2 ** np.arange(len(_KINDS))
    joined = [
        ";".join(kind for kind, bit in zip(_KINDS, bits, strict=True) if each & bit) for each in range(bits.sum() + 1)
    ]
    return np.array(joined, dtype=object)[flagged @ bits]


def _narrowed(cases: pd.DataFrame, question: Question, risk: str | None) -> pd.DataFrame:
    if question.team_ref is None and question.officer_ref is None and risk is None:
        return cases
    register = question.snapshot.facts.registers["officer"]
    officer = register.get_indexer(pd.Index(cases["officer_ref"], dtype="str"))
    keep = question.offender_scope.holds(officer)
    if risk is not None:
        keep = keep & (cases["risk_level"] == risk).to_numpy()
    return cases[keep].reset_index(drop=True)


def _looked_at(cases: pd.DataFrame) -> Mapping[Look, npt.NDArray[np.bool_]]:
    holds = {
        Look.OVERDUE: cases["days_overdue"] > 0,
        Look.NOT_OVERDUE: cases["days_overdue"] == 0,
        Look.NEVER_SEEN: cases["is_never_seen"],
        Look.FAILED: cases["attempts"] > 0,
        Look.MISSING: cases["days_missing"] >= 0,
        Look.RAISED: cases["raised_from"] != "",
        Look.ARMS: cases["arms_due_on"].notna(),
        Look.FLAGGED: cases["flag_kinds"] != "",
    }
    return {look: found.to_numpy(dtype=bool) for look, found in holds.items()}


def _shown(figure: Figure, looks: Mapping[Look, Figure], question: Question) -> Figure:
    """The figure as the viewer may have it.

    How many are overdue stands on its own page, so that a small number of others in triage would follow from how many
    are in triage: outside the units nothing is shown then.
    """
    others = looks[Look.NOT_OVERDUE].numerator or 0
    if question.viewer.opens_lists or not 0 < others < question.smallest_count:
        return figure.shown_to(question.viewer)
    return Figure(figure.definition, figure.setting, None, suppressed=True)
