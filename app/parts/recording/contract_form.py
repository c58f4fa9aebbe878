"""The widgets of one table of the data contract, and what was written in them as the contract's cells."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

import streamlit as st

from offendermgmt.services.recording_fields import FieldKind, FormField, london

NOBODY: Final = ""
_EARLIEST: Final = date(1900, 1, 1)
_YES_NO: Final = {"true": "Yes", "false": "No"}


def draw(
    prefix: str,
    fields: Sequence[FormField],
    begins: Mapping[str, str],
    officers: Mapping[str, str],
    *,
    fixed: Collection[str] = (),
) -> None:
    """Draw a widget a field, inside a form; each begins with its cell of `begins` until the reader writes in it.

    `officers` are those offered, name by reference. `fixed` columns are not drawn. Keys begin with `prefix`.
    """
    with st.grid(3, min_column_width=200):
        for field in fields:
            if field.column not in fixed and field.kind is not FieldKind.NOTE:
                _widget(prefix, field, begins.get(field.column, ""), officers)
    for field in fields:
        if field.column not in fixed and field.kind is FieldKind.NOTE:
            _widget(prefix, field, begins.get(field.column, ""), officers)


def cells(prefix: str, fields: Sequence[FormField], begins: Mapping[str, str]) -> dict[str, str]:
    """What stands in the widgets, as the contract's cells; a field that is not drawn keeps its cell of `begins`.

    A moment that was not touched keeps its seconds.
    """
    return {field.column: _cell(prefix, field, begins.get(field.column, "")) for field in fields}


def _widget(prefix: str, field: FormField, begins: str, officers: Mapping[str, str]) -> None:
    key = f"{prefix} {field.column}"
    label = field.label if field.is_required else f"{field.label} (optional)"
    match field.kind:
        case FieldKind.WORD:
            _begin(key, begins or None)
            words = field.words
            st.selectbox(label, list(words), index=None, key=key, format_func=words.__getitem__, help=field.help)
        case FieldKind.FLAG:
            _begin(key, begins or None)
            st.radio(
                label,
                list(_YES_NO),
                index=None,
                key=key,
                format_func=_YES_NO.__getitem__,
                help=field.help,
                horizontal=True,
            )
        case FieldKind.OFFICER | FieldKind.OFFICERS:
            _officers(key, label, field, begins, officers)
        case FieldKind.DAY:
            _day(key, label, begins, field.help)
        case FieldKind.MOMENT:
            _moment(key, label, begins, field.help)
        case FieldKind.NUMBER:
            _begin(key, int(begins) if begins else None)
            st.number_input(label, field.least, field.most, value=None, step=1, key=key, help=field.help)
        case FieldKind.NOTE:
            _begin(key, begins)
            st.text_area(label, key=key, max_chars=field.length, help=field.help, height=80)
        case _:
            _begin(key, begins)
            st.text_input(label, key=key, max_chars=field.length, help=field.help)


def _officers(key: str, label: str, field: FormField, begins: str, officers: Mapping[str, str]) -> None:
    chosen = [ref for ref in begins.split(";") if ref]
    offered = [*officers, *(ref for ref in chosen if ref not in officers)]

    def named(ref: str) -> str:
        return officers.get(ref, ref) if ref else "Not recorded"

    if field.kind is FieldKind.OFFICERS:
        _begin(key, chosen)
        st.multiselect(label, offered, key=key, format_func=named, help=field.help)
        return
    _begin(key, begins if begins or not field.is_required else None)
    options = offered if field.is_required else [NOBODY, *offered]
    st.selectbox(label, options, index=None, key=key, format_func=named, help=field.help)


def _day(key: str, label: str, begins: str, said: str) -> None:
    _begin(key, date.fromisoformat(begins) if begins else None)
    st.date_input(label, value=None, min_value=_EARLIEST, key=key, format="DD/MM/YYYY", help=said)


def _moment(key: str, label: str, begins: str, said: str) -> None:
    at = london(begins)
    _begin(f"{key} day", at.date() if at else None)
    _begin(f"{key} time", at.time().replace(second=0, microsecond=0) if at else None)
    st.date_input(f"{label}: day", value=None, min_value=_EARLIEST, key=f"{key} day", format="DD/MM/YYYY", help=said)
    st.time_input(f"{label}: London time", value=None, key=f"{key} time", step=300)


def _begin(key: str, value: Any) -> None:
    if key not in st.session_state:
        st.session_state[key] = value


def _cell(prefix: str, field: FormField, begins: str) -> str:
    key, kept = f"{prefix} {field.column}", st.session_state
    if field.kind is FieldKind.MOMENT:
        return _moment_cell(kept.get(f"{key} day"), kept.get(f"{key} time"), begins) if f"{key} day" in kept else begins
    if key not in kept:
        return begins
    value = kept[key]
    if value is None:
        return ""
    if field.kind is FieldKind.OFFICERS:
        return ";".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _moment_cell(day: date | None, at: time | None, begins: str) -> str:
    if day is None and at is None:
        return ""
    before = london(begins)
    if before is not None and (day, at) == (before.date(), before.time().replace(second=0, microsecond=0)):
        return begins
    # A day without a time, or a time without a day, is no moment: the contract says so.
    return str(day or at) if day is None or at is None else datetime.combine(day, at).isoformat()
