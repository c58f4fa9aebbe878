"""What became of a change that the reader asked for: said once, on the next run, whether recorded or refused."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from offendermgmt.services.access import NotPermitted
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.desk import StoreError

_SAID: Final = "said_of_change"


def attempt(change: Callable[[], str], topic: str = "") -> bool:
    """Make a change, for the callback of a form; it returns what to say. Whether it was made.

    On a page with several places that say what became of a change, `topic` names the one whose it is.
    """
    try:
        text = change()
    except AlreadyRecorded as already:
        st.session_state[_SAID + topic] = (True, str(already))
        return True
    except (ChangeRefused, NotPermitted, StoreError) as refused:
        st.session_state[_SAID + topic] = (False, str(refused))
        return False
    st.session_state[_SAID + topic] = (True, text)
    return True


def show(topic: str = "") -> None:
    """Draw what became of the last change of the topic, if it has not been said yet."""
    said = st.session_state.pop(_SAID + topic, None)
    if said is None:
        return
    made, text = said
    if made:
        st.success(text, icon=":material/check:")
    else:
        st.error(text, icon=":material/error:")


def add(topic: str, sentence: str) -> None:
    """Put a sentence before what is to be said of the topic."""
    made, text = st.session_state[_SAID + topic]
    st.session_state[_SAID + topic] = (made, f"{sentence} {text}")
