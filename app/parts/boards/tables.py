"""A board's table as its page draws it: its finding, and the cells as a pack has them."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
import streamlit as st

from app.parts import figures, listing
from app.parts.listing import Field, Kind
from app.parts.words import escaped
from offendermgmt.outputs.packs.words import cell_text
from offendermgmt.services.board_tables import BoardTable

_KINDS: Final[Mapping[str, Kind]] = {"number": "figure", "share": "figure", "day": "day_or_none"}


def head(table: BoardTable) -> None:
    """Draw a table's title with what it means, and what it says; an empty one says why it is so."""
    meaning = " ".join(figures.definition_text(each) for each in table.definitions)
    st.header(escaped(table.title), help=meaning or None, anchor=table.code)
    if table.finding:
        st.markdown(escaped(table.finding))


def show(table: BoardTable, month: str) -> None:
    """Draw a table of a month under its title."""
    head(table)
    if table.rows:
        draw(table, f"{table.title}, {month}")


def draw(table: BoardTable, caption: str, links: Sequence[object] = ()) -> None:
    """Draw the cells, without columns that have none; `links` stand in the first column instead of its texts."""
    cells: dict[str, list[object]] = {}
    fields = []
    for at, column in enumerate(table.columns):
        own = [row[at] for row in table.rows]
        if all(cell in ("", None) for cell in own):
            continue
        kind = _KINDS.get(column.kind, "text")
        # In a column of days a text says why there is none.
        is_whole = kind == "day_or_none" and not any(isinstance(cell, str) for cell in own)
        cells[str(at)] = list(own) if is_whole else [cell_text(cell, column.kind) for cell in own]
        fields.append(Field(str(at), column.heading, "text" if kind == "day_or_none" and not is_whole else kind))
    if links:
        cells["0"] = list(links)
    listing.show(pd.DataFrame(cells, dtype=object), fields, caption=caption)
