"""How fresh the figures are: the line under every page's heading."""

from collections.abc import Sequence
from datetime import date, datetime

import pandas as pd
import streamlit as st

from app.parts.links import address, link
from app.parts.words import moment, plural
from offendermgmt.services import refused
from offendermgmt.services.access import Viewer
from offendermgmt.services.desk import Freshness
from offendermgmt.services.last_loads import LastLoad, newest_by_source
from offendermgmt.services.wording import day_text


def line(state: Freshness, viewer: Viewer, as_of: date, known_at: datetime | None = None) -> None:
    """Draw the line: the day described, the last load of each source, and the refused rows that wait.

    Who works on the quality of the data is led to those rows.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="freshness"):
        st.markdown(sentence(state.loads, as_of, known_at), width="content")
        waiting = f"{plural(state.open_refused, 'refused row')} waiting"
        if state.open_refused and refused.may_see(viewer):
            st.html(link(waiting, address("data-quality")), width="content")
        elif state.open_refused:
            st.badge(waiting, icon=":material/report:", color="orange")
        else:
            st.markdown("No refused rows waiting", width="content")
        if state.loads:
            with st.popover("Loads by table", icon=":material/database:", type="tertiary"):
                st.table(by_table(state.loads))


def sentence(loads: Sequence[LastLoad], as_of: date, known_at: datetime | None) -> str:
    """The day described, what was known, and when each source was last loaded."""
    parts = [f"As of **{day_text(as_of)}**"]
    if known_at is not None:
        parts.append(f"as known at **{moment(known_at)}**")
    newest = newest_by_source(loads)
    loaded = ", ".join(f"{source} {moment(at)}" for source, at in newest.items())
    parts.append(f"last load: {loaded}" if loaded else "nothing has been loaded yet")
    return " · ".join(parts)


def by_table(loads: Sequence[LastLoad]) -> pd.DataFrame:
    """Each table's last load, for reading."""
    return pd.DataFrame(
        {
            "Last loaded": [moment(load.finished_at) for load in loads],
            "Rows in": [load.loaded for load in loads],
            "By": [load.loaded_by for load in loads],
        },
        index=pd.Index([load.table.replace("_", " ").replace("polit", "POLIT") for load in loads], name="Table"),
    )
