"""What the page of investigators lists: who holds how much, whose holders are away, and the exposure of the unit."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.navigation import POLIT
from app.parts import figures, links, period_table
from app.parts.caseloads import NOBODY, presence_text
from app.parts.period_table import Column
from app.parts.words import plural
from offendermgmt.services.figures import Figure
from offendermgmt.services.image_exposure import Exposure
from offendermgmt.services.investigators import LEVELS, OPEN_STAGES
from offendermgmt.services.investigators_board import per_fte
from offendermgmt.services.polit_definitions import CaseList
from offendermgmt.services.wording import RISK, STAGE, day_text

BY: Final = {"risk": "By risk", "stage": "By stage"}
AS: Final = {"cases": "Cases", "per_fte": "Cases per available FTE"}
_NAMES: Final[Mapping[str, Mapping[Any, str]]] = {"risk": RISK, "stage": STAGE}
_CODES: Final = {"risk": LEVELS, "stage": OPEN_STAGES}


def show(rows: pd.DataFrame, names: Mapping[str, str], *, by: str, divided: bool) -> None:
    """Draw the rows of `InvestigatorsBoard.investigators` by risk or stage, in cases or in cases per available FTE.

    Every number of cases opens those cases; a number per FTE has no list of its own.
    """
    kind: period_table.Kind = "ratio" if divided else "count"
    columns = [
        Column("holder", "Held by", "text"),
        *([Column("where", "Away", "text")] if rows["is_away"].any() else []),
        Column("fte", "FTE available", "ratio"),
        Column("open_cases", "Open cases", kind),
        *(Column(code, _NAMES[by][code], kind) for code in _CODES[by]),
        *([] if divided else [Column("cases_per_fte", "Open cases per FTE", "ratio")]),
    ]
    period_table.show(
        told(per_fte(rows) if divided else rows, names),
        columns,
        caption=f"{AS['per_fte' if divided else 'cases']} {BY[by].lower()}: nobody's first, then those away who hold "
        "cases, then the most per FTE",
        opens=_opening(by),
        key="investigators_table",
    )


def told(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """The rows with words: holder, and where (why they are away, empty for who is there)."""
    return rows.assign(
        holder=[names.get(ref, ref) or NOBODY for ref in rows["officer_ref"]],
        where=[presence_text(row) for row in rows.to_dict(orient="records")],
    )


def _opening(by: str) -> period_table.Opens:
    def opened(row: Mapping[str, Any], column: str) -> str | None:
        if column not in {"open_cases", *_CODES[by]}:
            return None
        ref = str(row["officer_ref"])
        asked: dict[str, str | None] = {"officer": ref} if ref else {"list": str(CaseList.UNALLOCATED)}
        if column != "open_cases":
            asked[by] = column
        return links.address(POLIT.url_path, **{"by": None, "as": None, **asked})

    return opened


def show_exposure(exposure: Exposure) -> None:
    """Draw the exposure of the whole unit as one number, or say why there is none."""
    figure = exposure.figure
    between = f"{day_text(exposure.first)} to {day_text(exposure.last)}"
    if figure.suppressed:
        value, told = "Not shown", f"fewer than {exposure.group} officers viewed: {between}"
    elif figure.value is None or exposure.officers is None:
        value, told = figures.value_text(figure), f"no viewing has been recorded up to {day_text(exposure.last)}"
    else:
        value = plural(figure.value, "officer-day")
        told = f"by {plural(exposure.officers, 'officer')}, {between}"
        if exposure.officers:
            told += f": {figure.value / exposure.officers:,.1f} days each on average"
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.metric(figure.definition.title, value, help=figures.definition_text(figure.definition))
        st.caption(f"Whole unit, {told}")


def show_per_fte(figure: Figure, cases: int | None, fte: float | None) -> None:
    """Draw the unit's cases per FTE as a card, with what was divided; both None where the viewer may not have them."""
    value = f"{figure.value:,.1f}" if figure.value is not None else figures.value_text(figure)
    divided = f"{plural(cases, 'case')} / {fte:g} FTE" if cases is not None and fte is not None else None
    with st.container(border=True, gap="xsmall", height="stretch"):
        st.metric(figure.definition.title, value, help=figures.definition_text(figure.definition))
        st.caption(divided or figures.beneath_text(figure) or "")
