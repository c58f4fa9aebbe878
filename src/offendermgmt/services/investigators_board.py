"""Investigators' caseload on a day: who holds what with how much time, whose holders are away, what is nobody's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.services import investigator_definitions as definitions
from offendermgmt.services import polit_cases
from offendermgmt.services.figures import Figure
from offendermgmt.services.image_exposure import Exposure, image_exposure
from offendermgmt.services.investigators import LEVELS, OPEN_STAGES, holders
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.polit_board import case_figures, is_kept, kept, published
from offendermgmt.services.polit_definitions import CaseList
from offendermgmt.services.question import Question

COUNTED: Final = ("open_cases", "backlog_cases", *OPEN_STAGES, *LEVELS)


@dataclass(frozen=True)
class InvestigatorsBoard:
    """Investigators' caseload on a day, as one viewer may see it.

    `held`, `away` and `nobody` are shares of all open cases; `per_fte` the open cases of those who are there per FTE
    available, made of `cases_there` and `fte`, which are None where it is kept. `investigators`: the rows of
    `investigators.holders` with officer_ref as a column, of nobody first, then of those away who hold cases, then by
    cases per FTE. `away_cases`: the rows of `polit_cases.open_cases` whose holder is away. Both None for a viewer who
    sees counts only.
    """

    held: Figure
    per_fte: Figure
    away: Figure
    nobody: Figure
    cases_there: int | None
    fte: float | None
    exposure: Exposure | None
    investigators: pd.DataFrame | None
    away_cases: pd.DataFrame | None


def investigators_board(question: Question) -> InvestigatorsBoard:
    """The caseload as of the question's day (Q6 to Q9)."""
    cases = polit_cases.open_cases(question)
    lists = polit_cases.on_lists(cases)
    figures, rows = case_figures(question, lists), holders(question, cases)
    of_all, away, nobody = len(cases), int(lists[CaseList.AWAY].sum()), int(lists[CaseList.UNALLOCATED].sum())
    there, fte = of_all - away - nobody, float(rows["fte"].sum())
    per_fte = Figure(definitions.PER_FTE, setting_of(question), there / fte if fte else None)
    is_told = not is_kept(question, [there, away, nobody])
    opens = question.viewer.opens_lists
    return InvestigatorsBoard(
        held=published(question, definitions.HELD, of_all - nobody, of_all),
        per_fte=per_fte if is_told else kept(per_fte),
        away=figures[CaseList.AWAY],
        nobody=figures[CaseList.UNALLOCATED],
        cases_there=there if is_told else None,
        fte=fte if is_told else None,
        exposure=image_exposure(question),
        investigators=_worst_first(rows.reset_index()) if opens else None,
        away_cases=cases[lists[CaseList.AWAY]].reset_index(drop=True) if opens else None,
    )


def per_fte(investigators: pd.DataFrame, columns: Sequence[str] = COUNTED) -> pd.DataFrame:
    """The rows with these counts divided by the FTE available; missing where there is none."""
    fte = investigators["fte"].to_numpy(dtype=np.float64)
    divided = investigators[list(columns)].div(np.where(fte > 0, fte, np.nan), axis=0)
    return investigators.assign(**{column: divided[column] for column in columns})


def _worst_first(rows: pd.DataFrame) -> pd.DataFrame:
    idle_away = ~(rows["is_away"] & (rows["open_cases"] > 0)).to_numpy()
    order = np.lexsort(
        (
            rows["officer_ref"],
            -rows["open_cases"],
            -rows["cases_per_fte"].fillna(0.0),
            idle_away,
            rows["officer_ref"] != "",
        )
    )
    return rows.iloc[order].reset_index(drop=True)
