"""The top of the morning page: the backlog's size, risk and age, and links to every part with its count."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

import streamlit as st

from app.parts import figures
from app.parts.morning.frame import listed_by
from app.parts.words import count
from offendermgmt.services.morning import Morning, Part
from offendermgmt.services.morning_words import TITLE

SIGN_OFF: Final = "sign-off"
# What a part's link at the top counts: the figures by code, with the word that stands behind each number.
_COUNTED: Final[Mapping[Part, tuple[tuple[str, str], ...]]] = {
    Part.CHANGES: (("late", "late records"), ("refused", "refused")),
    Part.BACKLOG: (("size", "overdue"),),
    Part.TRIAGE: (("size", "people"),),
    Part.LONE_VISITS: (("waiting", "findings late"), ("in_time", "due")),
    Part.PLAN: (("planned", "planned"), ("alone", "alone"), ("no_outcome", "without outcome")),
    Part.CONTACT: (
        ("unallocated", "unallocated"),
        ("missing", "missing"),
        ("released_late", "released, first visit late"),
    ),
    Part.CASELOAD: (("over_share", "over the ceiling"), ("over_cap", "over the cases per FTE")),
    Part.POLIT: (("awaiting", "children awaiting"), ("past", "past the limit"), ("stalled", "stalled")),
    Part.DECISIONS: (("late", "late"), ("today", "due today")),
}


def headline(mornings: Sequence[Morning]) -> None:
    """Draw first what the page is about: how many are overdue, the risk among them and the most overdue; children."""
    with st.grid(5, min_column_width=165):
        for morning in mornings:
            if backlog := morning.sections.get(Part.BACKLOG):
                share = backlog.figures["share"]
                in_total = f"{figures.value_text(backlog.figures['days_total'])} in total"
                figures.show(backlog.figures["size"], note=figures.beneath_text(share, "whose clock runs"))
                figures.show(backlog.figures["high_risk"], of="overdue")
                figures.show(backlog.figures["longest"], note=in_total)
            if polit := morning.sections.get(Part.POLIT):
                figures.show(polit.figures["awaiting"], of=("child identified", "children identified"))
                figures.show(polit.figures["past"], of="in the backlog")


def jumps(mornings: Sequence[Morning]) -> None:
    """Draw a link to each part with what it counts, and to the sign-off at the foot."""
    parts = [part for part in Part if any(part in morning.sections for morning in mornings)]
    items = [f'<a href="#{part}">{escape(TITLE[part])}</a>{_told(part, mornings)}' for part in parts]
    items.append(f'<a href="#{SIGN_OFF}">Sign-off</a>')
    body = "".join(f"<li>{item}</li>" for item in items)
    st.html(f'<nav class="om-jumps" aria-label="Parts of the morning"><ul>{body}</ul></nav>')


def _told(part: Part, mornings: Sequence[Morning]) -> str:
    words = [f"{count(number)} {escape(word)}" for number, word in _numbers(part, mornings)]
    return f" {', '.join(words)}" if words else ""


def _numbers(part: Part, mornings: Sequence[Morning]) -> Iterator[tuple[float, str]]:
    for code, word in _COUNTED.get(part, ()):
        counted = [morning.sections[part].figures.get(code) for morning in mornings if part in morning.sections]
        found = [listed_by(figure) for figure in counted if figure is not None]
        known = [number for number in found if number is not None]
        if known:
            yield sum(known), word
