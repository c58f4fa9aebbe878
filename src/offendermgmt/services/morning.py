"""The morning of a unit: what changed, what is worst, and what needs a decision today, in the order it is read.

The morning page, the review that is signed and the briefing all draw the one `Morning`, so that they cannot disagree.
Nothing is counted here: every figure is that of the page it stands on, by the same service (R60 to R65).
"""

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Final

from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.decisions import decisions
from offendermgmt.services.desk import Desk
from offendermgmt.services.flags import flags
from offendermgmt.services.morning_changes import case_changes, no_changes, visit_changes, with_refused
from offendermgmt.services.morning_decisions import decisions_of, decisions_section
from offendermgmt.services.morning_parts import Morning as Morning
from offendermgmt.services.morning_parts import Part as Part
from offendermgmt.services.morning_parts import Section as Section
from offendermgmt.services.morning_parts import Since as Since
from offendermgmt.services.morning_people import caseload_section, contact_section
from offendermgmt.services.morning_polit import polit_section
from offendermgmt.services.morning_visits import backlog_section, lone_section, plan_section, triage_section
from offendermgmt.services.planned_visits import is_over, recorded_on
from offendermgmt.services.question import Question
from offendermgmt.store.lone_findings import finding_versions

READERS: Final = frozenset({Role.SUPERVISOR, Role.DI, Role.DCI, Role.SLT, Role.ANALYST, Role.AUDITOR})


def morning(desk: Desk, question: Question, unit: Unit, since: Since | None, now: datetime) -> Morning:
    """The morning of the question's day for its team or officer, asked for at the moment `now`.

    `since` is what `reviews.last_signed` gives. One that is of no earlier day, or of a later moment than the question
    asks for, is no review before it, and is left out. NotPermitted for a viewer whose morning this is not.
    """
    _require_reader(question.viewer, unit)
    last = since if since is not None and _is_before(since, question) else None
    asked = (unit, question.viewer, question.as_of, question.today, question.team_ref, question.officer_ref, last)
    mornings = question.snapshot.mornings
    sections = dict(mornings.answer(asked, lambda: _but_the_plan(desk, question, unit, last, asked)))
    if unit is Unit.MOSOVO:
        minute = now.replace(second=0, microsecond=0)
        sections[Part.PLAN] = mornings.answer((*asked, minute), lambda: _plan(desk, question, now, asked))
    return Morning(unit, question, last, {part: sections[part] for part in Part if part in sections})


def may_read(viewer: Viewer) -> bool:
    """Whether a morning may be shown to the viewer: everybody who opens lists and whose own day it is not alone."""
    return viewer.role in READERS


def _of_facts(question: Question, unit: Unit, since: Since | None) -> Mapping[Part, Section]:
    """The parts that follow from the facts alone, by part."""
    if unit is Unit.POLIT:
        sections = [polit_section(question)]
    else:
        sections = [backlog_section(question), contact_section(question), caseload_section(question)]
    if since is None:
        sections.append(no_changes())
    else:
        sections.append((case_changes if unit is Unit.POLIT else visit_changes)(question, since))
    return {section.part: section for section in sections}


def _but_the_plan(
    desk: Desk, question: Question, unit: Unit, since: Since | None, asked: Hashable
) -> Mapping[Part, Section]:
    """The parts that follow from facts, and those that what people decide, find, flag and refuse goes into as well.

    What is made of them stays until the unit's facts move, or what of the ledger a part rests on.
    """
    boards, known_at = question.snapshot.boards[unit], question.snapshot.known_at
    of_facts = boards.answer(asked, lambda: _of_facts(question, unit, since))
    taken = decisions_of(unit, decisions(desk, known_at))
    made: list[Section] = [
        boards.answer((asked, Part.DECISIONS), lambda: decisions_section(question, unit, taken), taken)
    ]
    if unit is Unit.MOSOVO:
        flagged = flags(desk, known_at)
        made.append(boards.answer((asked, Part.TRIAGE), lambda: triage_section(question, flagged), flagged))
        found = finding_versions(desk.store, desk.force_ref)
        made.append(boards.answer((asked, Part.LONE_VISITS), lambda: lone_section(question, found), found))
    if since is not None:
        made.append(with_refused(desk, question, unit, since, of_facts[Part.CHANGES]))
    return {**of_facts, **{section.part: section for section in made}}


def _plan(desk: Desk, question: Question, now: datetime, asked: Hashable) -> Section:
    """Today's plan, which stays while the facts, the plans on record and whose time is over do."""
    recorded = recorded_on(desk, question, question.as_of)
    rests_on = recorded, [is_over(row, now) for row in recorded]
    boards = question.snapshot.boards[Unit.MOSOVO]
    made: Section = boards.answer((asked, Part.PLAN), lambda: plan_section(question, recorded, now), rests_on)
    return made


def _is_before(since: Since, question: Question) -> bool:
    known_at = question.snapshot.known_at
    return since.review_on < question.as_of and (known_at is None or since.known_at <= known_at)


def _require_reader(viewer: Viewer, unit: Unit) -> None:
    if not may_read(viewer):
        raise NotPermitted("The morning is for supervisors and inspectors, and for those who look at their work.")
    if unit not in viewer.units:
        raise NotPermitted(f"The morning of {unit} is for those who work in it.")
