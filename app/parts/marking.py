"""The protective marking, first thing on every page."""

from typing import Final

import streamlit as st

MARKING: Final = "OFFICIAL-SENSITIVE"
SYNTHETIC: Final = "SYNTHETIC DATA"


def markings(*, synthetic: bool) -> tuple[str, ...]:
    """The marking, and that the people are made up where they are, in words for paper."""
    return (MARKING, SYNTHETIC) if synthetic else (MARKING,)


def banner(*, synthetic: bool) -> None:
    """The marking, and beside it that the people are made up where they are."""
    with st.container(horizontal=True, horizontal_alignment="center", gap="small", key="marking"):
        st.badge(MARKING, icon=":material/lock:", color="red")
        if synthetic:
            st.badge(SYNTHETIC, icon=":material/science:", color="violet")
