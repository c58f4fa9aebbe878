"""Decisions on one offender or POLIT case, on any page: taken, closed and put right without losing one's place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

import streamlit as st

from app.parts import telling
from app.parts.decision_words import THE_DCI, in_sentence
from app.session import ask, current_view, desk, today
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import DecisionKind, DecisionState
from offendermgmt.services.changes import LONGEST_REASON, ChangeRefused
from offendermgmt.services.consultations import Subject
from offendermgmt.services.deciding import Deciding, decide, kinds_for, may_decide
from offendermgmt.services.decision_closing import close, may_close, reopen, withdraw_decision
from offendermgmt.services.decision_lists import due_in_words
from offendermgmt.services.decision_owners import owners
from offendermgmt.services.decisions import Decision, about, versions_seen
from offendermgmt.services.question import Question
from offendermgmt.services.wording import DECISION, DECISION_STATE, day_text, days_text

TOPIC: Final = "decisions"
_CASE: Final = "decision_case"
# Whose task the others are: whoever decides.
_HOLDERS: Final = {DecisionKind.PLAN_BY, DecisionKind.AUTHORISE_LONE, DecisionKind.REASSESS}
_YOURSELF: Final = ""


@dataclass(frozen=True)
class Choice:
    """A case of a list to decide on: its line, and its holder (empty text for nobody)."""

    label: str
    holder_ref: str


def panel(kind: Literal["offender", "case"], choices: Mapping[str, Choice], recorded: Sequence[Decision]) -> None:
    """Choose a case of the list and decide on it, where the viewer may and on what is known now.

    `choices` are by reference in the list's order; `recorded` all decisions on record.
    """
    # In one container, so that the forms stay open when something is said above them.
    with st.container():
        telling.show(TOPIC)
    if not may_decide(current_view().viewer) or not choices:
        return
    with st.expander("Decide on a case", icon=":material/task_alt:"):
        if not is_now():
            return
        if st.session_state.get(_CASE) not in choices:
            st.session_state[_CASE] = None
        ref = st.selectbox(
            "Case",
            list(choices),
            key=_CASE,
            format_func=lambda ref: choices[ref].label,
            placeholder="Choose a case of the list",
        )
        if ref in choices:
            subject = Subject(kind, ref)
            own, question = about(recorded, subject), ask()
            for each in own:
                if each.is_open(today()):
                    st.info(_line(each, question), icon=":material/task_alt:")
            forms(subject, choices[ref].holder_ref, own)


def forms(subject: Subject, holder_ref: str, own: Sequence[Decision]) -> None:
    """Draw the form that decides on a case and the one that closes; `own` are all decisions on it."""
    question = ask()
    if may_decide(question.viewer):
        _decide_form(question, subject, holder_ref, versions_seen(own))
    close_form([each for each in own if each.is_open(today()) and may_close(question.viewer, each)])


def close_form(standing: Sequence[Decision]) -> None:
    """Draw the form that closes one of these open decisions; nothing where there is none."""
    if not standing:
        return
    found = {each.decision_ref: each for each in standing}
    question = ask()
    with st.form(f"close decision {versions_seen(standing)} {len(standing)}"):
        st.selectbox(
            "Close",
            list(found),
            key="decision_closed",
            format_func=lambda ref: f"{found[ref].about.ref} · {_short(found[ref], question)}",
        )
        st.radio(
            "As",
            [DecisionState.DONE, DecisionState.CANCELLED],
            index=None,
            key="decision_state",
            format_func=lambda state: DECISION_STATE[state],
            horizontal=True,
        )
        st.text_area("What became of it", key="decision_outcome", max_chars=LONGEST_REASON)
        st.form_submit_button("Close the decision", on_click=_close, args=(found,))


def mistake_form(own: Sequence[Decision]) -> None:
    """Draw the form that opens a closed decision again or withdraws one, for who decides; `own` are all on a case."""
    found = {each.decision_ref: each for each in own if not each.is_withdrawn}
    if not found or not may_decide(current_view().viewer):
        return
    question = ask()
    with st.form(f"decision mistake {versions_seen(own)}"):
        st.selectbox(
            "Recorded or closed by mistake",
            list(found),
            key="decision_mistaken",
            format_func=lambda ref: _short(found[ref], question),
        )
        st.text_input("Why it is put right", key="decision_mistake_why", max_chars=LONGEST_REASON)
        with st.container(horizontal=True):
            st.form_submit_button("Open it again", on_click=_put_right, args=(found, "opened again"))
            st.form_submit_button("Withdraw it", on_click=_put_right, args=(found, "withdrawn"))


def is_now() -> bool:
    """Whether the page shows today and all that is known, so that a decision can be taken; says so where not."""
    view = current_view()
    if view.known_at is None and view.as_of == today():
        return True
    st.caption("A decision is taken today, on all that is known now: go back to today to do it.")
    return False


def _decide_form(question: Question, subject: Subject, holder_ref: str, seen: int) -> None:
    kind = DecisionKind(
        st.selectbox("Decision", kinds_for(subject), key="decision_kind", format_func=lambda kind: DECISION[kind])
    )
    policy, defers = question.policy.decisions, kind is DecisionKind.DEFER
    # Another kind is no other form: what has been typed stays.
    with st.form(f"decide {subject.ref} {seen}"):
        with st.grid(2, min_column_width=250):
            _owner_field(question, subject, kind, holder_ref)
            st.date_input(
                "Until the end of" if defers else "Due by",
                value=today() + timedelta(days=policy.due_days[kind]),
                min_value=today(),
                max_value=today() + timedelta(days=policy.most_days(kind)),
                key=f"decision_due_{kind}",
                format="DD/MM/YYYY",
                help=f"At most {days_text(policy.most_days(kind))} ahead.",
            )
        with st.container():
            if defers:
                st.caption("Deferred is not done: the case stays in every figure and list, overdue as before.")
        st.text_area("Why", key="decision_reason", max_chars=LONGEST_REASON, help="Kept with your name and the time.")
        st.form_submit_button("Record the decision", type="primary", on_click=_decide, args=(subject, kind, seen))


def _owner_field(question: Question, subject: Subject, kind: DecisionKind, holder_ref: str) -> None:
    if kind is DecisionKind.ESCALATE:
        st.text_input("Owner", value=THE_DCI, disabled=True, key="decision_owner_is_dci")
        return
    own = question.viewer.officer_ref
    listed = owners(question, subject)
    if own in listed:
        listed = {own: f"Yourself, {listed.pop(own)}", **listed}
    elif kind is not DecisionKind.AUTHORISE_LONE:
        listed = {_YOURSELF: "Yourself", **listed}
    if kind is DecisionKind.AUTHORISE_LONE:
        listed = {ref: name for ref, name in listed.items() if ref != own}
    usual = holder_ref if kind in _HOLDERS else (own or _YOURSELF)
    refs = list(listed)
    st.selectbox(
        "Who goes alone" if kind is DecisionKind.AUTHORISE_LONE else "Owner",
        refs,
        index=refs.index(usual) if usual in listed else None,
        key=_owner_key(kind, subject),
        format_func=lambda ref: listed[ref],
        placeholder="Choose who carries it out",
    )


def _owner_key(kind: DecisionKind, subject: Subject) -> str:
    return f"decision_owner_{kind}_{subject.ref}"


def _line(decision: Decision, question: Question) -> str:
    reason = f": {decision.reason}" if question.viewer.sees_names else ""
    return f"Open: {_short(decision, question)}, decided by {decision.decided_by}{reason}"


def _short(decision: Decision, question: Question) -> str:
    if decision.state is not DecisionState.OPEN:
        return f"{DECISION[decision.kind]}, {DECISION_STATE[decision.state].lower()}"
    return f"{DECISION[decision.kind]}, {due_in_words(decision, question)}"


def _decide(subject: Subject, kind: DecisionKind, seen: int) -> None:
    kept = st.session_state

    def record() -> str:
        owner = None if kind is DecisionKind.ESCALATE else kept[_owner_key(kind, subject)]
        if owner is None and kind is not DecisionKind.ESCALATE:
            raise ChangeRefused("Nothing was recorded: choose who carries the decision out.")
        due_on = kept[f"decision_due_{kind}"]
        asked = Deciding(subject, kind, owner or None, due_on, kept["decision_reason"], seen)
        decide(desk(), current_view().viewer, asked, now=datetime.now(LONDON))
        verb = "until the end of" if kind is DecisionKind.DEFER else "due by"
        return f"Recorded: {subject.ref}, {in_sentence(kind)}, {verb} {day_text(due_on)}."

    if telling.attempt(record, TOPIC):
        kept["decision_reason"] = ""


def _close(found: Mapping[str, Decision]) -> None:
    kept = st.session_state

    def record() -> str:
        decision, state = found[kept["decision_closed"]], kept["decision_state"]
        if state is None:
            raise ChangeRefused("Nothing was recorded: choose whether the decision is done or cancelled.")
        close(
            desk(),
            current_view().viewer,
            decision,
            DecisionState(state),
            kept["decision_outcome"],
            now=datetime.now(LONDON),
        )
        return f"Recorded: {decision.about.ref}, {in_sentence(decision.kind)}, {DECISION_STATE[state].lower()}."

    if telling.attempt(record, TOPIC):
        kept["decision_outcome"] = ""
        kept["decision_state"] = None


def _put_right(found: Mapping[str, Decision], done: str) -> None:
    kept = st.session_state

    def record() -> str:
        decision = found[kept["decision_mistaken"]]
        change = withdraw_decision if done == "withdrawn" else reopen
        change(desk(), current_view().viewer, decision, kept["decision_mistake_why"], now=datetime.now(LONDON))
        return f"Recorded: {decision.about.ref}, {in_sentence(decision.kind)}, {done}."

    if telling.attempt(record, TOPIC):
        kept["decision_mistake_why"] = ""
