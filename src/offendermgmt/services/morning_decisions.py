"""The decisions of a unit that are due on the day or late."""

from collections.abc import Iterable
from typing import Final

from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.decision_lists import Which, decision_board
from offendermgmt.services.decisions import Decision
from offendermgmt.services.morning_parts import Part, Section
from offendermgmt.services.question import Question

_ABOUT: Final = {Unit.MOSOVO: "offender", Unit.POLIT: "case"}


def decisions_of(unit: Unit, recorded: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions on cases of a unit, in the same order."""
    return tuple(each for each in recorded if each.about.kind == _ABOUT[unit])


def decisions_section(question: Question, unit: Unit, recorded: Iterable[Decision]) -> Section:
    """Figures `due`, `late`, `today`, `deferred` and `open` of `decision_board`; the list `due`, the earliest first."""
    board = decision_board(question, recorded, Which.DUE, unit)
    wanted = (Which.DUE, Which.LATE, Which.TODAY, Which.DEFERRED, Which.OPEN)
    lists = {} if board.rows is None else {str(Which.DUE): board.rows}
    return Section(Part.DECISIONS, {str(which): board.figures[which] for which in wanted}, lists)
