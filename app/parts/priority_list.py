"""POLIT's order of work as a list: each case's place, the parts that gave it in words, and who placed it by hand."""

from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st

from app.navigation import POLIT_CASE, POLIT_ORDER
from app.parts import figures, filters, links, listing
from app.parts.caseloads import NOBODY
from app.parts.decisions import Choice
from app.parts.figures import OpensHere
from app.parts.listing import MOST_ROWS, Field
from app.parts.words import count, plural
from offendermgmt.domain.policy import Policy
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.figures import Figure
from offendermgmt.services.priorities import Look, PriorityBoard
from offendermgmt.services.priority_words import by_hand, rule_in_words, why
from offendermgmt.services.wording import RISK, STAGE, days_text

# The list of re-assessments is no part of the order; it is looked at instead of it.
LOWERED = "lowered"
LOOKS: Mapping[str, str] = {
    Look.CHILDREN: "Children awaiting safeguarding",
    Look.PAST_LIMIT: "Past their limit",
    Look.REASSESS: "Due a re-grade",
    Look.BY_HAND: "Placed by hand",
    LOWERED: "Risk lowered on old cases",
}


def show_figures(board: PriorityBoard) -> None:
    """Draw how many cases the order has, children first; each figure opens its list."""
    lists = board.cases is not None
    of = f"of {plural(board.size.value, 'case')}" if lists and board.size.value is not None else None
    children = board.children_awaiting
    waiting = f"{of}, {plural(children, 'child', 'children')}" if children else of

    def draw(figure: Figure, look: str | None, note: str | None, noun: str = "case") -> None:
        opens = OpensHere(noun, lambda: filters.choose(look=look)) if lists else None
        figures.show(figure, note=note, opens=opens)

    with st.grid(3, min_column_width=200):
        draw(board.looks[Look.CHILDREN], Look.CHILDREN, waiting)
        draw(board.size, None, None if board.size.suppressed else "in the backlog")
        draw(board.looks[Look.PAST_LIMIT], Look.PAST_LIMIT, of)
        draw(board.looks[Look.REASSESS], Look.REASSESS, of)
        draw(board.looks[Look.BY_HAND], Look.BY_HAND, of)
        draw(board.lowered, LOWERED, None, "re-assessment")


def show_order(
    cases: pd.DataFrame,
    holders: Mapping[str, str],
    teams: Mapping[str, str],
    decided: Mapping[str, str],
    *,
    caption: str,
) -> None:
    """Draw the cases in order, each row opening its case; `decided` are the open decisions in words, by reference."""
    if cases.empty:
        st.success("No case of the backlog is among these.", icon=":material/check:")
        return
    shown = cases.head(MOST_ROWS)
    if len(cases) > len(shown):
        st.info(
            f"The list shows the first {count(len(shown))} of {count(len(cases))}; the figures count all of them, and "
            "the download has them. Narrow it by team, holder or risk to see the rest.",
            icon=":material/filter_list:",
        )
    rows = told(shown, holders, teams).assign(decided=[decided.get(ref, "") for ref in shown["case_ref"]])
    listing.show(
        rows,
        [
            Field("place", "Place", "number", beneath="rule"),
            Field("case_ref", "Case", "opens", beneath="stage_text"),
            Field("risk_level", "Risk", "risk"),
            Field("total", "Points", "number"),
            Field("why", "Why (points of each part)", "sentence", beneath="by_hand"),
            Field("act_by", "Act by", "day", beneath="late"),
            *([Field("decided", "Decided", "sentence")] if rows["decided"].any() else []),
            Field("holder", "Held by", beneath="team"),
        ],
        caption=caption,
        opens=case_addresses(shown["case_ref"]),
    )


def choices(cases: pd.DataFrame) -> dict[str, Choice]:
    """The cases listed, to decide on: by reference, in the list's order."""
    return {
        row["case_ref"]: Choice(
            f"{row['case_ref']} · {RISK[RiskLevel(row['risk_level'])]} · place {row['place']}", row["officer_ref"]
        )
        for row in cases.head(MOST_ROWS).to_dict(orient="records")
    }


def case_addresses(refs: Iterable[str]) -> dict[str, str]:
    """The address of each case by reference, which knows the way back to this list."""
    return links.addresses(POLIT_CASE.url_path, "case", refs, back=POLIT_ORDER.url_path)


def told(cases: pd.DataFrame, holders: Mapping[str, str], teams: Mapping[str, str]) -> pd.DataFrame:
    """The cases with their words: rule (its place, where a person moved the case), stage_text, why, by_hand, late,
    holder, team."""
    moved = cases["placement"] != ""
    return cases.assign(
        rule=("by the rule " + cases["rule_place"].astype(str)).where(moved, ""),
        stage_text=cases["stage"].map(STAGE),
        why=why(cases),
        by_hand=by_hand(cases),
        late=[f"{days_text(days)} past" if days else "" for days in cases["days_past_limit"].astype(int)],
        holder=cases["officer_ref"].map(holders).fillna("").replace("", NOBODY),
        team=cases["team_ref"].map(teams).fillna(""),
    )


def show_rule(policy: Policy) -> None:
    """Draw the rule with the weights in force, for whoever asks why a case stands where it stands."""
    with st.expander("How the order is made", icon=":material/rule:"):
        st.markdown(
            "A written rule adds points, and a person may set a case first or last. Nothing here is a model, and the "
            f"weights are policy (version {policy.version}):"
        )
        sentences = rule_in_words(policy.polit_priority, policy.polit_act_days)
        st.markdown("\n".join(f"- {sentence}" for sentence in sentences))
