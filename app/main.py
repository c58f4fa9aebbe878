"""The frame round every page: who is looking, the marking, the menu, the day, and how fresh the data is."""

from pathlib import Path

import streamlit as st

from app.parts import filters, freshness, links, marking, menu, printing
from app.session import View, data_freshness, is_demo, refuse, set_view, stop_consulting, switch_role, today

ABOUT = """**Offendermgmt**: performance framework for units that manage registered sex offenders and
investigate online child abuse. The menu's About page says what is counted."""

STYLE = Path(__file__).with_name("pages.css")


def draw() -> None:
    """Draw the frame, then the page inside it."""
    demo = is_demo()
    st.html(STYLE)
    links.follow_in_place()
    marking.banner(synthetic=demo)
    printing.prepare(marking.markings(synthetic=demo))
    if not demo:
        refuse()
    above_the_role = st.sidebar.container()
    with st.sidebar:
        viewer = switch_role()
    page = menu.reached(viewer)
    with above_the_role:
        menu.draw(viewer, page.url_path)
        as_of = filters.as_of(today())
        # Two moments known side by side tell of single records: who sees counts only reads what is known now.
        known_at = filters.known_at(today()) if viewer.opens_lists else None
    set_view(View(viewer, as_of, known_at))
    st.title(page.title, icon=page.icon)
    freshness.line(data_freshness(), viewer, as_of, known_at)
    stop_consulting(page.url_path)
    page.run()


st.set_page_config(
    page_title="Offendermgmt",
    page_icon=str(Path(__file__).with_name("shield.svg")),
    layout="wide",
    menu_items={"About": ABOUT},
)
draw()
