"""A board's table as its page draws it: its finding, and the cells as a pack has them."""

import pandas as pd
import streamlit as st

from app.parts import figures, listing
from app.parts.listing import Field, Kind
from app.parts.words import escaped
from offendermgmt.outputs.packs.words import cell_text
from offendermgmt.services.board_tables import BoardTable

_NUMBERS = {"number", "share"}


def show(table: BoardTable) -> None:
    """Draw a table under its title, with what it says and what it means; an empty one says why it is so."""
    meaning = " ".join(figures.definition_text(each) for each in table.definitions)
    st.header(escaped(table.title), help=meaning or None)
    if table.finding:
        st.markdown(escaped(table.finding))
    if table.rows:
        draw(table)


def draw(table: BoardTable, cells: pd.DataFrame | None = None) -> None:
    """Draw the cells; `cells` are those of `in_words`, some of them links."""
    fields = [Field(str(at), column.heading, _kind(column.kind)) for at, column in enumerate(table.columns)]
    listing.show(in_words(table) if cells is None else cells, fields, caption=table.title)


def in_words(table: BoardTable) -> pd.DataFrame:
    """The cells as they read, a column named by its place."""
    rows = [
        [cell_text(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows
    ]
    return pd.DataFrame(rows, columns=[str(at) for at in range(len(table.columns))], dtype=object)


def _kind(kind: str) -> Kind:
    if kind in _NUMBERS:
        return "figure"
    return "text"
