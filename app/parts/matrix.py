"""A table of counts whose every number is a link to the cases it counts."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from app.parts.links import link
from app.parts.words import count, plural
from offendermgmt.services.overdue import TOTAL

# The deepest shade, in parts of a hundred of the text's colour: the number on it stays readable in light and dark.
_DEEPEST: Final = 34
_MUCH: Final = 0.5
# A table of ones is not a table of the gravest.
_FEW: Final = 5


def show(
    counts: pd.DataFrame,
    *,
    caption: str,
    corner: str,
    row_names: Mapping[str, str],
    column_names: Mapping[str, str],
    noun: str,
    opens: Callable[[str, str], str],
    chosen: tuple[str, str] | None = None,
) -> None:
    """Draw `counts`, whose last row and column are the totals, as a table with a caption.

    A number other than 0 links to the address that `opens` gives for its row and column, and says aloud where it
    stands: `High, 31-90 days: open 3 offenders`. `chosen` is the row and column whose cases are on show.
    """
    largest = max(int(counts.iloc[:-1, :-1].to_numpy().max(initial=0)), _FEW)
    headings = "".join(f'<th scope="col"{_total(column)}>{escape(column_names[str(column)])}</th>' for column in counts)
    rows = []
    for row, numbers in zip(map(str, counts.index), counts.to_numpy(), strict=True):
        cells = [f'<th scope="row">{escape(row_names[row])}</th>']
        for column, number in zip(map(str, counts.columns), map(int, numbers), strict=True):
            where = f"{row_names[row]}, {column_names[column]}: open {plural(number, noun)}"
            is_inner = TOTAL not in (row, column)
            depth = (number / largest) ** 0.5 if is_inner else 0.0
            text = (
                link(count(number), opens(row, column), label=where, current=(row, column) == chosen)
                if number
                else "<span>0</span>"
            )
            cells.append(_cell(text, depth, is_total=column == TOTAL))
        rows.append(f"<tr{_total(row)}>{''.join(cells)}</tr>")
    st.html(
        f'<div class="om-scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="om-table om-matrix"><caption>{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">{escape(corner)}</th>{headings}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _cell(text: str, depth: float, *, is_total: bool) -> str:
    kinds = [kind for kind, holds in (("total", is_total), ("much", depth >= _MUCH)) if holds]
    named = f' class="{" ".join(kinds)}"' if kinds else ""
    return f'<td{named} style="--shade:{depth * _DEEPEST:.0f}%">{text}</td>'


def _total(name: object) -> str:
    return ' class="total"' if name == TOTAL else ""
