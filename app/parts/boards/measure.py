"""One measure of a board: the month's figure, its chart and finding, what is said of it, and what it counts."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from app.parts import commentary, figures, signal_chart
from app.parts.boards import lists
from app.parts.links import sentence
from app.parts.words import escaped
from offendermgmt.outputs.packs.words import value_text
from offendermgmt.services.board_types import BoardView, MeasureView
from offendermgmt.services.commentary import Commentary, commentary_for
from offendermgmt.services.figures import Figure
from offendermgmt.services.signal_series import Unit
from offendermgmt.services.signal_words import target_text
from offendermgmt.services.trend_events import TrendEvent
from offendermgmt.services.wording import day_text, month_text

_SAME: Final = "As known now: the same."


def show(view: BoardView, told: MeasureView, said: Sequence[Commentary], marked: Sequence[TrendEvent]) -> None:
    """Draw the measure; `said` is all commentary on record, for the form of who writes it.

    `marked` are the events by whose numbers the page's charts are marked.
    """
    st.subheader(escaped(told.measure.title), help=figures.definition_text(told.definition))
    st.markdown(" ".join(part for part in (_newest(view, told), _restated(told), escaped(told.note)) if part))
    signal_chart.show(told.series, key=f"chart {told.measure.ref}", marked=marked)
    st.caption(escaped(" ".join(_about(told))))
    if (listed := lists.of(view, told)) is not None:
        place, href = listed
        sentence("The people and cases behind it are on ", f"{place.title}, {day_text(view.setting.as_of)}", href, ".")
    if told.commentary is None and told.last_commentary is None:
        st.caption("No commentary, of this month or the last.")
    else:
        commentary.show(view.month_on, told.commentary, told.last_commentary)
    if view.closed is None:
        ref, this = told.measure.ref, commentary_for(said, told.measure.ref, view.month_on)
        commentary.forms(ref, told.measure.title, view.month_on, this)


def _newest(view: BoardView, told: MeasureView) -> str:
    month = month_text(view.month_on)
    when = month if view.is_over else f"{month} so far, to {day_text(view.setting.as_of)}"
    return f"**{_figure(told.newest, told.counted, told.series.unit)}** in {when}."


def _restated(told: MeasureView) -> str:
    if told.restated is None:
        return ""
    if not told.restated.why_different:
        return _SAME
    now = _figure(told.restated.as_known_now, told.restated.counted, told.series.unit)
    return f"As known now: **{now}**. {escaped(told.restated.why_different)}"


def _figure(figure: Figure, counted: str, unit: Unit) -> str:
    beneath = figures.beneath_text(figure) if figure.suppressed else counted
    return f"{value_text(figure, unit)}{f' ({escaped(beneath)})' if beneath else ''}"


def _about(told: MeasureView) -> list[str]:
    """What it counts, its target with the source, and whose it is."""
    target = target_text(told.series)
    source = f" (source: {told.measure.target_source})" if target and told.measure.target_source else ""
    return [
        f"Counts: {told.definition.meaning}",
        f"Target: {target}{source}." if target else "No target: there is no source for one.",
        f"Owner: {told.measure.owner}.",
    ]
