"""Where POLIT stands on a morning: children awaiting, cases past their limit, stalled and nobody's."""

from typing import Final

from offendermgmt.services.morning_parts import Part, Section
from offendermgmt.services.polit_board import polit_board
from offendermgmt.services.polit_cases import on_lists
from offendermgmt.services.polit_definitions import CaseList, ChildList
from offendermgmt.services.question import Question

_LISTED: Final = (CaseList.PAST, CaseList.STALLED, CaseList.UNALLOCATED)


def polit_section(question: Question) -> Section:
    """The figures of POLIT's page, children first.

    `awaiting`, `longest_wait` (days), `backlog`, `past`, `furthest_past` (days), `stalled` and `unallocated`; the lists
    `awaiting` (`polit_children.children`), `past`, `stalled` and `unallocated` (`polit_cases.open_cases`).
    """
    board = polit_board(question, cases=CaseList.OPEN, with_matrices=False)
    figures = {
        str(ChildList.AWAITING): board.children[ChildList.AWAITING],
        "longest_wait": board.longest_wait.figure,
        str(CaseList.BACKLOG): board.cases[CaseList.BACKLOG],
        str(CaseList.PAST): board.cases[CaseList.PAST],
        "furthest_past": board.furthest_past.figure,
        str(CaseList.STALLED): board.cases[CaseList.STALLED],
        str(CaseList.UNALLOCATED): board.cases[CaseList.UNALLOCATED],
    }
    if board.listed_cases is None or board.listed_children is None:
        return Section(Part.POLIT, figures, {})
    holds = on_lists(board.listed_cases)
    lists = {str(each): board.listed_cases[holds[each]].reset_index(drop=True) for each in _LISTED}
    return Section(Part.POLIT, figures, {str(ChildList.AWAITING): board.listed_children, **lists})
