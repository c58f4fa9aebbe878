"""One figure: its value, what it was counted from, its definition, and the list it counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from app.parts.words import NO_VALUE, count, plural, share
from offendermgmt.services.figures import SMALL, Definition, Figure


@dataclass(frozen=True)
class OpensPage:
    """The list is on another page: its script and the filters that make the list's length the figure.

    The names must be those of filters that the page being left does not have itself: Streamlit keeps the reader's own
    value of a filter that both pages share.
    """

    page: str
    noun: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class OpensHere:
    """The list is on this page: what sets its filters, by `st.session_state`."""

    noun: str
    choose: Callable[[], None]


def show(
    figure: Figure, *, unit: str | None = None, note: str | None = None, opens: OpensPage | OpensHere | None = None
) -> None:
    """Draw a figure as a card; with a share, numerator and denominator always stand under it."""
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.metric(figure.definition.title, value_text(figure, unit), help=definition_text(figure.definition))
        beneath = [text for text in (beneath_text(figure), note) if text]
        if beneath:
            st.caption(" · ".join(beneath))
        listed = figure.value if figure.numerator is None else figure.numerator
        if opens is not None and listed:
            _draw_opening(opens, listed, figure.definition.title)


def value_text(figure: Figure, unit: str | None = None) -> str:
    """The value in words: a share as a percentage, a count with its unit, or that there is none to show."""
    if figure.suppressed:
        return "Not shown"
    if figure.value is None:
        return NO_VALUE
    if figure.denominator is not None:
        return share(figure.value)
    return plural(figure.value, unit) if unit else count(figure.value)


def beneath_text(figure: Figure) -> str | None:
    """What the value was counted from, or why it is not shown; none where there is nothing to say."""
    if figure.suppressed:
        return f"Counts under {SMALL} are not shown outside the unit"
    if figure.numerator is None or figure.denominator is None:
        return None
    return f"{count(figure.numerator)} of {count(figure.denominator)}"


def definition_text(definition: Definition) -> str:
    """What the figure counts, with the rules it follows."""
    return f"{definition.meaning} (Rules {', '.join(definition.rules)}.)"


def _draw_opening(opens: OpensPage | OpensHere, listed: float, title: str) -> None:
    name = f"Open {plural(listed, opens.noun)}"
    if isinstance(opens, OpensPage):
        st.page_link(opens.page, label=name, icon=":material/list:", query_params=dict(opens.parameters))
    else:
        st.button(name, key=f"open {title}", icon=":material/list:", type="tertiary", on_click=opens.choose)
