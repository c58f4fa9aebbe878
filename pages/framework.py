"""Performance framework: the questions the boards ask, the measures that answer them, and who changed what and why."""

import streamlit as st

from app.parts import filters, telling
from app.parts.framework import editing, listed
from app.parts.words import plural
from app.session import ask, current_view, desk
from offendermgmt.domain.vocabulary import Board
from offendermgmt.services.framework import histories
from offendermgmt.services.framework_editing import may_edit
from offendermgmt.services.framework_words import changes
from offendermgmt.services.wording import BOARD, day_text

view = current_view()
policy = ask().policy
known = histories(desk(), view.known_at)
ignored: list[str] = []
board = filters.one_of(
    "Board", "board", [str(each) for each in Board], {str(each): BOARD[each] for each in Board}, ignored=ignored
)
filters.say_ignored(ignored)
framework = known.on(view.as_of)
read = framework if board is None else framework.of_board(Board(board))

reader = "" if board is None else f", those read by the {BOARD[Board(board)]}"
st.markdown(
    f"In force on {day_text(view.as_of)}: **{plural(len(read.questions), 'question')}** and "
    f"**{plural(len(read.measures), 'measure')}**{reader}. Each is counted for every calendar month. "
    "A target stands only where there is a source for one."
)
# In one container, so that the forms stay open when something is said above them.
with st.container():
    telling.show(editing.TOPIC)
if may_edit(view.viewer):
    with st.expander("Add, change or retire a question or measure", icon=":material/edit:"):
        if view.known_at is not None:
            st.caption('Clear "As known on" to change the framework: a change is made on all that is known now.')
        else:
            editing.forms(known)
for question in read.questions:
    listed.show_question(question, read.measures_of(question), known, policy)
retired = known.retired(view.as_of)
listed.show_retired([one for one in retired if board is None or Board(board) in one.boards], known, policy)
listed.show_changes(changes(desk(), known, view.known_at))
