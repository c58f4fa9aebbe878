"""The children of POLIT's cases: who awaits safeguarding or referral, for how long, and in which case."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.navigation import POLIT, POLIT_CASE
from app.parts import figures, filters, links, listing
from app.parts.caseloads import NOBODY
from app.parts.figures import OpensHere
from app.parts.listing import MOST_ROWS, Field
from app.parts.words import count, plural
from offendermgmt.services.polit_board import PolitBoard
from offendermgmt.services.polit_definitions import ChildList
from offendermgmt.services.wording import STAGE, day_text, days_text

# So many come before the backlog unless the reader asks for all of them.
FIRST_SHOWN: Final = 10
_OF: Final = dict.fromkeys(ChildList, "identified in open cases") | {ChildList.CLOSED: "identified in closed cases"}

_TITLES: Final = {
    ChildList.AWAITING: "Children awaiting safeguarding",
    ChildList.UNREFERRED: "Children awaiting referral to social care",
    ChildList.REFERRED: "Children referred to social care",
    ChildList.IDENTIFIED: "Children identified",
    ChildList.CLOSED: "Children of closed cases, not safeguarded",
}


def show(board: PolitBoard, chosen: ChildList | None, holders: Mapping[str, str]) -> None:
    """Draw the figures of children, and the list chosen or the first of those awaiting; figures alone without lists."""
    st.header("Children")
    _show_figures(board)
    if board.listed_children is None:
        return
    _say_awaiting(board)
    listed = chosen or ChildList.AWAITING
    if board.listed_children.empty:
        if chosen is not None and chosen is not ChildList.AWAITING:
            st.info(f"{_TITLES[chosen]}: no child.", icon=":material/info:")
        return
    _show_list(board.listed_children, listed, holders, most=MOST_ROWS if chosen else FIRST_SHOWN)


def _show_figures(board: PolitBoard) -> None:
    lists = board.listed_children is not None
    wait = board.longest_wait.figure
    notes = {ChildList.IDENTIFIED: "in open cases, safeguarded or not"}
    if wait.value is not None:
        notes[ChildList.AWAITING] = f"longest {days_text(int(wait.value))}"
    with st.grid(5, min_column_width=170):
        for each, figure in board.children.items():
            opens = OpensHere("child", _choosing(each), "children") if lists else None
            if each is ChildList.IDENTIFIED and figure.numerator is not None:
                # Of itself a share would say nothing.
                figure = replace(figure, value=figure.numerator, numerator=None, denominator=None)
            figures.show(figure, of=_OF[each], note=notes.get(each), opens=opens)


def _choosing(listed: ChildList) -> Any:
    return lambda: filters.choose(children=str(listed))


def _say_awaiting(board: PolitBoard) -> None:
    """Say in words who has waited longest, or that nobody waits and of how many."""
    figure, longest = board.children[ChildList.AWAITING], board.longest_wait
    if figure.denominator == 0:
        st.info("No child has been identified in an open case by this day.", icon=":material/info:")
    elif not figure.numerator:
        identified = plural(figure.denominator or 0, "child", "children")
        st.success(
            f"No child is awaiting safeguarding: 0 of {identified} identified in open cases.", icon=":material/check:"
        )
    else:
        days = days_text(int(longest.figure.value or 0))
        links.sentence(
            f"Longest wait for safeguarding: {days}, child {longest.child_ref} of case ",
            str(longest.case_ref),
            case_address(str(longest.case_ref)),
            ".",
        )


def case_address(case_ref: str, back: str = POLIT.url_path) -> str:
    """The address of a case, from which the way leads back to POLIT's page or another."""
    return links.address(POLIT_CASE.url_path, case=case_ref, back=back)


def case_addresses(case_refs: Iterable[str], back: str = POLIT.url_path) -> dict[str, str]:
    """`case_address` of each case of a list, by reference."""
    return links.addresses(POLIT_CASE.url_path, "case", case_refs, back=back)


def _show_list(rows: pd.DataFrame, listed: ChildList, holders: Mapping[str, str], *, most: int) -> None:
    shown = rows.head(most)
    title = _TITLES[listed]
    if len(rows) > len(shown):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"{title}: the first **{count(len(shown))} of {count(len(rows))}**.", width="content")
            if most < MOST_ROWS:
                st.button(f"Show all {count(len(rows))}", type="tertiary", on_click=_choosing(listed))
    safeguarded = [Field("safeguarded_on", "Safeguarded", "day_or_none")]
    listing.show(
        told(shown, holders),
        [
            Field("case_ref", "Case and child", "opens", beneath="child_ref"),
            Field("risk_level", "Risk of the case", "risk"),
            Field("days_since_identified", "Days since identified", "number", beneath="identified"),
            Field("referred_on", "Referred to social care", "day_or_none", beneath="referral"),
            *(safeguarded if rows["safeguarded_on"].notna().any() else []),
            Field("stage_text", "Stage of the case"),
            Field("holder", "Held by"),
        ],
        caption=f"{title}, by risk of the case and days since identified: {plural(len(rows), 'child', 'children')}",
        opens=case_addresses(shown["case_ref"]),
    )


def told(rows: pd.DataFrame, holders: Mapping[str, str]) -> pd.DataFrame:
    """The rows of `polit_children.children` with words: identified, referral, stage_text, holder."""
    return rows.assign(
        identified=[day_text(day) for day in rows["identified_on"]],
        referral=[
            f"{_after(int(to))}, {_ago(int(since))}" if pd.notna(since) else "Not referred"
            for to, since in zip(rows["days_to_referral"], rows["days_since_referral"], strict=True)
        ],
        stage_text=rows["stage"].map(STAGE),
        holder=[holders.get(ref, NOBODY) for ref in rows["officer_ref"]],
    )


def _after(days: int) -> str:
    return f"after {days_text(days)}" if days else "same day"


def _ago(days: int) -> str:
    return f"{days_text(days)} ago" if days else "on this day"
