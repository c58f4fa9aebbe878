"""POLIT's open cases as a list, worst first, with what each holder carries beside it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from app.navigation import POLIT
from app.parts import filters, links, listing
from app.parts.caseloads import NOBODY, presence_text
from app.parts.figures import definition_text
from app.parts.listing import MOST_ROWS, Field
from app.parts.polit.children import case_addresses
from app.parts.polit.choices import OF_LIST, Choices
from app.parts.words import count, plural
from offendermgmt.services.caseload import Presence
from offendermgmt.services.figures import Figure
from offendermgmt.services.polit_definitions import CaseList
from offendermgmt.services.wording import STAGE, days_text


def say_none_open(as_of: str, narrowed: Mapping[str, str]) -> None:
    """Say that there is no open case, among whom, and offer to clear what the page was narrowed to."""
    among = f" for {' and '.join(narrowed.values())}" if narrowed else ""
    st.info(f"No POLIT case is open{among} on {as_of}: there is nothing to count.", icon=":material/info:")
    if narrowed:
        st.button("Show all teams and holders", on_click=filters.choose, kwargs={"team": None, "officer": None})


def show_list(cases: pd.DataFrame, figure: Figure, choices: Choices, holders: Mapping[str, str]) -> None:
    """Draw the cases of the chosen list, as narrowed, under what it means and how many of how many it shows."""
    st.header(figure.definition.title, help=definition_text(figure.definition))
    _say_shown(len(cases), figure, choices)
    if cases.empty:
        return
    show_table(cases, holders, back=POLIT.url_path)


def show_table(cases: pd.DataFrame, holders: Mapping[str, str], *, back: str) -> None:
    """Draw rows of `polit_cases.open_cases`; each opens its case, from which the way leads to the page `back`."""
    shown = cases.head(MOST_ROWS)
    if len(cases) > len(shown):
        st.info(
            f"The list shows the worst {count(len(shown))} of {count(len(cases))}; the figures count all of them, and "
            "the download has them. Narrow it by holder, risk or stage to see the rest.",
            icon=":material/filter_list:",
        )
    listing.show(
        told(shown, holders),
        [
            Field("case_ref", "Case", "opens", beneath="stage_text"),
            Field("risk_level", "Risk", "risk"),
            Field("children", "Children awaiting"),
            Field("received_on", "Received", "day", beneath="age"),
            Field("act_by", "Act by", "day_or_none", beneath="late"),
            Field("idle", "Without activity", beneath="limit"),
            Field("holder", "Held by", beneath="load"),
        ],
        caption="Cases with a child awaiting safeguarding first, then by risk and by days past the limit: "
        f"{plural(len(cases), 'case')}",
        opens=case_addresses(shown["case_ref"], back),
    )


def told(cases: pd.DataFrame, holders: Mapping[str, str]) -> pd.DataFrame:
    """The rows of `polit_cases.open_cases` with words.

    Columns age, stage_text, children, late, idle, limit, holder, load.
    """
    rows = cases.to_dict(orient="records")
    return cases.assign(
        age=[f"{days_text(row['age_days'])} ago" for row in rows],
        stage_text=cases["stage"].map(STAGE),
        children=[_children_text(row) for row in rows],
        late=[_late_text(row) for row in rows],
        idle=[days_text(row["days_since_activity"]) for row in rows],
        limit=[_limit_text(row) for row in rows],
        holder=[holders.get(ref, NOBODY) for ref in cases["officer_ref"]],
        load=[load_text(row) for row in rows],
    )


def load_text(row: Mapping[Any, Any]) -> str:
    """What the holder of a case carries and with how much time: empty for nobody."""
    if row["holder_presence"] == Presence.NOBODY:
        return ""
    held = plural(row["holder_cases"], "open case")
    away = presence_text({"presence": row["holder_presence"], "left_on": row["holder_left_on"]})
    if away:
        return f"{held}, {away[0].lower()}{away[1:]}"
    return f"{held}, {row['holder_fte']:g} FTE: {row['holder_per_fte']:,.1f} per FTE"


def _children_text(row: Mapping[Any, Any]) -> str:
    identified = int(row["children_identified"])
    return f"{row['children_awaiting']:,} of {identified:,}" if identified else "None found"


def _late_text(row: Mapping[Any, Any]) -> str:
    if not row["in_backlog"]:
        return "Live"
    return f"{days_text(row['days_past_limit'])} past" if row["days_past_limit"] else "Within the limit"


def _limit_text(row: Mapping[Any, Any]) -> str:
    if not row["days_stalled"]:
        return ""
    return f"stalled, {row['days_stalled']:,} over the limit of {row['stalled_limit']:,}"


def _say_shown(number: int, figure: Figure, choices: Choices) -> None:
    listed, narrowed = figure.numerator or 0, list(choices.list_words().values())
    cleared = dict.fromkeys(OF_LIST)
    if not narrowed and choices.cases is CaseList.OPEN:
        st.markdown(f"Showing all {plural(listed, 'open case')}.")
        return
    if not narrowed:
        said = f"Showing **{plural(listed, 'case')}**. {figure.definition.meaning}"
    else:
        none = "" if number else " No case is all of this."
        said = f"Showing **{count(number)} of {plural(listed, 'case')}**: {', '.join(narrowed)}.{none}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(said, width="content" if narrowed else "stretch")
        st.button("Show all open cases", type="tertiary", on_click=filters.choose, kwargs=cleared)


def say_order(page: str) -> None:
    """Say where the order to work the backlog in is."""
    links.sentence(
        "Worst first is for reading. The order to work the backlog in, by the written rule, is on ",
        "Order of work",
        page,
        ".",
    )
