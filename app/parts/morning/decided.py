"""The decisions due on the day or late, of each unit."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from app.navigation import DECISIONS
from app.parts import decision_list, listing
from app.parts.listing import Field
from app.parts.morning.frame import FEW, Words, facts, kept, opens, opens_cases, opens_offenders, way_on
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.decision_lists import Which
from offendermgmt.services.morning import Morning, Part

_LISTED = (Which.LATE, Which.TODAY, Which.DEFERRED, Which.OPEN)


def show(mornings: Sequence[Morning], words: Words) -> None:
    """Draw how many decisions of each unit are late, due and open, and those to be carried out first."""
    for morning in mornings:
        if len(mornings) > 1:
            st.subheader(str(morning.unit), anchor=False)
        _show(morning, words)


def _show(morning: Morning, words: Words) -> None:
    section, unit = morning.sections[Part.DECISIONS], str(morning.unit)
    addresses = {str(which): opens(DECISIONS.url_path, listed=str(which), unit=unit) for which in _LISTED}
    facts(section, addresses, of=dict.fromkeys((Which.LATE, Which.TODAY, Which.DEFERRED), "open"))
    rows = section.lists["due"]
    if rows.empty:
        st.success("No decision is due or late.", icon=":material/check:")
        return
    is_offender = morning.unit is Unit.MOSOVO
    shown = kept(section, "words", lambda: _told(morning, rows.head(FEW), words))
    listing.show(
        shown,
        [
            Field("subject_ref", "Offender" if is_offender else "Case", "opens", beneath="name"),
            Field("kind_text", "Decision", "sentence", beneath="why"),
            Field("due_on", "Due", "day", beneath="late"),
            Field("owner", "Owner"),
        ],
        caption="Decisions due on the day or late, the earliest due first",
        opens=opens_offenders(shown, "subject_ref") if is_offender else opens_cases(shown, "subject_ref"),
    )
    way_on(
        len(shown), len(rows), "due or late", opens(DECISIONS.url_path, listed=Which.DUE, unit=unit), DECISIONS.title
    )


def _told(morning: Morning, rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    told = decision_list.told(rows, {}, words.holders)
    return words.named(morning, told, "subject_ref") if morning.unit is Unit.MOSOVO else told
