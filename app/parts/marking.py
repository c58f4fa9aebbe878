"""The protective marking, first thing on every page."""

import streamlit as st

from offendermgmt.outputs.marking import MARKING, SYNTHETIC, markings

__all__ = ["MARKING", "SYNTHETIC", "banner", "markings"]


def banner(*, synthetic: bool) -> None:
    """The marking, and beside it that the people are made up where they are."""
    with st.container(horizontal=True, horizontal_alignment="center", gap="small", key="marking"):
        st.badge(MARKING, icon=":material/lock:", color="red")
        if synthetic:
            st.badge(SYNTHETIC, icon=":material/science:", color="violet")
