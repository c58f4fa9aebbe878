"""Every officer's caseload on one chart, against both limits; reads alike with three officers or a thousand."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from app.parts import caseload_labels, charts
from app.parts.words import plural
from offendermgmt.domain.policy import Policy
from offendermgmt.services.caseload import Exceeds, Presence, by_limits

_HEIGHT: Final = 400
_ALL_TRIED: Final = 12
_MOST_TRIED: Final = 60
_MOST_NAMED: Final = 12
_MOST_TICKS: Final = 8
_LOOKS: Final = {
    Exceeds.NEITHER: ("Within both limits", "circle", 0),
    Exceeds.SHARE: ("Over the high-risk ceiling", "diamond", 1),
    Exceeds.CAP: ("Over the cases per FTE", "square", 3),
    Exceeds.BOTH: ("Over both", "x", 4),
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
    strip = widest * 1.12 if officers["cases_per_fte"].isna().any() else None
    placed = officers.assign(x=officers["cases_per_fte"].fillna(strip or widest))
    ceiling = float(policy.high_risk_share)
    top = max(float(officers["share"].max()), ceiling) * 1.15
    right = (strip or widest) * 1.06
    plane = _Plane(-0.025 * right, right, -0.03 * top, top)
    named = {"x": f"{policy.cases_per_fte} cases per FTE", "y": f"Ceiling {ceiling:.0%}"}
    chart = charts.drawn(
        _marks(placed),
        x="Cases per available FTE",
        y="High and very high risk, share of cases",
        height=_HEIGHT,
        xaxis={"range": [plane.left, plane.right], "zeroline": False, **_ticks_to(widest, strip)},
        yaxis={"tickformat": ".0%", "range": [plane.bottom, plane.top]},
        hovermode="closest",
        annotations=_names(placed, plane, plane.limits(policy.cases_per_fte, named["x"], ceiling, named["y"])),
    )
    chart.add_hline(y=ceiling, line=_LIMIT, annotation_text=named["y"], annotation_position="top left")
    return chart.add_vline(
        x=policy.cases_per_fte, line=_LIMIT, annotation_text=named["x"], annotation_position="top left"
    )


@dataclass(frozen=True)
class _Plane:
    """What the axes enclose: cases per FTE from `left` to `right`, shares from `bottom` to `top`."""

    left: float
    right: float
    bottom: float
    top: float

    def across(self, per_fte: caseload_labels.Numbers) -> caseload_labels.Numbers:
        return (per_fte - self.left) / (self.right - self.left)

    def upward(self, share: caseload_labels.Numbers) -> caseload_labels.Numbers:
        return (share - self.bottom) / (self.top - self.bottom)

    def limits(self, per_fte: float, per_fte_text: str, share: float, share_text: str) -> caseload_labels.Boxes:
        x, y = self.across(np.array([per_fte])), self.upward(np.array([share]))
        return caseload_labels.limits(float(x[0]), per_fte_text, float(y[0]), share_text)


_LIMIT: Final = {"width": 2, "dash": "dash", "color": "rgba(128, 128, 128, 1)"}


def _marks(officers: pd.DataFrame) -> list[go.Scatter]:
    return [_mark(rows, *_LOOKS[exceeds]) for exceeds, rows in by_limits(officers).items()]


def _mark(rows: pd.DataFrame, name: str, symbol: str, colour: int) -> go.Scatter:
    # The legend takes the first mark's symbol, and filled is the rule: small caseloads come last.
    symbols = np.where(rows["is_small"], f"{symbol}-open", symbol)
    return go.Scatter(
        x=rows["x"],
        y=rows["share"],
        mode="markers",
        name=f"{name}: {plural(len(rows), 'officer')}",
        marker={"symbol": symbols, "size": 10, "color": charts.SERIES_COLOURS[colour], "line": {"width": 1.5}},
        customdata=np.stack([rows["name"], rows["cases"], rows["high_risk"], rows["fte"]], axis=-1),
        hovertemplate="%{customdata[0]}<br>%{customdata[2]} of %{customdata[1]} high risk (%{y:.1%})"
        "<br>%{customdata[3]} FTE available<extra></extra>",
    )


def _names(officers: pd.DataFrame, plane: _Plane, limits: caseload_labels.Boxes) -> list[dict[str, object]]:
    """Collar numbers of officers over a limit, worst first, where one can be read; of few officers those of all."""
    within = by_limits(officers).get(Exceeds.NEITHER, officers.iloc[:0])
    exceeding = ~officers.index.isin(within.index)
    order = np.argsort(~exceeding, kind="stable")
    tried = order if len(officers) <= _ALL_TRIED else order[: exceeding.sum()]
    x = plane.across(officers["x"].to_numpy(dtype=np.float64))
    y = plane.upward(officers["share"].to_numpy(dtype=np.float64))
    taken = caseload_labels.marks(x, y).and_also(limits)
    texts = officers["officer_ref"].astype(str).tolist()
    found = caseload_labels.names(x, y, texts, taken, first=tried[:_MOST_TRIED].tolist(), most=_MOST_NAMED)
    look = {"showarrow": False, "font": {"size": caseload_labels.FONT}, "xanchor": "center", "yanchor": "middle"}
    return [
        {
            "x": officers["x"].iloc[name.mark],
            "y": officers["share"].iloc[name.mark],
            "text": escape(name.text),
            "xshift": name.right,
            "yshift": name.up,
            **look,
        }
        for name in found
    ]


def _ticks_to(widest: float, strip: float | None) -> dict[str, object]:
    """The ticks of cases per FTE, with the strip of those who have none if there is one."""
    ticks = _ticks(widest)
    if strip is None:
        return {"tickvals": ticks}
    return {"tickvals": [*ticks, strip], "ticktext": [*(f"{tick:,}" for tick in ticks), "No FTE"]}


def _ticks(widest: float) -> list[int]:
    step = next(step for step in (5, 10, 20, 25, 50, 100, 250, 500, 1000, 10**9) if widest / step <= _MOST_TICKS)
    return list(range(0, int(widest) + 1, step))


def _alt(officers: pd.DataFrame, policy: Policy) -> str:
    groups = {exceeds: len(rows) for exceeds, rows in by_limits(officers).items()}
    over_share, over_cap = (groups.get(kind, 0) + groups.get(Exceeds.BOTH, 0) for kind in (Exceeds.SHARE, Exceeds.CAP))
    return (
        f"A mark for each of {plural(len(officers), 'officer')}: share of high risk cases against cases per available "
        f"FTE. {over_share} above the ceiling of {float(policy.high_risk_share):.0%}, {over_cap} above "
        f"{policy.cases_per_fte} cases per FTE or with no FTE. The table that follows holds every number."
    )


def legend_note(policy: Policy) -> str:
    """What the marks mean beyond the legend."""
    return (
        f"Open marks are small caseloads (under {policy.workload.small_caseload} cases): one case moves the share by "
        "more than ten points, and the rule still counts them. Officers with no FTE available stand at the right edge. "
        "Collar numbers stand beside officers over a limit where there is room for them; the table has everyone."
    )
