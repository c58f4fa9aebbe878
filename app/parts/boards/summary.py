"""The top of a board's page: how the month stands, how its measures stand, and what stands out."""

from html import escape
from typing import Final

import streamlit as st

from app.parts import figures
from app.parts.boards import tables
from app.parts.links import address, sentence
from app.parts.words import count
from offendermgmt.outputs.packs.pack import Pack, standing_out
from offendermgmt.services.board_page import STANDINGS, Standing, standings
from offendermgmt.services.board_types import BoardView
from offendermgmt.services.wording import month_text

TITLES: Final = {
    Standing.CONCERN: "Concern",
    Standing.UNUSUAL: "Unusual",
    Standing.IMPROVEMENT: "Improvement",
    Standing.USUAL: "Nothing unusual",
    Standing.NOT_JUDGED: "Not judged",
}


def show(pack: Pack) -> None:
    """Draw how the month stands and what to look at if there is time for nothing else."""
    view = pack.view
    st.markdown(f"**{month_text(view.month_on)}.** {pack.state} {pack.handling}")
    restated = sum(bool(each.restated and each.restated.why_different) for each in view.measures)
    if restated:
        st.info(
            f"{restated} of {len(view.measures)} figures are known otherwise now: each says so, and why.",
            icon=":material/update:",
        )
    sentence("", "Close, reopen or compare months", address("months", month=f"{view.month_on:%Y-%m}"))
    table = standing_out(view)
    st.header(table.title, help=figures.definition_text(STANDINGS))
    _draw_standings(view)
    if table.rows:
        tables.draw(table)
    else:
        st.markdown(table.finding)


def _draw_standings(view: BoardView) -> None:
    """How many measures stand how, as a list of numbers: together they are all of the board's."""
    total = len(view.measures)
    beneath = f"<small>of {count(total)} measures</small>"
    items = "".join(
        f"<div><dt>{escape(TITLES[standing])}</dt><dd>{count(number)} {beneath}</dd></div>"
        for standing, number in standings(view).items()
    )
    st.html(f'<dl class="om-facts om-figures">{items}</dl>')
