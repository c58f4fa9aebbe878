"""Decisions as a page shows them: how many are open, due and late, the list of them, and its download."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from app.navigation import DECISIONS, OFFENDER, POLIT_CASE
from app.parts import decision_words, downloads, figures, filters, links, listing
from app.parts.caseloads import NOBODY
from app.parts.decision_words import LISTED
from app.parts.figures import OpensHere
from app.parts.listing import MOST_ROWS, Field
from app.parts.words import count, plural
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services import decision_definitions as definitions
from offendermgmt.services.decision_lists import DecisionBoard, Which
from offendermgmt.services.figures import Figure
from offendermgmt.services.wording import RISK


def show_figures(board: DecisionBoard) -> None:
    """Draw how many decisions are open, and of those the viewer's, late, due and deferred; each opens its list."""
    lists = board.rows is not None

    def opens(which: Which) -> OpensHere | None:
        return OpensHere("decision", lambda: filters.choose(listed=str(which))) if lists else None

    with st.grid(5, min_column_width=180):
        for which in (Which.MINE, Which.LATE, Which.TODAY, Which.DEFERRED, Which.OPEN):
            if which is not Which.MINE or lists:
                figures.show(board.figures[which], of="open", opens=opens(which))


def show_list(rows: pd.DataFrame, names: Mapping[str, str], holders: Mapping[str, str], which: Which) -> None:
    """Draw the first rows of a board, each opening the offender's or the case's record."""
    if rows.empty:
        st.success(f"No decision is among these: {LISTED[which].lower()}.", icon=":material/check:")
        return
    shown = rows.head(MOST_ROWS)
    if len(rows) > len(shown):
        st.info(
            f"The list shows the first {count(len(shown))} of {count(len(rows))}; the figures count all of them, and "
            "the download has them. Narrow it by unit, team or holder to see the rest.",
            icon=":material/filter_list:",
        )
    listing.show(
        told(shown, names, holders),
        [
            Field("subject_ref", "Case", "opens", beneath="name"),
            Field("risk_level", "Risk", "risk"),
            Field("kind_text", "Decision", "sentence", beneath="why"),
            Field("owner", "Owner"),
            Field("due_on", "Due", "day", beneath="late"),
            Field("standing", "Standing", "sentence", beneath="became"),
            Field("decided_on", "Decided on", "day", beneath="decided_by"),
            Field("holder", "Held by"),
        ],
        caption=f"Decisions, {LISTED[which].lower()}: {plural(len(rows), 'decision')}, "
        f"{'the last closed' if which is Which.CLOSED else 'the earliest due'} first",
        opens={row["subject_ref"]: _address(row) for row in shown.to_dict(orient="records")},
    )


def told(rows: pd.DataFrame, names: Mapping[str, str], holders: Mapping[str, str]) -> pd.DataFrame:
    """The rows of a board with their words: those of `decision_words`, name (or that it is a POLIT case), holder."""
    subjects = zip(rows["subject_kind"], rows["subject_ref"], strict=True)
    return decision_words.told(rows, holders).assign(
        name=["POLIT case" if kind == "case" else names.get(ref, "") for kind, ref in subjects],
        holder=[holders.get(ref, NOBODY) for ref in rows["holder_ref"]],
    )


def offer(
    rows: pd.DataFrame,
    figure: Figure,
    names: Callable[[], Mapping[str, str]],
    holders: Mapping[str, str],
    teams: Mapping[str, str],
    chosen: Mapping[str, str],
) -> None:
    """Offer the whole list, narrowed as `chosen` says in words."""

    def whole() -> pd.DataFrame:
        found = told(rows, names(), holders)
        return found.assign(risk=rows["risk_level"].map(RISK), team=[teams.get(ref, "") for ref in rows["team_ref"]])

    downloads.offer(
        whole,
        [
            ListColumn("subject_ref", "Offender or case"),
            ListColumn("name", "Name", personal=True),
            ListColumn("risk", "Risk level"),
            ListColumn("kind_text", "Decision"),
            ListColumn("why", "Why", personal=True),
            ListColumn("owner", "Owner"),
            ListColumn("due_on", "Due on", "day", "A deferral's last day"),
            ListColumn("days_late", "Days late", "number", "Of open decisions"),
            ListColumn("standing", "Standing"),
            ListColumn("outcome", "What became of it", personal=True),
            ListColumn("closed_on", "Closed on", "day"),
            ListColumn("decided_on", "Decided on", "day"),
            ListColumn("decided_by", "Decided by"),
            ListColumn("holder", "Held by"),
            ListColumn("team", "Team"),
        ],
        page=DECISIONS.url_path,
        title="Decisions",
        count=len(rows),
        setting=figure.setting,
        definitions=tuple(dict.fromkeys((definitions.OPEN, figure.definition))),
        filters=chosen,
    )


def _address(row: Mapping[Any, Any]) -> str:
    ref = str(row["subject_ref"])
    if row["subject_kind"] == "case":
        return links.address(POLIT_CASE.url_path, case=ref, back=DECISIONS.url_path)
    return links.address(OFFENDER.url_path, ref=ref, back=DECISIONS.url_path)
