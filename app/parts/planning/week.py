"""The days on show as a table: a row an officer, a column a day, with every visit they go on."""

from collections.abc import Container, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.navigation import PLANNED
from app.parts.links import address, link
from app.parts.listing import MOST_ROWS
from app.parts.words import clock, plural
from offendermgmt.domain.vocabulary import PlanState
from offendermgmt.services.planned_visits import OfficerDays
from offendermgmt.services.wording import PLAN

_AWAY: Final = "Away"
_NAMED: Final = 40


# The visits of an officer on a day, as rows of `in_scope`.
_Cells = Mapping[tuple[str, date], Sequence[Mapping[Any, Any]]]


def show(visits: pd.DataFrame, able: OfficerDays, names: Mapping[str, str]) -> None:
    """Draw who goes where on each day; a visit's time opens its plan, and its text says if one officer goes alone.

    `visits` are rows of `in_scope`. Officers with none are named beneath: those with time, and those away on all days.
    """
    cells: dict[tuple[str, date], list[Mapping[Any, Any]]] = {}
    for row in visits.to_dict(orient="records"):
        for ref in row["officer_refs"].split(";"):
            cells.setdefault((ref, row["planned_on"].date()), []).append(row)
    going = {ref for ref, _ in cells}
    fte = dict(zip(able.officer_refs, able.fte, strict=True))
    if going:
        officers = sorted(going, key=lambda ref: names.get(ref, ref))[:MOST_ROWS]
        away = {
            (ref, day)
            for ref in officers
            if ref in fte
            for day, has in zip(able.days, fte[ref], strict=True)
            if not has
        }
        _draw(officers, able.days, cells, away, names, len(visits))
    _say_free({ref: share for ref, share in fte.items() if ref not in going}, names)


def _draw(
    officers: Sequence[str],
    days: Sequence[date],
    cells: _Cells,
    away: Container[tuple[str, date]],
    names: Mapping[str, str],
    number: int,
) -> None:
    headings = "".join(f'<th scope="col">{day:%a} {day.day} {day:%b}</th>' for day in days)
    body = "".join(
        f'<tr><th scope="row">{escape(names.get(ref, ref))}</th>'
        f"{''.join(_cell(cells.get((ref, day), ()), is_away=(ref, day) in away) for day in days)}</tr>"
        for ref in officers
    )
    caption = (
        f"{plural(number, 'visit')} by officer; each stands with everyone who goes. "
        "The time opens the plan. Away: no time available."
    )
    st.html(
        f'<div class="om-scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="om-table"><caption>{escape(caption)}</caption>'
        f'<thead><tr><th scope="col">Officer</th>{headings}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _say_free(without: Mapping[str, Any], names: Mapping[str, str]) -> None:
    for said, refs in (
        ("With time, and no visit", [ref for ref, share in without.items() if share.any()]),
        ("Away, and no visit", [ref for ref, share in without.items() if not share.any()]),
    ):
        if refs:
            named = sorted(names.get(ref, ref) for ref in refs)
            more = f" and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
            st.caption(f"{said}: {', '.join(named[:_NAMED])}{more}.")


def _cell(visits: Sequence[Mapping[Any, Any]], *, is_away: bool) -> str:
    lines = [*(_line(row) for row in visits), *([escape(_AWAY)] if is_away else [])]
    return "<td>" + "".join(f'<div class="day">{line}</div>' for line in lines) + "</td>"


def _line(row: Mapping[Any, Any]) -> str:
    time, ref = clock(row["planned_at"]), str(row["offender_ref"])
    opens = address(PLANNED.url_path, visit=str(row["plan_ref"]), plan=None)
    text = f"{link(time, opens, label=f'Open the plan of {time}, {ref}')} {escape(ref)}"
    marks = [*(["<strong>alone</strong>"] if row["crew"] == 1 else []), *_state(row)]
    return f"{text}{''.join(f', {mark}' for mark in marks)}"


def _state(row: Mapping[Any, Any]) -> list[str]:
    return [] if row["state"] == PlanState.PLANNED else [escape(PLAN[PlanState(row["state"])].lower())]
