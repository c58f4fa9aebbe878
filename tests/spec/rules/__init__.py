"""The rules and their worked examples, in the order of the page."""

from typing import Final

from tests.spec.reading import Section
from tests.spec.rules import backlog, caseload, clock, crewing, dates, polit, signals, state

SECTIONS: Final[tuple[Section, ...]] = (
    dates.SECTION,
    state.SECTION,
    clock.SECTION,
    backlog.SECTION,
    crewing.SECTION,
    caseload.SECTION,
    polit.SECTION,
    signals.SECTION,
)
