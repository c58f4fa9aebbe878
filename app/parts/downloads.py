"""Downloads of a list: CSV, and a workbook that says how the list was made; built when pressed, and put on record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import Final

import pandas as pd
import streamlit as st

from app.navigation import PLACES
from app.parts.marking import markings
from app.session import current_view, desk, is_demo
from offendermgmt.outputs.listing import ListColumn, slug
from offendermgmt.outputs.offer import Form, Offer
from offendermgmt.services.access import NotPermitted
from offendermgmt.services.consultations import Subject
from offendermgmt.services.desk import StoreError
from offendermgmt.services.figures import Definition, Setting


@dataclass(frozen=True)
class _Look:
    """How the button of one form reads."""

    form: Form
    name: str
    icon: str
    mime: str


_CSV: Final = _Look("csv", "CSV", ":material/csv:", "text/csv")
_XLSX: Final = _Look(
    "xlsx",
    "Excel workbook",
    ":material/table_view:",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
# How long a rerun waits to tell whether the file was refused; a slower one is still given.
_PATIENCE: Final = 20.0


@dataclass
class _Attempt:
    """One making of a file, in a thread of its own: whether it is over, and what went wrong."""

    done: Event = field(default_factory=Event)
    failure: str | None = None


def offer(
    rows: Callable[[], pd.DataFrame],
    columns: Sequence[ListColumn],
    *,
    page: str,
    title: str,
    count: int,
    setting: Setting,
    definitions: Sequence[Definition],
    filters: Mapping[str, str] | None = None,
    subject: Subject | None = None,
) -> None:
    """Draw the buttons under a list of `count` rows; nothing for an empty one.

    `rows` is called in another thread when a button is pressed (no Streamlit in it), and gives the whole list with the
    columns' fields. Personal columns are left out for a viewer who sees no names; a list that has one asks why it is
    downloaded and for whom. `page` is the page's `url_path`, `title` the list's own name (never a person's), `filters`
    what narrows the list beyond `setting`, in the reader's words. `subject` is whose record the list is of, if one
    person's or case's: a reason is asked, and the download is on record as about that person or case.
    """
    if not count:
        return
    viewer = current_view().viewer
    offered = Offer(
        desk=desk(),
        viewer=viewer,
        page_ref=page,
        page=next(place.title for place in PLACES if place.url_path == page),
        title=title,
        columns=[column for column in columns if viewer.sees_names or not column.personal],
        rows=rows,
        setting=setting,
        filters=filters or {},
        definitions=definitions,
        freshness=desk().freshness(),
        markings=markings(synthetic=is_demo()),
        subject=subject,
    )
    # A reason given for one record is none for the next.
    key = " ".join(part for part in ("download", page, slug(title), subject.ref if subject else "") if part)
    if not offered.needs_reason:
        _draw_buttons(offered, key, "", disabled=False)
        return
    with st.popover(f"Download: {title.lower()}", icon=":material/download:", key=f"{key} asked"):
        what = f"This is {subject.words}" if subject and not offered.has_names else "This list names people"
        st.markdown(f"{what}. The download is put on record with your reason.")
        reason = st.text_input("Why, and to whom it goes", key=f"{key} reason", max_chars=300).strip()
        _draw_buttons(offered, key, reason, disabled=not reason)


def _draw_buttons(offered: Offer, key: str, reason: str, *, disabled: bool) -> None:
    with st.container(horizontal=True, gap="small", key=key):
        for look in (_CSV, _XLSX):
            _draw_button(offered, look, f"{key} {look.form}", reason, disabled=disabled)


def offer_file(
    label: str, make: Callable[[], bytes], *, file_name: str, mime: str, icon: str, key: str, help: str | None = None
) -> None:
    """Draw one button for a file that is no list; `make` is called in another thread when it is pressed.

    What `make` raises is told in words, and nothing is given. It puts the download on record itself.
    """
    _draw(label, make, file_name=file_name, mime=mime, icon=icon, key=key, disabled=False, help=help)


def _draw_button(offered: Offer, look: _Look, key: str, reason: str, *, disabled: bool) -> None:
    _draw(
        f"{offered.title} as {look.name}",
        partial(offered.file, look.form, reason),
        file_name=offered.file_name(look.form),
        mime=look.mime,
        icon=look.icon,
        key=key,
        disabled=disabled,
        help="Give a reason first." if disabled else None,
    )


def _draw(label: str, make: Callable[[], bytes], *, key: str, disabled: bool, **shown: str | None) -> None:
    pressed_on: _Attempt | None = st.session_state.get(f"{key} attempt")
    attempt = st.session_state[f"{key} attempt"] = _Attempt()
    pressed = st.download_button(label, partial(_make, make, attempt), key=key, disabled=disabled, **shown)  # type: ignore[arg-type]
    if pressed and pressed_on is not None:
        pressed_on.done.wait(_PATIENCE)
        if pressed_on.failure:
            st.error(f"Nothing was downloaded. {pressed_on.failure}", icon=":material/error:")


def _make(make: Callable[[], bytes], attempt: _Attempt) -> bytes:
    """The file, called by Streamlit in a thread of its own; what goes wrong is kept for the page's next run."""
    try:
        return make()
    except (StoreError, NotPermitted, ValueError) as error:
        attempt.failure = str(error)
        raise
    except Exception:
        attempt.failure = "The file could not be made. Try again; if it fails again, tell your administrator."
        raise
    finally:
        attempt.done.set()
