"""One figure: its value, what it was counted from, its definition, and the list it counts."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from app.parts.words import NO_VALUE, count, plural, share
from offendermgmt.services.access import ROLE_TITLES
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.question import Question
from offendermgmt.services.wording import of_text


@dataclass(frozen=True)
class OpensHere:
    """The list is on this page: what it is a list of, and what sets its filters, by `st.session_state`."""

    noun: str
    choose: Callable[[], None]
    many: str | None = None


def show(
    figure: Figure,
    *,
    of: str | tuple[str, str] | None = None,
    note: str | None = None,
    opens: OpensHere | None = None,
) -> None:
    """Draw a figure as a card; with a share, numerator and denominator always stand under it.

    Where a number says more than its share, `of` is what the denominator counts, as one and as many where these differ:
    the card shows the numerator, and the share beneath it.
    """
    counted = of if figure.numerator is not None else None
    value = count(figure.numerator or 0) if counted else value_text(figure)
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.metric(figure.definition.title, value, help=definition_text(figure.definition))
        beneath = [text for text in (beneath_text(figure, counted), note) if text]
        if beneath:
            st.caption(" · ".join(beneath))
        listed = figure.value if figure.numerator is None else figure.numerator
        if opens is not None and listed:
            st.button(
                f"Open {plural(listed, opens.noun, opens.many)}",
                key=f"open {figure.definition.title}",
                icon=":material/list:",
                type="tertiary",
                on_click=opens.choose,
            )


def value_text(figure: Figure) -> str:
    """The value in words: a share as a percentage, a count with its unit, or that there is none to show."""
    if figure.suppressed:
        return "Not shown"
    if figure.value is None:
        return NO_VALUE
    if figure.denominator is not None:
        return share(figure.value)
    unit = figure.definition.unit
    return plural(figure.value, unit) if unit else count(figure.value)


def beneath_text(figure: Figure, of: str | tuple[str, str] | None = None) -> str | None:
    """What the value was counted from, or why it is not shown; none where there is nothing to say.

    With `of`, what the denominator counts, under a numerator that stands alone: `of 34 open cases (8.8%)`.
    """
    if figure.suppressed:
        return f"Counts under {figure.setting.smallest_count} are not shown outside the unit"
    if figure.numerator is None or figure.denominator is None:
        return None
    if of:
        in_percent = f" ({share(figure.value)})" if figure.denominator else ""
        return f"{of_text(figure.denominator, of)}{in_percent}"
    return f"{count(figure.numerator)} of {count(figure.denominator)}"


def definition_text(definition: Definition) -> str:
    """What the figure counts, with the rules it follows."""
    return f"{definition.meaning} (Rules {', '.join(definition.rules)}.)"


def say_counts_only(question: Question, listed: str | None = None) -> None:
    """Tell a viewer outside the units what is kept from them, and whom to ask for the `listed` (cases, visits)."""
    said = (
        f"{ROLE_TITLES[question.viewer.role]} sees counts, not people, and no count under {question.smallest_count} "
        "that could point at a person."
    )
    ask = f" Ask the unit's detective inspector for the {listed}." if listed else ""
    st.info(said + ask, icon=":material/visibility_off:")
