"""Whose record a viewer may write to, and which officers a form offers (R40)."""

import numpy as np
import pandas as pd

from offendermgmt.domain.caseload import in_post
from offendermgmt.domain.visits import standing
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import OWN_CASES_ONLY, NotPermitted, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.directory import holder_names
from offendermgmt.services.question import Question
from offendermgmt.services.recording_kinds import UNITS, may_record


def require_recorder(viewer: Viewer, kind: str) -> None:
    """NotPermitted for a viewer whose role records nothing about an offender or a case."""
    if not may_record(viewer, kind):
        raise NotPermitted(
            "Work is recorded by the officer who holds the case, and by the supervisors and inspectors of the unit. "
            "Ask one of them."
        )


def holds_today(question: Question, subject: Subject) -> bool:
    """Whether the subject is among the viewer's cases on the question's day."""
    snapshot = question.snapshot
    is_offender = subject.kind == "offender"
    segments = snapshot.timeline.segments if is_offender else snapshot.cases.segments
    scope = question.offender_scope if is_offender else question.case_scope
    code = snapshot.facts.registers[subject.kind].get_indexer(pd.Index([subject.ref], dtype="str"))[0]
    now = standing(segments[(segments[subject.kind] == code).to_numpy()], question.on)
    return len(now) > 0 and bool(scope.holds(now["officer"].to_numpy()).all())


def require_in_scope(question: Question, subject: Subject) -> None:
    """NotPermitted for a subject that is not among the viewer's cases on the question's day."""
    if not holds_today(question, subject):
        raise NotPermitted(
            f"{subject.ref} is not among your cases today. Ask whoever holds the case, their supervisor, or the "
            "detective inspector."
        )


def officers_in_post(question: Question, kind: str) -> dict[str, str]:
    """Officers in post on the day in a team of the unit that an offender or a case belongs to.

    `DC Ash (0042)` by reference, the viewer first, then those of the viewer's own team, then in that order.
    """
    return _named(question, _in_unit(question, UNITS[kind], None))


def receivers(question: Question, kind: str) -> dict[str, str]:
    """Those of `officers_in_post` who are in a team that the viewer acts for: who may be given a case by them."""
    viewer = question.viewer
    if viewer.role in OWN_CASES_ONLY or UNITS[kind] not in viewer.units:
        return {}
    return _named(question, _in_unit(question, UNITS[kind], viewer.team_refs))


def on_day(question: Question, officer_refs: tuple[str, ...], day: int) -> tuple[str, ...]:
    """Those of the officers who were not in post on a day (a number), in their order; unknown ones are not named."""
    register = question.snapshot.facts.registers["officer"]
    codes = register.get_indexer(pd.Index(officer_refs, dtype="str"))
    there = np.append(in_post(question.snapshot.facts, day), True)[codes]
    return tuple(ref for ref, is_there in zip(officer_refs, there, strict=True) if not is_there)


def _in_unit(question: Question, unit: Unit, team_refs: tuple[str, ...] | None) -> pd.DataFrame:
    facts = question.snapshot.facts
    officers, teams = facts.tables["officers"], facts.tables["teams"]
    of_unit = teams.loc[(teams["unit"] == unit).to_numpy(), "team_ref"]
    there = in_post(facts, question.on)[officers["officer_ref"].cat.codes.to_numpy()]
    fit = there & officers["team_ref"].isin(of_unit).to_numpy()
    return officers[fit if team_refs is None else fit & officers["team_ref"].isin(team_refs).to_numpy()]


def _named(question: Question, officers: pd.DataFrame) -> dict[str, str]:
    names, own = holder_names(question), question.viewer.officer_ref
    teams = dict(zip(officers["officer_ref"].astype("str"), officers["team_ref"].astype("str"), strict=True))
    order = sorted(teams, key=lambda ref: (ref != own, teams[ref] != teams.get(own or ""), names.get(ref, ref)))
    return {ref: names.get(ref, ref) for ref in order}
