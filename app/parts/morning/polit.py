"""POLIT on a morning: children awaiting first, then the cases past their limit or stalled."""

import pandas as pd
import streamlit as st

from app.navigation import POLIT
from app.parts import listing
from app.parts.listing import Field
from app.parts.morning.frame import FEW, Words, facts, kept, opens, opens_cases, way_on
from app.parts.polit import cases, children
from app.parts.polit.backlog import unallocated_note
from offendermgmt.services.morning import Morning, Part, Section
from offendermgmt.services.polit_definitions import CaseList, ChildList

_STALLED = 3


def show(morning: Morning, words: Words) -> None:
    """Draw POLIT's figures, the children who have waited longest and the worst cases."""
    section = morning.sections[Part.POLIT]
    awaiting = opens(POLIT.url_path, children=str(ChildList.AWAITING))
    past = opens(POLIT.url_path, list=str(CaseList.PAST))
    listed = (CaseList.BACKLOG, CaseList.PAST, CaseList.STALLED, CaseList.UNALLOCATED)
    addresses = {str(each): opens(POLIT.url_path, list=str(each)) for each in listed}
    facts(
        section,
        {"awaiting": awaiting, "longest_wait": awaiting, **addresses, "furthest_past": past},
        of={"awaiting": "identified", "past": "in the backlog", **dict.fromkeys(("stalled", "unallocated"), "open")},
    )
    if note := unallocated_note(section.figures["unallocated"]):
        st.caption(f"{note}: look at all teams for them.")
    _children(section, words, awaiting)
    _cases(section, words)


def _children(section: Section, words: Words, page: str) -> None:
    rows = section.lists["awaiting"]
    if rows.empty:
        st.success("No child is awaiting safeguarding.", icon=":material/check:")
        return
    shown = kept(section, "children", lambda: children.told(rows.head(FEW), words.holders))
    listing.show(
        shown,
        [
            Field("case_ref", "Case and child", "opens", beneath="child_ref"),
            Field("risk_level", "Risk of the case", "risk"),
            Field("days_since_identified", "Days since identified", "number", beneath="identified"),
            Field("referred_on", "Referred to social care", "day_or_none", beneath="referral"),
            Field("holder", "Held by"),
        ],
        caption="Children awaiting safeguarding, by risk of the case and days since identified",
        opens=opens_cases(shown),
    )
    way_on(len(shown), len(rows), "children awaiting", page, POLIT.title)


def _cases(section: Section, words: Words) -> None:
    shown = kept(section, "words", lambda: cases.told(_worst(section), words.holders))
    if shown.empty:
        st.success("No case is past its limit or stalled.", icon=":material/check:")
        return
    listing.show(
        shown,
        [
            Field("case_ref", "Case", "opens", beneath="stage_text"),
            Field("risk_level", "Risk", "risk"),
            Field("act_by", "Act by", "day_or_none", beneath="late"),
            Field("idle", "Without activity", beneath="limit"),
            Field("holder", "Held by", beneath="load"),
        ],
        caption=f"The worst {FEW} past their limit, then the worst {_STALLED} others that are stalled; "
        "the numbers above open all of them",
        opens=opens_cases(shown),
    )


def _worst(section: Section) -> pd.DataFrame:
    past, stalled = section.lists["past"], section.lists["stalled"]
    others = stalled[~stalled["case_ref"].isin(past["case_ref"]).to_numpy()]
    return pd.concat([past.head(FEW), others.head(_STALLED)], ignore_index=True)
