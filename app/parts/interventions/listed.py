"""The register as a table, and one intervention with what each of its measures was to do and did."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from app.navigation import INTERVENTIONS
from app.parts import downloads, figures, listing, signal_chart
from app.parts.links import address
from app.parts.listing import Field, Link
from app.parts.words import escaped, moment, plural
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services.evaluating import EFFECT
from offendermgmt.services.intervention_definitions import FINDING
from offendermgmt.services.interventions import Intervention
from offendermgmt.services.interventions_board import Found, Registered
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.trend_events import TrendEvent
from offendermgmt.services.wording import day_text

ASKED: Final = "intervention"
_NOT_BEGUN: Final = "Not begun"
_TITLES: Final = {
    "title": "Intervention",
    "from_on": "From",
    "to_on": "Until",
    "why": "Why",
    "measure": "Measure",
    "expected": "Expected",
    "finding": "Finding",
}


def show_register(register: Sequence[Registered], question: Question) -> None:
    """Draw a row for each intervention and measure, a link to it, with what came of it; and a file of them."""
    st.header("The register", help=figures.definition_text(FINDING))
    if not register:
        st.markdown(
            "No intervention is on record. What is done to move a measure stands here, and later whether it worked."
        )
        return
    number = sum(len(each.found) for each in register)
    fields = [
        Field("link", "Intervention", "link", beneath="when"),
        Field("measure", "Measure", beneath="was_to"),
        Field("came_of_it", "What came of it"),
    ]
    caption = f"{plural(len(register), 'intervention')}, {plural(number, 'measure')} to be moved, the newest first"
    listing.show(pd.DataFrame(_rows(register)), fields, caption=caption)
    downloads.offer(
        lambda: pd.DataFrame(_rows_of_file(register)),
        [ListColumn(name, title) for name, title in _TITLES.items()],
        page=INTERVENTIONS.url_path,
        title="Register of interventions",
        count=number,
        setting=setting_of(question),
        definitions=(FINDING,),
    )


def show_one(chosen: Registered) -> None:
    """Draw an intervention: what was done, when and why, and its measures with finding and chart."""
    text = chosen.intervention.text
    st.header(escaped(text.title))
    st.markdown(f"**{_when(chosen.intervention)}.** {escaped(text.why)}")
    st.caption(
        f"As recorded by {escaped(chosen.intervention.author)}, {moment(chosen.intervention.recorded_at)}"
        f"{'' if chosen.intervention.version == 1 else f', version {chosen.intervention.version}'}."
    )
    marked = signal_chart.say_marked(each.series for each in chosen.found if each.series is not None)
    for each in chosen.found:
        _show_found(each, marked)


def _show_found(found: Found, marked: Sequence[TrendEvent]) -> None:
    st.subheader(escaped(found.title))
    if found.expected:
        st.markdown(f"Expected {escaped(found.expected)}.")
    st.markdown(f"**{escaped(found.finding)}**")
    if found.note:
        st.caption(escaped(found.note))
    if found.series is not None:
        signal_chart.show(found.series, key=f"moved {found.measure_ref}", marked=marked)


def _rows(register: Sequence[Registered]) -> list[dict[str, object]]:
    return [
        {
            "link": Link(
                each.intervention.text.title,
                address(INTERVENTIONS.url_path, **{ASKED: each.intervention.intervention_ref}),
                f"Open {each.intervention.text.title}: {found.title}",
            ),
            "when": _when(each.intervention),
            "measure": found.title,
            "was_to": found.expected,
            "came_of_it": _NOT_BEGUN if found.effect is None else EFFECT[found.effect],
        }
        for each in register
        for found in each.found
    ]


def _rows_of_file(register: Sequence[Registered]) -> list[dict[str, object]]:
    return [
        {
            "title": each.intervention.text.title,
            "from_on": each.intervention.text.from_on,
            "to_on": each.intervention.text.to_on,
            "why": each.intervention.text.why,
            "measure": found.title,
            "expected": found.expected,
            "finding": found.finding,
        }
        for each in register
        for found in each.found
    ]


def _when(intervention: Intervention) -> str:
    text = intervention.text
    until = f" until {day_text(text.to_on)}" if text.to_on else ""
    return f"From {day_text(text.from_on)}{until}"
