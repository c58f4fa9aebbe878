"""The part of My day about POLIT: open cases, those past their limit or stalled, and children awaiting."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from app.navigation import MY_DAY
from app.parts import figures, filters, listing
from app.parts.figures import OpensHere, definition_text
from app.parts.listing import MOST_ROWS, Field
from app.parts.polit import cases
from app.parts.polit.children import case_addresses, told
from app.parts.words import plural
from offendermgmt.services.figures import Figure
from offendermgmt.services.polit_board import PolitBoard
from offendermgmt.services.polit_definitions import CaseList, ChildList

LIST: Final = "cases"
_OFFERED: Final = (CaseList.PAST, CaseList.STALLED, CaseList.OPEN)


def chosen_list(ignored: list[str]) -> CaseList:
    """The list of cases that the address asks for, open ones where none; one there is not is added to `ignored`."""
    asked = st.query_params.get(LIST)
    known = {str(each): each for each in _OFFERED}
    if asked is not None and asked not in known:
        ignored.append(f"list {asked[:40]!r}")
    return known.get(asked or "", CaseList.OPEN)


def show_figures(board: PolitBoard, chosen: CaseList) -> None:
    """Draw the figures, children first; those of cases open their list."""
    with st.grid(4, min_column_width=170):
        figures.show(board.children[ChildList.AWAITING], of="identified in open cases")
        for each in _OFFERED:
            opens = None if each is chosen else OpensHere("case", partial(filters.choose, **{LIST: str(each)}))
            figures.show(_as_shown(board, each), of=_OF.get(each), opens=opens)


def show_lists(board: PolitBoard, chosen: CaseList, holders: Mapping[str, str], *, one_holder: bool) -> None:
    """Draw the children awaiting safeguarding, and the cases of the list chosen, worst first.

    Whose they are is said only where they are several's.
    """
    _show_children(board, holders)
    figure = board.cases[chosen]
    st.header(figure.definition.title, help=definition_text(figure.definition))
    if board.listed_cases is None or board.listed_cases.empty:
        st.markdown("No case.")
        return
    if not one_holder:
        cases.show_table(board.listed_cases, holders, back=MY_DAY.url_path)
        return
    shown = board.listed_cases.head(MOST_ROWS)
    listing.show(
        cases.told(shown, holders),
        [
            Field("case_ref", "Case", "opens", beneath="stage_text"),
            Field("risk_level", "Risk", "risk"),
            Field("children", "Children awaiting"),
            Field("received_on", "Received", "day", beneath="age"),
            Field("act_by", "Act by", "day_or_none", beneath="late"),
            Field("idle", "Without activity", beneath="limit"),
        ],
        caption=f"Cases with a child awaiting safeguarding first, then by risk and by days past the limit: "
        f"{plural(len(board.listed_cases), 'case')}",
        opens=case_addresses(shown["case_ref"], MY_DAY.url_path),
    )


def _as_shown(board: PolitBoard, each: CaseList) -> Figure:
    """The figure of a list; open cases without a share, which of themselves would say nothing."""
    figure = board.cases[each]
    if each is not CaseList.OPEN or figure.numerator is None:
        return figure
    return replace(figure, value=figure.numerator, numerator=None, denominator=None)


def _show_children(board: PolitBoard, holders: Mapping[str, str]) -> None:
    rows = board.listed_children
    figure = board.children[ChildList.AWAITING]
    st.header(figure.definition.title, help=definition_text(figure.definition))
    if rows is None or rows.empty:
        st.markdown("No child.")
        return
    shown = rows.head(MOST_ROWS)
    listing.show(
        told(shown, holders),
        [
            Field("case_ref", "Case and child", "opens", beneath="child_ref"),
            Field("risk_level", "Risk of the case", "risk"),
            Field("days_since_identified", "Days since identified", "number", beneath="identified"),
            Field("referred_on", "Referred to social care", "day_or_none", beneath="referral"),
            Field("stage_text", "Stage of the case"),
        ],
        caption=f"Children awaiting safeguarding, by risk of the case and days since identified: "
        f"{plural(len(rows), 'child', 'children')}",
        opens=case_addresses(shown["case_ref"], MY_DAY.url_path),
    )


_OF: Final[Mapping[CaseList, str | tuple[str, str]]] = {
    CaseList.PAST: "in the backlog",
    CaseList.STALLED: ("open case", "open cases"),
}
