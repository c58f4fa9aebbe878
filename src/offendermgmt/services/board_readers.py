"""Who reads the paper of which board, and as whom it is made (M20)."""

from dataclasses import replace
from typing import Final

from offendermgmt.domain.vocabulary import Board, Unit
from offendermgmt.services.access import ROLE_TITLES, NotPermitted, Role, Viewer
from offendermgmt.services.question import Question

_INSIDE: Final = frozenset({Role.DI, Role.DCI, Role.SLT, Role.ANALYST, Role.AUDITOR})
_READERS: Final = {
    Board.SLT: _INSIDE,
    Board.FPB: _INSIDE | {Role.BOARD},
    Board.PVM: _INSIDE | {Role.BOARD},
}


def may_read(viewer: Viewer, board: Board) -> bool:
    """Whether the viewer reads the board's paper: it is of the whole force, so for those who answer for all of it.

    The paper of senior leadership has small counts, and is not for those outside the units.
    """
    is_whole = viewer.team_refs is None and set(viewer.units) == set(Unit)
    return viewer.role in _READERS[board] and (is_whole or board is not Board.SLT)


def read_as(question: Question, board: Board) -> Question:
    """The question as the board's paper answers it, of the whole force; NotPermitted for who does not read it.

    What leaves the units is made for a reader outside them, whoever makes it; no paper has names.
    """
    viewer = question.viewer
    if not may_read(viewer, board):
        raise NotPermitted(
            f"{ROLE_TITLES[viewer.role]} does not read this paper here: it is of the whole force. Ask PVP senior "
            "leadership or the performance analyst for it."
        )
    role = Role.SLT if board is Board.SLT else Role.BOARD
    return replace(question, viewer=Viewer(viewer.name, role), team_ref=None, officer_ref=None)
