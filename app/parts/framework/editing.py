"""The forms in which an administrator adds, changes and retires questions and measures of the framework."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

import streamlit as st

from app.parts import telling
from app.session import current_view, desk, today
from offendermgmt.domain.vocabulary import Board, Improvement
from offendermgmt.services.framework import Histories, KeyQuestion, Measure, Version
from offendermgmt.services.framework_editing import (
    LONGEST_QUESTION,
    LONGEST_TITLE,
    FrameworkChanged,
    Versions,
    new_ref,
    save_measure,
    save_question,
)
from offendermgmt.services.framework_words import IMPROVEMENT
from offendermgmt.services.measure_figures import FIGURES, MeasureUnit
from offendermgmt.services.wording import BOARD

TOPIC: Final = "framework"
_NEW_MEASURE: Final = "new-measure"
_NEW_QUESTION: Final = "new-question"
_NEXT_REF: Final = "framework_next_ref"
_SEEN: Final = "framework_seen "
_HOLDS: Final = "The first day on which this holds. Earlier months keep what was in force then."
_RETIRED: Final = "The first day on which it is no longer in force. Months that end on or after it have no value."
_CHANGE, _RETIRE = "Change it from a day on", "Retire it"


def forms(known: Histories) -> None:
    """Draw the choice of what to change, and its form: what is still to begin, and what is retired, too."""
    newest = known.newest()
    measures = {measure.measure_ref: measure for measure in newest.measures}
    questions = {question.question_ref: question for question in newest.questions}
    names = {
        _NEW_MEASURE: "A new measure",
        _NEW_QUESTION: "A new question",
        **{f"measure {ref}": f"Measure: {measure.title}" for ref, measure in measures.items()},
        **{f"question {ref}": f"Question: {question.text}" for ref, question in questions.items()},
    }
    chosen = st.selectbox("What to add or change", list(names), format_func=lambda one: names[one], key="to_change")
    kind, _, ref = chosen.partition(" ")
    entry: KeyQuestion | Measure | None = None
    shown = None
    if kind in {"measure", "question"}:
        seen = _as_seen(known.measures[ref]) if kind == "measure" else _as_seen(known.questions[ref])
        entry, shown = seen.entry, seen.version
    if entry is not None and st.radio("What to do", [_CHANGE, _RETIRE], key="what_to_do", horizontal=True) == _RETIRE:
        _retire_form(entry, shown)
    elif not isinstance(entry, Measure) and chosen != _NEW_MEASURE:
        _question_form(entry, shown, 1 + max((one.position for one in questions.values()), default=0))
    elif questions and not isinstance(entry, KeyQuestion):
        _measure_form(entry, shown, questions, 1 + max((one.position for one in measures.values()), default=0))
    else:
        st.caption("Add a question first: a measure answers one.")


def _as_seen(versions: Versions) -> Version[KeyQuestion] | Version[Measure]:
    """The version that the reader began to change: a change made elsewhere meanwhile does not take their form away."""
    seen = st.session_state.setdefault(_SEEN + versions[-1].entry.ref, versions[-1].version)
    return next(each for each in versions if each.version == seen)


def _retire_form(entry: KeyQuestion | Measure, shown: int | None) -> None:
    with st.form(f"retire {entry.ref} {shown}"):
        day = st.date_input("Retired from", value=entry.to_on or today(), format="DD/MM/YYYY", help=_RETIRED)
        reason, source_note = _notes()
        retired = st.form_submit_button("Retire it", type="primary")
    if retired and isinstance(day, date):
        viewer, named = current_view().viewer, {"reason": reason, "source_note": source_note}
        if isinstance(entry, Measure):
            measure = replace(entry, to_on=day)
            _save(lambda: save_measure(desk(), viewer, measure, shown, **named), "end of the measure", measure.ref)
        else:
            question = replace(entry, to_on=day)
            _save(lambda: save_question(desk(), viewer, question, shown, **named), "end of the question", question.ref)


def _question_form(question: KeyQuestion | None, shown: int | None, place: int) -> None:
    ref = question.question_ref if question else _next_ref()
    with st.form(f"question {ref} {shown}"):
        text = st.text_input("Question", value=question.text if question else "", max_chars=LONGEST_QUESTION)
        position = _place(question.position if question else place)
        from_on = _first_day(question)
        reason, source_note = _notes()
        saved = st.form_submit_button("Save the question" if question else "Add the question", type="primary")
    if saved:
        said = KeyQuestion(ref, text, position, from_on, _end(question, from_on))
        viewer, named = current_view().viewer, {"reason": reason, "source_note": source_note}
        _save(lambda: save_question(desk(), viewer, said, shown, **named), "question", ref)


def _measure_form(measure: Measure | None, shown: int | None, questions: dict[str, KeyQuestion], place: int) -> None:
    figure = measure.figure if measure else _figure()
    ref = measure.measure_ref if measure else _next_ref()
    with st.form(f"measure {ref} {shown} {figure}"):
        said = _measure_fields(measure or _blank(figure, next(iter(questions)), place), questions)
        from_on = _first_day(measure)
        said = replace(said, from_on=from_on, to_on=_end(measure, from_on))
        reason, source_note = _notes()
        saved = st.form_submit_button("Save the measure" if measure else "Add the measure", type="primary")
    if saved:
        said = replace(said, measure_ref=ref)
        viewer, named = current_view().viewer, {"reason": reason, "source_note": source_note}
        _save(lambda: save_measure(desk(), viewer, said, shown, **named), "measure", ref)


def _next_ref() -> str:
    """The reference of the next new entry, and of its form: a second click is on a form that is gone."""
    return str(st.session_state.setdefault(_NEXT_REF, new_ref()))


def _figure() -> str:
    titles = {code: figure.label for code, figure in FIGURES.items()}
    return st.selectbox("Figure", list(titles), format_func=lambda code: titles[code], key="figure_of_measure")


def _blank(figure: str, question_ref: str, place: int) -> Measure:
    title = FIGURES[figure].label[:LONGEST_TITLE]
    return Measure("", question_ref, figure, title, Improvement.DECREASE, None, None, "", tuple(Board), place, today())


def _measure_fields(measure: Measure, questions: dict[str, KeyQuestion]) -> Measure:
    refs, directions = list(questions), list(Improvement)
    with st.grid(2, min_column_width=300):
        title = st.text_input("Title", value=measure.title, max_chars=LONGEST_TITLE)
        owner = st.text_input("Owner (a post)", value=measure.owner, max_chars=LONGEST_TITLE)
        question_ref = st.selectbox(
            "Question it answers",
            refs,
            index=refs.index(measure.question_ref),
            format_func=lambda ref: questions[ref].text,
        )
        improvement = st.selectbox(
            "Better when",
            directions,
            index=directions.index(measure.improvement),
            format_func=lambda one: IMPROVEMENT[one],
        )
        target = _target(measure)
        source = st.text_input("Source of the target", value=measure.target_source or "", help=_SOURCE)
    boards = st.multiselect(
        "Boards that read it", list(Board), default=list(measure.boards), format_func=lambda board: BOARD[board]
    )
    position = _place(measure.position)
    return replace(
        measure,
        question_ref=question_ref,
        title=title,
        improvement=improvement,
        target=target,
        target_source=source or None,
        owner=owner,
        boards=tuple(boards),
        position=position,
    )


_SOURCE: Final = "A target stands only with its source: an order, a policy, a plan. Leave both empty for none."


def _target(measure: Measure) -> float | None:
    """The target as typed, in the figure's unit: of a share the fraction of the percentage that is typed."""
    unit = FIGURES[measure.figure].unit
    scale = 100 if unit is MeasureUnit.SHARE else 1
    label = {MeasureUnit.SHARE: "Target, %", MeasureUnit.DAYS: "Target, days"}.get(unit, "Target")
    shown = None if measure.target is None else measure.target * scale
    typed = st.number_input(label, min_value=0.0, value=shown, step=1.0)
    return None if typed is None else typed / scale


def _place(position: int) -> int:
    return int(st.number_input("Place in the order", min_value=1, max_value=99, value=position, step=1))


def _first_day(entry: KeyQuestion | Measure | None) -> date:
    default = max(today(), entry.from_on) if entry else today()
    day = st.date_input("In force from", value=default, format="DD/MM/YYYY", help=_HOLDS)
    return day if isinstance(day, date) else default


def _end(entry: KeyQuestion | Measure | None, from_on: date) -> date | None:
    """The day on which an entry is to be retired already; none where what changes is to hold from then on or later."""
    return entry.to_on if entry and entry.to_on and entry.to_on > from_on else None


def _notes() -> tuple[str, str]:
    with st.grid(2, min_column_width=300):
        reason = st.text_area("Reason", height=80, max_chars=500, help="Why the framework changes: for every reader.")
        source = st.text_area(
            "Source", height=80, max_chars=500, help="Where it was decided: a minute, an order, a plan."
        )
    return reason, source


def _save(write: Callable[[], None], what: str, ref: str) -> None:
    def change() -> str:
        try:
            write()
        except FrameworkChanged:
            _forget(ref)
            raise
        return f"The {what} is on record. Months that are closed keep what they were reported with."

    if telling.attempt(change, TOPIC):
        _forget(ref)
        st.session_state[_NEXT_REF] = new_ref()
    st.rerun()


def _forget(ref: str) -> None:
    """Begin the entry's form anew from what stands."""
    st.session_state.pop(_SEEN + ref, None)
