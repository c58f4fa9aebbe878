"""The morning of a unit: what changed, what is worst, and what needs a decision today, in the order it is read.

The morning page, the review that is signed and the briefing all draw the one `Morning`, so that they cannot disagree.
Nothing is counted here: every figure is that of the page it stands on, by the same service (R60 to R65).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.services.morning_changes import case_changes, no_changes, visit_changes
from offendermgmt.services.morning_decisions import decisions_section
from offendermgmt.services.morning_parts import Morning as Morning
from offendermgmt.services.morning_parts import Part as Part
from offendermgmt.services.morning_parts import Section as Section
from offendermgmt.services.morning_parts import Since as Since
from offendermgmt.services.morning_people import caseload_section, contact_section
from offendermgmt.services.morning_polit import polit_section
from offendermgmt.services.morning_visits import backlog_section, lone_section, plan_section, triage_section
from offendermgmt.services.question import Question

READERS: Final = frozenset({Role.SUPERVISOR, Role.DI, Role.DCI, Role.SLT, Role.ANALYST, Role.AUDITOR})


def morning(desk: Desk, question: Question, unit: Unit, since: Since | None, now: datetime) -> Morning:
    """The morning of the question's day for its team or officer, asked for at the moment `now`.

    `since` is what `reviews.last_signed` gives. One that is of no earlier day, or of a later moment than the question
    asks for, is no review before it, and is left out. NotPermitted for a viewer whose morning this is not.
    """
    _require_reader(question.viewer, unit)
    last = since if since is not None and _is_before(since, question) else None
    # A snapshot is kept until anything at all is written, ledgers included: only the clock moves on beside it.
    asked = (unit, question.viewer, question.as_of, question.today, question.team_ref, question.officer_ref)
    kept = question.snapshot.mornings
    sections = dict(kept.answer((*asked, last), lambda: _sections(desk, question, unit, last)))
    if unit is Unit.MOSOVO:
        minute = now.replace(second=0, microsecond=0)
        sections[Part.PLAN] = kept.answer((*asked, minute), lambda: plan_section(desk, question, now))
    return Morning(unit, question, last, {part: sections[part] for part in Part if part in sections})


def may_read(viewer: Viewer) -> bool:
    """Whether a morning may be shown to the viewer: everybody who opens lists and whose own day it is not alone."""
    return viewer.role in READERS


def _sections(desk: Desk, question: Question, unit: Unit, since: Since | None) -> Mapping[Part, Section]:
    if unit is Unit.POLIT:
        changes = no_changes() if since is None else case_changes(desk, question, since)
        sections = [changes, polit_section(question)]
    else:
        changes = no_changes() if since is None else visit_changes(desk, question, since)
        sections = [
            changes,
            backlog_section(question),
            triage_section(desk, question),
            lone_section(desk, question),
            contact_section(question),
            caseload_section(question),
        ]
    return {section.part: section for section in [*sections, decisions_section(desk, question, unit)]}


def _is_before(since: Since, question: Question) -> bool:
    known_at = question.snapshot.known_at
    return since.review_on < question.as_of and (known_at is None or since.known_at <= known_at)


def _require_reader(viewer: Viewer, unit: Unit) -> None:
    if not may_read(viewer):
        raise NotPermitted("The morning is for supervisors and inspectors, and for those who look at their work.")
    if unit not in viewer.units:
        raise NotPermitted(f"The morning of {unit} is for those who work in it.")
