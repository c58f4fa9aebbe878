"""The decisions of a unit that are due on the day or late."""

from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.decision_lists import Which, decision_board
from offendermgmt.services.decisions import decisions
from offendermgmt.services.desk import Desk
from offendermgmt.services.morning_parts import Part, Section
from offendermgmt.services.question import Question


def decisions_section(desk: Desk, question: Question, unit: Unit) -> Section:
    """Figures `due`, `late`, `today`, `deferred` and `open` of `decision_board`; the list `due`, the earliest first."""
    board = decision_board(question, decisions(desk, question.snapshot.known_at), Which.DUE, unit)
    wanted = (Which.DUE, Which.LATE, Which.TODAY, Which.DEFERRED, Which.OPEN)
    lists = {} if board.rows is None else {str(Which.DUE): board.rows}
    return Section(Part.DECISIONS, {str(which): board.figures[which] for which in wanted}, lists)
