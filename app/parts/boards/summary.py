"""The top of a board's page: how the month stands, how its measures stand, and what stands out."""

from html import escape
from typing import Final

import streamlit as st

from app.navigation import MONTHS, places_for
from app.parts import figures, pack_files
from app.parts.boards import questions, tables
from app.parts.links import address, sentence
from app.parts.words import count, escaped, plural
from app.session import current_view
from offendermgmt.outputs.packs.pack import Pack, standing_out
from offendermgmt.services.board_page import STANDINGS, Standing, standing_of, standings
from offendermgmt.services.board_types import BoardView
from offendermgmt.services.wording import month_text, of_text

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
    kept = f" {pack.handling}" if view.is_suppressed else ""
    st.markdown(f"**{month_text(view.month_on)}.** {escaped(pack.state)}{kept}")
    restated = sum(bool(each.restated and each.restated.why_different) for each in view.measures)
    if restated:
        st.info(
            f"Of {plural(len(view.measures), 'figure')} {plural(restated, 'is', 'are')} known otherwise now: "
            f"*{MONTHS.title}* has them all.",
            icon=":material/update:",
        )
    if MONTHS in places_for(current_view().viewer):
        href = address(
            MONTHS.url_path, month=f"{view.month_on:%Y-%m}", **dict.fromkeys(("months", "charts", "measure"))
        )
        sentence("How months were reported, and what is known of them now: ", MONTHS.title, href, ".")
    pack_files.offer(view)
    _draw_parts(pack)
    table = standing_out(view)
    st.header(table.title, help=figures.definition_text(STANDINGS), anchor=table.code)
    _draw_standings(view)
    if table.rows:
        tables.draw(table, f"{plural(len(table.rows), 'measure')} with a signal, {month_text(view.month_on)}")
    else:
        st.markdown(table.finding or "No measure is signalled.")


def _draw_parts(pack: Pack) -> None:
    """The way to each part, with how many of a question's measures are a concern."""
    view = pack.view
    items = [_part(standing_out(view).code, standing_out(view).title, "")]
    for told in view.questions:
        concerns = sum(standing_of(view, each) is Standing.CONCERN for each in told.measures)
        items.append(
            _part(questions.anchor(told.question), told.question.text, plural(concerns, "concern") if concerns else "")
        )
    items += [_part(table.code, table.title, "") for table in pack.tables()]
    st.html(f'<nav class="om-jumps" aria-label="Parts of the paper"><ul>{"".join(items)}</ul></nav>')


def _part(anchor: str, title: str, told: str) -> str:
    return f'<li><a href="#{escape(anchor)}">{escape(title)}</a>{f" {escape(told)}" if told else ""}</li>'


def _draw_standings(view: BoardView) -> None:
    """How many measures stand how, as a list of numbers: together they are all of the board's."""
    total = len(view.measures)
    beneath = f"<small>{of_text(total, ('measure', 'measures'))}</small>"
    items = "".join(
        f"<div><dt>{escape(TITLES[standing])}</dt><dd>{count(number)} {beneath}</dd></div>"
        for standing, number in standings(view).items()
    )
    st.html(f'<dl class="om-facts om-figures">{items}</dl>')
