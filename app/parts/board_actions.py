"""The boards' actions as a page shows them: the fortnightly plan, the list of each part, and the forms."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import pandas as pd
import streamlit as st

from app.parts import figures, listing, telling
from app.parts.listing import Field
from app.parts.words import plural
from app.session import ask, current_view, desk, today
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import Board, DecisionState
from offendermgmt.services.acting import (
    NewAction,
    action_owners,
    close_action,
    may_act,
    may_close,
    reopen_action,
    take_action,
    withdraw_action,
)
from offendermgmt.services.board_actions import ActionPlan, BoardAction, When
from offendermgmt.services.changes import LONGEST_REASON, ChangeRefused
from offendermgmt.services.wording import BOARD, DECISION_STATE, day_text, days_text

TOPIC: Final = "board actions"
PARTS: Final = {
    When.LATE: "Past their day",
    When.FORTNIGHT: "Due in the fortnight",
    When.LATER: "Due later",
    When.CLOSED: "Done or cancelled",
}
_NONE: Final = {
    When.LATE: "No action is past its day.",
    When.FORTNIGHT: "No action is due by {last}.",
    When.LATER: "No action is due later.",
    When.CLOSED: "No action has been closed yet.",
}
AN_OFFICER: Final = "An officer"
_POST, _NO_MEASURE = "", ""


def show_figures(plan: ActionPlan) -> None:
    """Draw how many actions are open, and of those late, due in the fortnight and later."""
    with st.grid(4, min_column_width=180):
        figures.show(plan.figures[None])
        for when in (When.LATE, When.FORTNIGHT, When.LATER):
            figures.show(plan.figures[when], of="open")


def show_lists(plan: ActionPlan, holders: Mapping[str, str], measures: Mapping[str, str]) -> None:
    """Draw the actions, late ones first; `holders` names officers, `measures` titles measures, by reference."""
    for when, title in PARTS.items():
        if when is When.FORTNIGHT:
            title = f"{title}, to {day_text(plan.last_on)}"
        st.header(title)
        actions = plan.actions[when]
        if not actions:
            st.markdown(_NONE[when].format(last=day_text(plan.last_on)))
            continue
        order = "the last closed" if when is When.CLOSED else "the earliest due"
        listing.show(
            _rows(actions, holders, measures),
            [
                Field("what", "Action", beneath="measure"),
                Field("owner", "Owner"),
                Field("due_on", "Due", "day", beneath="late"),
                *([Field("standing", "Standing", beneath="outcome")] if when is When.CLOSED else []),
                Field("board", "Board", beneath="taken"),
            ],
            caption=f"{plural(len(actions), 'action')}{f', {order} first' if len(actions) > 1 else ''}",
        )


def show_mine(actions: Sequence[BoardAction]) -> None:
    """Draw the actions that the reader is to carry out, with the form that closes them; nothing where there is none."""
    if not actions:
        return
    st.header("Actions of the boards for you")
    with st.container():
        telling.show(TOPIC)
    listing.show(
        _rows(actions, {}, {}),
        [Field("what", "Action"), Field("due_on", "Due", "day", beneath="late"), Field("board", "Board")],
        caption=plural(len(actions), "action"),
    )
    close_form(actions)


def new_form(measures: Mapping[str, str], board: Board | None) -> None:
    """Draw the form that puts an action on record, for who keeps the boards' minutes; says so where it is not today."""
    if not may_act(current_view().viewer):
        return
    with st.expander("Record an action", icon=":material/add_task:"):
        if not _is_now():
            return
        question = ask()
        policy, owners = question.policy.board_actions, action_owners(question)
        with st.form("board action"):
            st.selectbox(
                "Board",
                list(Board),
                index=None if board is None else list(Board).index(board),
                key="action_board",
                format_func=BOARD.__getitem__,
            )
            st.text_area(
                "What is to be done",
                key="action_what",
                max_chars=LONGEST_REASON,
                help="The boards read this: name nobody, and no case.",
            )
            with st.grid(3, min_column_width=220):
                st.text_input("Owner: a post", key="action_post", max_chars=80, placeholder="DCI Public Protection")
                st.selectbox(
                    "Or an officer",
                    [_POST, *owners],
                    key="action_owner",
                    format_func=lambda ref: owners.get(ref, "Nobody: the post named"),
                )
                st.date_input(
                    "Due by",
                    value=today() + timedelta(days=policy.usual_days),
                    min_value=today(),
                    max_value=today() + timedelta(days=policy.longest),
                    key="action_due",
                    format="DD/MM/YYYY",
                )
            if measures:
                st.selectbox(
                    "Measure that it is to move (optional)",
                    [_NO_MEASURE, *measures],
                    key="action_measure",
                    format_func=lambda ref: measures.get(ref, "None"),
                )
            st.form_submit_button("Record the action", type="primary", on_click=_take)


def close_form(actions: Sequence[BoardAction]) -> None:
    """Draw the form that closes one of these open actions; nothing where the viewer may close none."""
    viewer = current_view().viewer
    found = {each.action_ref: each for each in actions if each.is_open(today()) and may_close(viewer, each)}
    if not found:
        return
    with st.expander("Close an action", icon=":material/task_alt:"):
        if not _is_now():
            return
        with st.form(f"close action {sum(each.version for each in found.values())} {len(found)}"):
            st.selectbox("Close", list(found), key="action_closed", format_func=lambda ref: _short(found[ref]))
            st.radio(
                "As",
                [DecisionState.DONE, DecisionState.CANCELLED],
                index=None,
                key="action_state",
                format_func=DECISION_STATE.__getitem__,
                horizontal=True,
            )
            st.text_area("What became of it", key="action_outcome", max_chars=LONGEST_REASON)
            st.form_submit_button("Close the action", on_click=_close, args=(found,))


def mistake_form(actions: Sequence[BoardAction]) -> None:
    """Draw the form that opens a closed action again or withdraws one, for who keeps the minutes."""
    found = {each.action_ref: each for each in actions if not each.is_withdrawn}
    if not found or not may_act(current_view().viewer):
        return
    with st.expander("Put an action right", icon=":material/undo:"):
        if not _is_now():
            return
        with st.form(f"action mistake {sum(each.version for each in found.values())}"):
            st.selectbox(
                "Recorded or closed by mistake",
                list(found),
                key="action_mistaken",
                format_func=lambda ref: _short(found[ref]),
            )
            st.text_input("Why it is put right", key="action_mistake_why", max_chars=LONGEST_REASON)
            with st.container(horizontal=True):
                st.form_submit_button("Open it again", on_click=_put_right, args=(found, "opened again"))
                st.form_submit_button("Withdraw it", on_click=_put_right, args=(found, "withdrawn"))


def _is_now() -> bool:
    view = current_view()
    if view.known_at is None and view.as_of == today():
        return True
    st.caption("Actions are recorded today, on all that is known now: go back to today to do it.")
    return False


def _rows(actions: Sequence[BoardAction], holders: Mapping[str, str], measures: Mapping[str, str]) -> pd.DataFrame:
    view = current_view()
    on, named = view.as_of, holders if view.viewer.opens_lists else {}
    return pd.DataFrame(
        {
            "what": [each.what for each in actions],
            "measure": [_measure(each, measures) for each in actions],
            "owner": [each.owner_post or named.get(each.owner_ref or "", AN_OFFICER) for each in actions],
            "due_on": pd.to_datetime([each.due_on for each in actions]),
            "late": [f"{days_text(late)} late" if (late := each.days_late(on)) else "" for each in actions],
            "standing": [_standing(each) for each in actions],
            "outcome": [each.outcome for each in actions],
            "board": [BOARD[each.board] for each in actions],
            "taken": [f"{day_text(each.decided_on)}, {each.decided_by}" for each in actions],
        }
    )


def _measure(action: BoardAction, measures: Mapping[str, str]) -> str:
    if action.measure_ref is None:
        return ""
    return f"To move: {measures.get(action.measure_ref, action.measure_ref)}"


def _standing(action: BoardAction) -> str:
    state = DECISION_STATE[action.state]
    return state if action.closed_on is None else f"{state} on {day_text(action.closed_on)}"


def _short(action: BoardAction) -> str:
    return f"{BOARD[action.board]}: {action.what}"


def _take() -> None:
    kept = st.session_state

    def record() -> str:
        board, owner_ref = kept["action_board"], kept["action_owner"] or None
        if board is None:
            raise ChangeRefused("Nothing was recorded: choose whose action it is.")
        asked = NewAction(
            board,
            kept["action_what"],
            kept["action_due"],
            owner_ref,
            kept["action_post"],
            kept.get("action_measure") or None,
        )
        take_action(desk(), current_view().viewer, asked, now=datetime.now(LONDON))
        return f"Recorded: an action of {BOARD[board]}, due by {day_text(asked.due_on)}."

    if telling.attempt(record, TOPIC):
        kept["action_what"] = kept["action_post"] = ""


def _close(found: Mapping[str, BoardAction]) -> None:
    kept = st.session_state

    def record() -> str:
        action, state = found[kept["action_closed"]], kept["action_state"]
        if state is None:
            raise ChangeRefused("Nothing was recorded: choose whether the action is done or cancelled.")
        viewer, now = current_view().viewer, datetime.now(LONDON)
        close_action(desk(), viewer, action, DecisionState(state), kept["action_outcome"], now=now)
        return f"Recorded: the action is {DECISION_STATE[state].lower()}."

    if telling.attempt(record, TOPIC):
        kept["action_outcome"] = ""
        kept["action_state"] = None


def _put_right(found: Mapping[str, BoardAction], done: str) -> None:
    kept = st.session_state

    def record() -> str:
        change = withdraw_action if done == "withdrawn" else reopen_action
        change(desk(), current_view().viewer, found[kept["action_mistaken"]], kept["action_mistake_why"])
        return f"Recorded: the action is {done}."

    if telling.attempt(record, TOPIC):
        kept["action_mistake_why"] = ""
