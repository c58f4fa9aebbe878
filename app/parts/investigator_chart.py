"""Open cases of each investigator on one chart, stacked by risk; it reads in print and without colour."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import plotly.graph_objects as go

from app.parts import charts
from app.parts.caseloads import NOBODY, presence_text
from app.parts.words import count, plural
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.caseload import Presence
from offendermgmt.services.overdue import WORST_FIRST
from offendermgmt.services.wording import RISK

# More bars than this are no longer told apart; the table has everybody.
MOST_BARS: Final = 40
_BAR: Final = 26
_FRAME: Final = 110
# Beyond the longest bar, for the text at its end in a narrow window.
_ROOM: Final = 1.6


def draw(rows: pd.DataFrame, names: Mapping[str, str]) -> None:
    """Draw the rows of `InvestigatorsBoard.investigators`, in their order, from above; the caller draws the table."""
    shown = rows.head(MOST_BARS)
    charts.draw(chart(shown, names), alt=_alt(rows, len(shown)), key="investigators")


def chart(rows: pd.DataFrame, names: Mapping[str, str]) -> go.Figure:
    """A bar for each row, its open cases stacked by risk, and at its end how many that are per FTE."""
    held_by = [names.get(ref, ref) or NOBODY for ref in rows["officer_ref"]]
    traces = [_bars(rows, held_by, level) for level in WORST_FIRST]
    longest = max(int(rows["open_cases"].max()), 1)
    ends = [
        {"x": row["open_cases"], "y": holder, "text": _end_text(row), **_END}
        for holder, row in zip(held_by, rows.to_dict(orient="records"), strict=True)
    ]
    return charts.drawn(
        traces,
        x="Open cases",
        y="Held by",
        height=_FRAME + _BAR * len(rows),
        xaxis={"range": [0, longest * _ROOM], "rangemode": "tozero", "tickformat": ",d", "nticks": 8},
        yaxis={"autorange": "reversed", "type": "category", "title": {"text": ""}},
        barmode="stack",
        hovermode="closest",
        annotations=ends,
    )


_END: Final = {"showarrow": False, "xanchor": "left", "xshift": 6, "font": {"size": 11}}


def _bars(rows: pd.DataFrame, held_by: list[str], level: RiskLevel) -> dict[str, Any]:
    return {
        "type": "bar",
        "orientation": "h",
        "x": rows[str(level)],
        "y": held_by,
        "name": RISK[level],
        "marker": charts.risk_bar_marker(level),
        "hovertemplate": f"%{{y}}<br>{RISK[level]}: %{{x}}<extra></extra>",
    }


def _end_text(row: Mapping[Any, Any]) -> str:
    if row["presence"] == Presence.NOBODY:
        return "nobody's"
    away = presence_text(row)
    if away:
        return f"{away[0].lower()}{away[1:]}"
    return f"{row['cases_per_fte']:,.1f} per FTE" if row["open_cases"] else "no case"


def _alt(rows: pd.DataFrame, shown: int) -> str:
    of = f" The first {shown} of {len(rows)} are drawn." if len(rows) > shown else ""
    return (
        f"A bar for each of {plural(len(rows), 'holder')}: open cases by risk, {count(rows['open_cases'].sum())} in "
        f"all.{of} The table that follows holds every number."
    )
