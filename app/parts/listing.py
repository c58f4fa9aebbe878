"""A list of people or cases as a real table: every row opens by mouse and by keyboard, and prints as it reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from app.parts.links import link
from app.parts.words import count, moment
from offendermgmt.services.wording import RISK, day_text

Kind = Literal["text", "day", "day_or_none", "moment", "number", "figure", "risk", "sentence", "opens", "link"]
# More would make the browser slow; whoever needs more narrows the list, and the figure counts everyone anyway.
MOST_ROWS: Final = 250


@dataclass(frozen=True)
class Link:
    """A cell that leads elsewhere than its row: its text, its address, and what a screen reader says of it."""

    text: str
    href: str
    label: str


@dataclass(frozen=True)
class Field:
    """One column of a list: the frame's column, its heading, how it reads, and the column shown small beneath it."""

    column: str
    heading: str
    kind: Kind = "text"
    beneath: str | None = None


def show(rows: pd.DataFrame, fields: Sequence[Field], *, caption: str, opens: Mapping[str, str] | None = None) -> None:
    """Draw the rows, escaped, as a table with a caption; `opens` gives the address a reference's row opens."""
    headings = "".join(f'<th scope="col"{_class(field)}>{escape(field.heading)}</th>' for field in fields)
    body = "".join(
        f"<tr>{''.join(_cell(field, row, opens or {}) for field in fields)}</tr>" for row in _drawn(rows, fields)
    )
    st.html(
        f'<div class="om-scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="om-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{headings}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _drawn(rows: pd.DataFrame, fields: Sequence[Field]) -> Iterator[dict[str, Any]]:
    """Each row as what of it is drawn: a frame has many columns more."""
    names = list(dict.fromkeys(name for field in fields for name in (field.column, field.beneath) if name))
    for values in zip(*(rows[name].tolist() for name in names), strict=True):
        yield dict(zip(names, values, strict=True))


def _cell(field: Field, row: Mapping[Any, Any], opens: Mapping[str, str]) -> str:
    value = row[field.column]
    if isinstance(value, Link):
        return f"<td>{link(value.text, value.href, label=value.label, kind='beside')}{_beneath(field, row)}</td>"
    if field.kind == "opens":
        ref = str(value)
        text = link(ref, opens[ref], label=f"Open {ref}", kind="row")
        return f'<th scope="row">{text}{_beneath(field, row)}</th>'
    return f"<td{_class(field)}>{_text(field.kind, value)}{_beneath(field, row)}</td>"


def _text(kind: Kind, value: Any) -> str:
    if kind == "risk":
        return f'<span class="om-level {escape(str(value))}">{escape(RISK[value])}</span>'
    if value is None or pd.isna(value):
        return "Never" if kind == "day" else ""
    if kind in {"day", "day_or_none"}:
        return escape(day_text(value))
    if kind == "moment":
        return escape(moment(value))
    return count(value) if kind == "number" else escape(str(value))


def _beneath(field: Field, row: Mapping[Any, Any]) -> str:
    text = row[field.beneath] if field.beneath else None
    return f'<span class="beneath">{escape(str(text))}</span>' if text else ""


# A `figure` is a number already in words: a share, a ratio, how many of how many.
_CLASSES: Final[Mapping[Kind, str]] = {
    "number": "number",
    "figure": "number",
    "day": "day",
    "day_or_none": "day",
    "moment": "day",
    "sentence": "sentence",
}


def _class(field: Field) -> str:
    return f' class="{_CLASSES[field.kind]}"' if field.kind in _CLASSES else ""
