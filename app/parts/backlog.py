"""What the page of overdue visits says about its backlog: nobody, who first, and the list."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from app.navigation import OFFENDER
from app.parts import filters, links, listing
from app.parts.listing import MOST_ROWS, Field
from app.parts.words import count, plural
from offendermgmt.services.overdue import OverdueBoard
from offendermgmt.services.wording import STATUS, days_text

UNALLOCATED = "Unallocated"


def say_nobody(board: OverdueBoard, narrowed: Sequence[str]) -> None:
    """Say in words that nobody is overdue, of how many, and offer to clear what the list was narrowed to."""
    running = board.share.denominator or 0
    among = f" among {' and '.join(narrowed)}" if narrowed else ""
    if running:
        st.success(
            f"Nobody is overdue{among}: 0 of {plural(running, 'offender')} whose visit clock runs.",
            icon=":material/check:",
        )
    else:
        st.info(
            f"Nobody is overdue{among}, and nobody could be: there is no offender whose visit clock runs.",
            icon=":material/info:",
        )
    if narrowed:
        st.button("Show all teams and officers", on_click=filters.choose, kwargs={"team": None, "officer": None})


def say_most_overdue(board: OverdueBoard, names: Mapping[str, str]) -> None:
    """Say whose visit is the most overdue, with a link to the record."""
    ref, days = str(board.most_overdue_ref), int(board.longest.value or 0)
    name = f"{ref} {names[ref]}" if names.get(ref) else ref
    links.sentence(
        "Most overdue: ", name, links.address(OFFENDER.url_path, ref=ref), f", {days_text(days)} past the due date."
    )


def first_rows(cases: pd.DataFrame) -> pd.DataFrame:
    """As many of the worst cases as a browser is sent."""
    return cases.head(MOST_ROWS)


def show_list(
    shown: pd.DataFrame,
    *,
    total: int,
    of_all: int,
    chosen: Sequence[str],
    names: Mapping[str, str],
    reasons: Mapping[str, str],
    holders: Mapping[str, str],
    teams: Mapping[str, str],
) -> None:
    """Draw who is overdue, worst first, under what of how many is shown; each row opens the record."""
    st.header("Who is overdue, worst first")
    _say_shown(total, of_all, chosen)
    if total > len(shown):
        st.info(
            f"The list shows the worst {count(len(shown))} of {count(total)}; the figures count all of them. "
            "Narrow it by team, officer, risk or days overdue to see the rest.",
            icon=":material/filter_list:",
        )
    if shown.empty:
        return
    refs = shown["offender_ref"]
    rows = shown.assign(
        name=refs.map(names),
        why=refs.map(reasons),
        state=shown["status"].map(STATUS),
        holder=shown["officer_ref"].map(holders).fillna(UNALLOCATED),
        team=shown["team_ref"].map(teams).fillna(""),
    )
    listing.show(
        rows,
        [
            Field("offender_ref", "Offender", "opens", beneath="name" if names else None),
            Field("risk_level", "Risk", "risk"),
            Field("days_overdue", "Days overdue", "number"),
            Field("due_on", "Due on", "day"),
            Field("why", "Why due then", "sentence"),
            Field("state", "State"),
            Field("last_completed_on", "Last seen", "day"),
            Field("holder", "Held by", beneath="team"),
        ],
        caption=f"{plural(total, 'offender')} overdue for a visit, by risk and then by days overdue",
        opens=links.addresses(OFFENDER.url_path, "ref", refs),
    )


def _say_shown(total: int, of_all: int, chosen: Sequence[str]) -> None:
    if not chosen:
        st.markdown(f"Showing all {plural(of_all, 'offender')}.")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        nobody = "" if total else " Risk and days overdue leave nobody."
        st.markdown(f"Showing **{count(total)} of {count(of_all)}**: {', '.join(chosen)}.{nobody}", width="content")
        st.button("Show all", type="tertiary", on_click=filters.choose, kwargs={"risk": None, "band": None})
