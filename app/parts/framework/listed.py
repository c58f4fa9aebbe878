"""The performance framework to read: each question with its measures, and what was changed and why."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.parts import listing
from app.parts.listing import Field
from app.parts.words import escaped, plural
from offendermgmt.domain.policy import Policy
from offendermgmt.services.framework import Histories, KeyQuestion, Measure, retired_text
from offendermgmt.services.framework_words import aim_text, in_force_text, reading_text
from offendermgmt.services.measure_figures import FIGURES
from offendermgmt.services.wording import BOARD

_MEASURE: Final = (
    Field("title", "Measure", beneath="reading"),
    Field("meaning", "What is counted", "sentence", beneath="rules"),
    Field("aim", "Aim", beneath="target_source"),
    Field("owner", "Owner", beneath="boards"),
)
_CHANGE: Final = (
    Field("recorded_at", "Recorded", "moment", beneath="author"),
    Field("what", "What", "sentence", beneath="changed"),
    Field("done", "Done"),
    Field("from_on", "From", "day"),
    Field("reason", "Reason", "sentence", beneath="source_note"),
)


def show_question(question: KeyQuestion, measures: Sequence[Measure], known: Histories, policy: Policy) -> None:
    """Draw one key performance question and the table of its measures."""
    st.header(escaped(question.text), anchor=f"question-{question.question_ref}")
    if not measures:
        st.markdown("No measure answers this question.")
        return
    listing.show(_rows(measures, known, policy), _MEASURE, caption=plural(len(measures), "measure"))


def show_retired(measures: Sequence[Measure], known: Histories, policy: Policy) -> None:
    """Draw the measures that are no longer in force."""
    if measures:
        st.header("Retired measures")
        listing.show(_rows(measures, known, policy), _MEASURE, caption=plural(len(measures), "retired measure"))


def show_changes(rows: pd.DataFrame) -> None:
    """Draw what was changed of the framework, newest first."""
    st.header("Changes of the framework")
    if rows.empty:
        st.markdown("The framework is as it was shipped: nobody has changed it.")
        return
    shown = rows.head(listing.MOST_ROWS)
    listing.show(shown, _CHANGE, caption=f"{plural(len(rows), 'change')}, newest first")


def _rows(measures: Sequence[Measure], known: Histories, policy: Policy) -> pd.DataFrame:
    return pd.DataFrame([_row(measure, known, policy) for measure in measures])


def _row(measure: Measure, known: Histories, policy: Policy) -> dict[str, Any]:
    figure = FIGURES[measure.figure]
    definition = figure.definition(policy)
    version = next(each for each in known.measures[measure.measure_ref] if each.entry == measure)
    said = [reading_text(figure), in_force_text(version), retired_text(measure)]
    return {
        "title": measure.title,
        "reading": " ".join(f"{text.rstrip('.')}." for text in said if text),
        "meaning": definition.meaning,
        "rules": f"Rules {', '.join(definition.rules)}" if definition.rules else "",
        "aim": aim_text(measure),
        "target_source": measure.target_source or "",
        "owner": measure.owner,
        "boards": "; ".join(BOARD[board] for board in measure.boards),
    }
