"""What people write beside the recordings: reviews signed yesterday, commentary, an intervention, a month closed.

It is put on record through the services, into the store of a desk whose recordings are made up.
"""

from datetime import date, datetime, time, timedelta
from typing import Final

from benchmarks.made_up_tables import ENDS
from offendermgmt.domain.days import LONDON, to_date
from offendermgmt.domain.evaluation import Expected
from offendermgmt.domain.vocabulary import Improvement, Unit
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.closing import close_month
from offendermgmt.services.commentary_writing import Writing, approve, submit
from offendermgmt.services.desk import Desk
from offendermgmt.services.framework import framework_on
from offendermgmt.services.interventions import InterventionText, register
from offendermgmt.services.morning import morning
from offendermgmt.services.review_document import drawn
from offendermgmt.services.review_signing import Reviewing, sign
from offendermgmt.services.reviews import last_signed

_LAST: Final = to_date(ENDS)
# The morning on which the last day's recordings are all there.
NOW: Final = datetime.combine(_LAST + timedelta(days=1), time(10), tzinfo=LONDON)
MONTH: Final = (_LAST.replace(day=1) - timedelta(days=1)).replace(day=1)
CLOSED: Final = (MONTH - timedelta(days=1)).replace(day=1)
SLT: Final = Viewer("Senior leadership", Role.SLT)
_DI, _DCI = Viewer("Inspector", Role.DI), Viewer("Chief inspector", Role.DCI)
_SAID: Final = ("The figure moved.", "It says what it says.", "It is looked at again next month.")


def write_everything(desk: Desk) -> None:
    """Put on record what pages of a force in use have to read: the store's clock should stand at NOW."""
    for unit in Unit:
        sign_review(desk, unit, _LAST - timedelta(days=1))
    measures = [measure.measure_ref for measure in framework_on(desk, _LAST).measures]
    began, moves = _LAST - timedelta(days=365), {"overdue": Expected(Improvement.DECREASE)}
    register(desk, SLT, InterventionText("Officers lent", "Visits were late.", began, moves), measures)
    for month in (CLOSED, MONTH):
        for ref in ("overdue", "double-crewed", "polit-backlog"):
            submit(desk, _DCI, Writing(ref, month, *_SAID, 0), now=NOW)
            approve(desk, SLT, ref, month, 1)
    close(desk, CLOSED, 0)


def sign_review(desk: Desk, unit: Unit, day: date) -> None:
    """Sign a unit's day as its page showed it."""
    question = desk.question(_DI, day, today=NOW.date())
    shown = drawn(morning(desk, question, unit, last_signed(desk, unit, day), NOW))
    sign(desk, _DI, Reviewing(unit, day, "Made up.", 0), shown, now=NOW)


def close(desk: Desk, month_on: date, seen: int) -> None:
    """Close a month, with the version of its closing that stands (0 = none)."""
    close_month(desk, SLT, month_on, seen, now=NOW)
