"""POLIT's backlog and live cases as figures and matrices whose every number opens its cases."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.navigation import POLIT
from app.parts import figures, filters, links, matrix
from app.parts.figures import OpensHere
from app.parts.polit.children import case_address
from app.parts.polit.choices import Choices
from offendermgmt.services import polit_definitions as definitions
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.overdue import TOTAL
from offendermgmt.services.polit_board import Longest, PolitBoard
from offendermgmt.services.polit_definitions import CaseList
from offendermgmt.services.wording import RISK, STAGE, days_text

_SHOWN: Final = tuple(each for each in CaseList if each is not CaseList.OPEN)
_OF: Final[Mapping[CaseList, str | tuple[str, str]]] = {
    **dict.fromkeys(CaseList, ("open case", "open cases")),
    CaseList.PAST: "in the backlog",
}
_RISK_NAMES: Final = {**{str(level): name for level, name in RISK.items()}, TOTAL: "All"}
_STAGE_NAMES: Final = {**{str(stage): name for stage, name in STAGE.items()}, TOTAL: "All"}


def show_figures(board: PolitBoard) -> None:
    """Draw the figures of cases; each opens its list where the viewer may have it."""
    lists = board.listed_cases is not None
    notes = {
        CaseList.BACKLOG: _note("oldest", board.oldest),
        CaseList.PAST: _note("furthest", board.furthest_past),
        CaseList.UNALLOCATED: unallocated_note(board.cases[CaseList.UNALLOCATED]),
    }
    with st.grid(4, min_column_width=170):
        for each in _SHOWN:
            opens = OpensHere("case", _choosing(each)) if lists else None
            figures.show(board.cases[each], of=_OF[each], note=notes.get(each), opens=opens)


def say_longest(board: PolitBoard) -> None:
    """Say which case is the oldest and which the furthest past its limit, with links to them."""
    told = ((board.furthest_past, " past the act-by day"), (board.oldest, " since receipt"))
    for longest, after in told:
        if longest.case_ref is not None:
            before = f"{longest.figure.definition.title}: "
            days = f", {days_text(int(longest.figure.value or 0))}{after}."
            links.sentence(before, longest.case_ref, case_address(longest.case_ref), days)


def show_matrices(board: PolitBoard, choices: Choices) -> None:
    """Draw the backlog and the live cases by risk and stage, and the cases past the limit by risk and days."""
    if board.matrices is None:
        return
    bands = {**{name: f"{name} days" for name in map(str, board.matrices.past.columns)}, TOTAL: "All"}
    _show(definitions.BACKLOG_MATRIX, board.matrices.backlog, CaseList.BACKLOG, _STAGE_NAMES, choices)
    _show(definitions.PAST_MATRIX, board.matrices.past, CaseList.PAST, bands, choices)
    _show(definitions.LIVE_MATRIX, board.matrices.live, CaseList.LIVE, _STAGE_NAMES, choices)


def _show(
    definition: Definition,
    counts: pd.DataFrame,
    listed: CaseList,
    column_names: Mapping[str, str],
    choices: Choices,
) -> None:
    st.subheader(definition.title, help=figures.definition_text(definition))
    by = "band" if listed is CaseList.PAST else "stage"
    asked = {"band": choices.band, "stage": choices.stage}[by]
    is_chosen = choices.cases is listed and (asked or choices.risk)
    matrix.show(
        counts,
        caption=f"{definitions.CASES[listed].title}. Each number opens its cases.",
        corner="Risk",
        row_names=_RISK_NAMES,
        column_names=column_names,
        noun="case",
        opens=_opening(listed, by),
        chosen=(choices.risk or TOTAL, asked or TOTAL) if is_chosen else None,
    )


def _opening(listed: CaseList, by: str) -> Callable[[str, str], str]:
    def opened(risk: str, column: str) -> str:
        asked: dict[str, Any] = {"stage": None, "band": None, by: None if column == TOTAL else column}
        return links.address(POLIT.url_path, list=str(listed), risk=None if risk == TOTAL else risk, **asked)

    return opened


def _choosing(listed: CaseList) -> Callable[[], None]:
    return lambda: filters.choose(list=str(listed), risk=None, stage=None, band=None)


def _note(what: str, longest: Longest) -> str | None:
    return None if longest.figure.value is None else f"{what} {days_text(int(longest.figure.value))}"


def unallocated_note(figure: Figure) -> str | None:
    """Why the number of unallocated cases has no value, where it has none."""
    is_left_out = figure.value is None and figure.denominator is None and not figure.suppressed
    return "Cases of nobody are not part of this view" if is_left_out else None
