"""Every officer's caseload on one chart, against both limits; reads alike with three officers or a thousand."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from app.parts import charts
from app.parts.words import plural
from offendermgmt.domain.policy import Policy
from offendermgmt.services.caseload import Presence

_HEIGHT: Final = 400
_ALL_NAMED: Final = 12
_WORST_NAMED: Final = 6
_MOST_TICKS: Final = 8
# Over the share, over the cap: how each is called and drawn.
_GROUPS: Final = {
    (False, False): ("Within both limits", "circle", 0),
    (True, False): ("Over the high-risk ceiling", "diamond", 1),
    (False, True): ("Over the cases per FTE", "square", 3),
    (True, True): ("Over both", "x", 4),
}


def show(officers: pd.DataFrame, policy: Policy, names: Mapping[str, str]) -> None:
    """Draw the officers (rows of `CaseloadBoard.officers`), each a mark, and what the marks mean."""
    shown = officers[(officers["presence"] != Presence.NOBODY).to_numpy()]
    if shown.empty:
        st.info("No officer holds a case: there is nothing to draw.", icon=":material/info:")
        return
    named = shown.assign(name=shown["officer_ref"].map(names).fillna(shown["officer_ref"]))
    charts.draw(caseload_chart(named, policy), alt=_alt(shown, policy), key="caseloads")
    st.caption(legend_note(policy))


def caseload_chart(officers: pd.DataFrame, policy: Policy) -> go.Figure:
    """Share of high risk against cases per available FTE; officers with no FTE stand in a strip of their own."""
    widest = max(float(officers["cases_per_fte"].max(skipna=True)), policy.cases_per_fte * 1.1)
    widest = widest if np.isfinite(widest) else policy.cases_per_fte * 1.1
    strip = widest * 1.12
    placed = officers.assign(x=officers["cases_per_fte"].fillna(strip))
    ceiling = float(policy.high_risk_share)
    top = max(float(officers["share"].max()), ceiling) * 1.15
    chart = charts.drawn(
        _marks(placed),
        x="Cases per available FTE",
        y="High and very high risk, share of cases",
        height=_HEIGHT,
        xaxis=_ticks_to(widest, strip if officers["cases_per_fte"].isna().any() else None),
        yaxis={"tickformat": ".0%", "range": [-0.03 * top, top]},
        hovermode="closest",
        annotations=_names(placed),
    )
    chart.add_hline(y=ceiling, line=_LIMIT, annotation_text=f"Ceiling {ceiling:.0%}", annotation_position="top left")
    return chart.add_vline(
        x=policy.cases_per_fte,
        line=_LIMIT,
        annotation_text=f"{policy.cases_per_fte} cases per FTE",
        annotation_position="top left",
    )


_LIMIT: Final = {"width": 2, "dash": "dash", "color": "rgba(128, 128, 128, 1)"}


def _marks(officers: pd.DataFrame) -> list[go.Scatter]:
    groups = officers.groupby([officers["exceeds_threshold"].astype(bool), officers["exceeds_cap"].astype(bool)])
    return [_mark(rows, *_GROUPS[(bool(over_share), bool(over_cap))]) for (over_share, over_cap), rows in groups]


def _mark(rows: pd.DataFrame, name: str, symbol: str, colour: int) -> go.Scatter:
    symbols = np.where(rows["is_small"], f"{symbol}-open", symbol)
    # The legend takes the first mark's symbol, and filled is the rule.
    first = rows.iloc[np.argsort(rows["is_small"].to_numpy(), kind="stable")]
    symbols = np.sort(symbols)
    return go.Scatter(
        x=first["x"],
        y=first["share"],
        mode="markers",
        name=f"{name}: {plural(len(rows), 'officer')}",
        marker={"symbol": symbols, "size": 10, "color": charts.SERIES_COLOURS[colour], "line": {"width": 1.5}},
        customdata=np.stack([first["name"], first["cases"], first["high_risk"], first["fte"]], axis=-1),
        hovertemplate="%{customdata[0]}<br>%{customdata[2]} of %{customdata[1]} high risk (%{y:.1%})"
        "<br>%{customdata[3]} FTE available<extra></extra>",
    )


def _names(officers: pd.DataFrame) -> list[dict[str, object]]:
    """Collar numbers beside the marks: everyone's where they are few, else the worst."""
    exceeding = officers["exceeds_threshold"].astype(bool) | officers["exceeds_cap"].astype(bool)
    named = officers if len(officers) <= _ALL_NAMED else officers[exceeding].head(_WORST_NAMED)
    look = {"showarrow": False, "yshift": 14, "font": {"size": 11}}
    return [{"x": row.x, "y": row.share, "text": row.officer_ref, **look} for row in named.itertuples()]


def _ticks_to(widest: float, strip: float | None) -> dict[str, object]:
    """The axis of cases per FTE, with the strip of those who have none if there is one."""
    ticks = _ticks(widest)
    if strip is None:
        return {"tickvals": ticks, "range": [0, widest * 1.06]}
    texts = [*(f"{tick:,}" for tick in ticks), "No FTE"]
    return {"tickvals": [*ticks, strip], "ticktext": texts, "range": [0, strip * 1.06]}


def _ticks(widest: float) -> list[int]:
    step = next(step for step in (5, 10, 20, 25, 50, 100, 250, 500, 1000, 10**9) if widest / step <= _MOST_TICKS)
    return list(range(0, int(widest) + 1, step))


def _alt(officers: pd.DataFrame, policy: Policy) -> str:
    over_share, over_cap = (int(officers[name].astype(bool).sum()) for name in ("exceeds_threshold", "exceeds_cap"))
    return (
        f"A mark for each of {plural(len(officers), 'officer')}: share of high risk cases against cases per available "
        f"FTE. {over_share} above the ceiling of {float(policy.high_risk_share):.0%}, {over_cap} above "
        f"{policy.cases_per_fte} cases per FTE or with no FTE. The table that follows holds every number."
    )


def legend_note(policy: Policy) -> str:
    """What the marks mean beyond the legend."""
    return (
        f"Open marks are small caseloads (under {policy.workload.small_caseload} cases): one case moves the share by "
        "more than ten points, and the rule still counts them. Officers with no FTE available stand at the right edge."
    )
