"""Who is nobody's, out of contact or just released on a morning, and which officers carry too much."""

from typing import Final

import pandas as pd

from offendermgmt.services import caseload as caseloads
from offendermgmt.services import caseload_definitions, morning_definitions
from offendermgmt.services.assessment_definitions import Concern
from offendermgmt.services.assessments import missing_and_released
from offendermgmt.services.caseload import UNALLOCATED, caseload_board, concerning
from offendermgmt.services.figures import Figure
from offendermgmt.services.morning_parts import Part, Section
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question

_CONCERNS: Final = {
    "missing": Concern.MISSING,
    "released": Concern.RELEASED,
    "released_late": Concern.RELEASED_LATE,
}
_OVER: Final = {"over_share": caseloads.Concern.OVER_SHARE, "over_cap": caseloads.Concern.OVER_CAP}


def contact_section(question: Question) -> Section:
    """Figures and lists `unallocated` (`caseload.cases`), `missing`, `released` and `released_late` (`assessments`).

    Unallocated cases have no value where the question leaves them out: 0 would say that there are none.
    """
    nobodys = caseloads.cases(question, UNALLOCATED)
    number = len(nobodys) if question.offender_scope.unallocated else None
    counted, listed = missing_and_released(question)
    figures = {"unallocated": Figure(caseload_definitions.CASES_UNALLOCATED, setting_of(question), number)}
    figures |= {code: counted[concern] for code, concern in _CONCERNS.items()}
    lists = {"unallocated": nobodys} | {code: listed[concern] for code, concern in _CONCERNS.items()}
    return Section(Part.CONTACT, figures, lists)


def caseload_section(question: Question) -> Section:
    """Figures `over_share`, `over_cap`, `to_move` and `without_time` of `caseload_board`.

    The lists `over_share` and `over_cap` have its rows of officers, the worst first; `without_time` has cases.
    """
    board = caseload_board(question)
    officers = board.officers if board.officers is not None else pd.DataFrame()
    figures = {
        "over_share": board.over_share,
        "over_cap": board.over_cap,
        "to_move": Figure(morning_definitions.TO_MOVE, setting_of(question), board.to_move),
        "without_time": board.without_time,
    }
    lists = {code: concerning(officers, concern) for code, concern in _OVER.items()}
    return Section(Part.CASELOAD, figures, lists | {"without_time": caseloads.cases(question, caseloads.WITHOUT_TIME)})
