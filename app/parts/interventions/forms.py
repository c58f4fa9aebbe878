"""The forms that keep the register: register, correct, start limits anew, withdraw."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Final

import streamlit as st

from app.parts import telling
from app.parts.interventions.listed import ASKED
from app.parts.words import escaped
from app.session import current_view, desk, today
from offendermgmt.domain.evaluation import Expected
from offendermgmt.domain.vocabulary import Improvement
from offendermgmt.services.access import Viewer
from offendermgmt.services.board_measures import unit_of
from offendermgmt.services.changes import LONGEST_REASON, ChangeRefused
from offendermgmt.services.framework import Measure
from offendermgmt.services.interventions import (
    LONGEST_TITLE,
    Intervention,
    InterventionText,
    correct,
    may_keep,
    rebase,
    register,
    withdraw,
)
from offendermgmt.services.measure_figures import FIGURES
from offendermgmt.services.wording import day_text

TOPIC: Final = "interventions"
_NUMBER: Final = "interventions_registered"
_WAYS: Final = {Improvement.DECREASE: "Fall", Improvement.INCREASE: "Rise"}


def register_form(measures: Mapping[str, Measure]) -> None:
    """Draw the form that puts an intervention on record, for who keeps the register."""
    if not may_keep(current_view().viewer):
        return
    with st.expander("Register an intervention", icon=":material/add:"):
        if _is_now():
            # A new form for each: the one that was sent keeps what a second click on it sends again.
            number = st.session_state.setdefault(_NUMBER, 0)
            save = partial(_register, measures, number)
            _form(f"new intervention {number}", None, measures, save)


def forms_of(chosen: Intervention, measures: Mapping[str, Measure]) -> None:
    """Draw the forms that correct an intervention, start its measures' limits anew, or withdraw it.

    `measures` are those in force and those that the intervention names.
    """
    if not may_keep(current_view().viewer):
        return
    key = f"{chosen.intervention_ref} {chosen.version}"
    with st.expander("Start average and usual range anew", icon=":material/restart_alt:"):
        if _is_now():
            _rebase_form(chosen, f"rebase {key}")
    with st.expander("Correct or withdraw this intervention", icon=":material/edit:"):
        if _is_now():
            _form(f"correct {key}", chosen.text, measures, partial(_correct, chosen, measures))
            _withdraw_form(chosen, f"withdraw {key}")


def _form(
    key: str,
    text: InterventionText | None,
    measures: Mapping[str, Measure],
    save: Callable[[InterventionText, str], str],
) -> None:
    """The fields of an intervention; which measures it is to move is asked first, as each has fields of its own."""
    st.multiselect(
        "Measures that it is to move",
        list(measures),
        default=[ref for ref in text.expected if ref in measures] if text else [],
        key=f"{key} measures",
        format_func=lambda ref: measures[ref].title,
    )
    with st.form(key, border=False):
        _text_fields(key, text)
        for ref in st.session_state[f"{key} measures"]:
            _expected_fields(f"{key} {ref}", measures[ref], text.expected.get(ref) if text else None)
        if text is not None:
            st.text_input("Why it is corrected", key=f"{key} reason", max_chars=LONGEST_REASON)
        st.form_submit_button(
            "Save the correction" if text else "Register it",
            type="primary",
            on_click=_save,
            args=(key, measures, save),
        )


def _text_fields(key: str, text: InterventionText | None) -> None:
    st.text_input(
        "What is done",
        value=text.title if text else "",
        key=f"{key} title",
        max_chars=LONGEST_TITLE,
        help="The boards read this: name nobody, and no case.",
    )
    st.text_area("Why", value=text.why if text else "", key=f"{key} why", max_chars=LONGEST_REASON, height=80)
    with st.grid(2, min_column_width=200):
        st.date_input("From", value=text.from_on if text else today(), key=f"{key} from", format="DD/MM/YYYY")
        st.date_input(
            "Until (may stay empty)", value=text.to_on if text else None, key=f"{key} to", format="DD/MM/YYYY"
        )


def _expected_fields(key: str, measure: Measure, expected: Expected | None) -> None:
    unit, ways = unit_of(FIGURES[measure.figure]), list(_WAYS)
    way = expected.direction if expected else measure.improvement
    amount = expected.amount if expected else None
    in_points = amount if amount is None or not unit.is_share else round(amount * 100, 6)
    with st.grid(2, min_column_width=200):
        st.selectbox(
            f"{measure.title}: it should",
            ways,
            index=ways.index(way) if way in ways else None,
            key=f"{key} way",
            format_func=_WAYS.__getitem__,
        )
        st.number_input(
            f"By at least, in {'percentage points' if unit.is_share else unit.label[:1].lower() + unit.label[1:]}",
            value=in_points,
            min_value=0.0,
            max_value=100.0 if unit.is_share else None,
            step=1.0,
            format="%g",
            key=f"{key} amount",
            placeholder="Any amount",
        )


def _save(key: str, measures: Mapping[str, Measure], save: Callable[[InterventionText, str], str]) -> None:
    kept = st.session_state

    def record() -> str:
        expected = {ref: _expected(f"{key} {ref}", measures[ref]) for ref in kept[f"{key} measures"]}
        since = kept[f"{key} from"]
        if not isinstance(since, date):
            raise ChangeRefused("Nothing was recorded: choose the day from which it is done.")
        text = InterventionText(kept[f"{key} title"], kept[f"{key} why"], since, expected, kept[f"{key} to"])
        return save(text, kept.get(f"{key} reason", ""))

    telling.attempt(record, TOPIC)


def _register(measures: Mapping[str, Measure], number: int, text: InterventionText, _: str) -> str:
    st.query_params[ASKED] = register(desk(), _viewer(), text, measures)
    st.session_state[_NUMBER] = number + 1
    return "Registered. What came of it is told once there are months to compare."


def _correct(chosen: Intervention, measures: Mapping[str, Measure], text: InterventionText, reason: str) -> str:
    correct(desk(), _viewer(), chosen, text, measures, reason)
    return "Corrected."


def _expected(key: str, measure: Measure) -> Expected:
    way, amount = st.session_state[f"{key} way"], st.session_state[f"{key} amount"]
    if way is None:
        raise ChangeRefused(f"Nothing was recorded: say whether {measure.title!r} should rise or fall.")
    is_share = unit_of(FIGURES[measure.figure]).is_share
    return Expected(Improvement(way), amount / 100 if is_share and amount is not None else amount)


def _rebase_form(chosen: Intervention, key: str) -> None:
    stands = chosen.text.rebase_on
    if stands is not None:
        st.markdown(f"They start anew with the month of {day_text(stands)}: {escaped(chosen.text.rebase_reason)}")
    with st.form(key, border=False):
        st.caption(
            "For a lasting change that the intervention made on purpose. Months before and after are then judged each "
            "by their own, on every chart of its measures. This is the only place where it is decided."
        )
        st.date_input("From the month of", value=stands or chosen.text.from_on, key=f"{key} on", format="DD/MM/YYYY")
        st.text_input("Why", key=f"{key} reason", max_chars=LONGEST_REASON, help="Stands beside every such chart.")
        with st.container(horizontal=True):
            st.form_submit_button("Start anew", type="primary", on_click=_rebase, args=(chosen, key, True))
            if stands is not None:
                st.form_submit_button("Take it back", on_click=_rebase, args=(chosen, key, False))


def _rebase(chosen: Intervention, key: str, starts: bool) -> None:
    def record() -> str:
        on = st.session_state[f"{key} on"] if starts else None
        if starts and not isinstance(on, date):
            raise ChangeRefused("Nothing was recorded: choose the month from which they start anew.")
        rebase(desk(), _viewer(), chosen, on, st.session_state[f"{key} reason"])
        return "Average and usual range start anew." if starts else "Average and usual range run through again."

    telling.attempt(record, TOPIC)


def _withdraw_form(chosen: Intervention, key: str) -> None:
    with st.form(key, border=False):
        st.text_input("Why it is withdrawn", key=f"{key} reason", max_chars=LONGEST_REASON)
        st.form_submit_button("Withdraw it", on_click=_withdraw, args=(chosen, key))
        st.caption("For what was recorded by mistake. It stays on record, and its charts are drawn as before.")


def _withdraw(chosen: Intervention, key: str) -> None:
    def record() -> str:
        withdraw(desk(), _viewer(), chosen, st.session_state[f"{key} reason"])
        return "Withdrawn."

    telling.attempt(record, TOPIC)


def _viewer() -> Viewer:
    return current_view().viewer


def _is_now() -> bool:
    view = current_view()
    if view.known_at is None and view.as_of == today():
        return True
    st.caption("The register is kept today, on all that is known now: go back to today to change it.")
    return False
