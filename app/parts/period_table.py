"""A table of figures by period: newest first, every count a link to the list it counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final, Literal

import pandas as pd
import streamlit as st

from app.parts.links import link
from app.parts.words import NO_VALUE, count, share
from offendermgmt.services.wording import day_text

Kind = Literal["day", "text", "count", "share", "ratio", "flag", "change", "days"]
Opens = Callable[[Mapping[str, Any], str], str | None]
# A page of links by day would be slow to draw and to read: beyond this the grid shows the same numbers without links.
MOST_ROWS: Final = 160
NOT_SHOWN: Final = "Not shown"
_OPENED: Final = frozenset({"count", "text"})
_NOBODY: Final = frozenset({"0", "", NOT_SHOWN, NO_VALUE})


@dataclass(frozen=True)
class Column:
    """One column: the frame's column, its heading, how it reads, and the column that says why it has no value."""

    field: str
    heading: str
    kind: Kind = "count"
    lacks: str | None = None


def show(rows: pd.DataFrame, columns: Sequence[Column], *, caption: str, opens: Opens, key: str) -> None:
    """Draw the rows in their order; a count links to the address `opens` gives for its row and column, if any."""
    if len(rows) > MOST_ROWS:
        st.info(
            f"{count(len(rows))} rows: choose longer periods or a shorter range to open the cases behind a number.",
            icon=":material/list:",
        )
        texts = [{column.heading: text(column, row, columns) for column in columns} for row in rows.to_dict("records")]
        st.dataframe(pd.DataFrame(texts), hide_index=True, alt=caption, key=key)
        return
    headings = "".join(f'<th scope="col"{_class(column)}>{escape(column.heading)}</th>' for column in columns)
    body = "".join(_row(row, columns, opens) for row in rows.to_dict("records"))
    st.html(
        f'<div class="om-scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="om-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{headings}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def text(column: Column, row: Mapping[Any, Any], columns: Sequence[Column]) -> str:
    """One cell in words: no value where there is nothing under it, not shown where a count was too small to show.

    A count always has a value, so that one which is missing, and what was made from it, is kept from the viewer.
    """
    value = row[column.field]
    match column.kind:
        case "day":
            return day_text(value)
        case "text":
            return str(value)
        case "flag":
            return "Incomplete" if value else ""
    if pd.isna(value):
        kept = [one for one in columns if one.kind == "count" and pd.isna(row[one.field])]
        if column.kind == "count" or kept:
            return NOT_SHOWN
        return NO_VALUE if column.lacks is None else str(row[column.lacks])
    written = {"change": "{:+,}".format, "count": count, "days": count, "share": share, "ratio": "{:.2f}".format}
    return written[column.kind](value)


def _row(row: Mapping[Any, Any], columns: Sequence[Column], opens: Opens) -> str:
    first, *others = columns
    name = text(first, row, columns)
    cells = [f'<th scope="row" class="day">{escape(name)}</th>']
    for column in others:
        shown = text(column, row, columns)
        opened = column.kind in _OPENED and shown not in _NOBODY
        address = opens(row, column.field) if opened else None
        label = f"{name}, {column.heading.lower()}: open {shown}"
        cells.append(f"<td{_class(column)}>{link(shown, address, label=label) if address else escape(shown)}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _class(column: Column) -> str:
    return "" if column.kind in {"text", "flag"} else f' class="{"day" if column.kind == "day" else "number"}"'
