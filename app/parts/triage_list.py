"""Triage as a page shows it: how many are in it and why, the list worst first, and the rule with its weights."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.navigation import OFFENDER, TRIAGE
from app.parts import counted, figures, filters, links, listing
from app.parts.backlog import UNALLOCATED
from app.parts.decisions import Choice
from app.parts.figures import OpensHere
from app.parts.listing import MOST_ROWS, Field
from app.parts.words import count, plural
from offendermgmt.domain.policy import Policy
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.figures import Figure
from offendermgmt.services.flags import Flag
from offendermgmt.services.triage import Look, TriageBoard
from offendermgmt.services.triage_words import due_in_words, notes_in_words, rule_in_words, why
from offendermgmt.services.wording import RISK, STATUS

LOOKS: Final[Mapping[str, str]] = {
    Look.OVERDUE: "Overdue",
    Look.NOT_OVERDUE: "Not overdue",
    Look.NEVER_SEEN: "Never seen",
    Look.FAILED: "Failed attempts",
    Look.MISSING: "Missing",
    Look.RAISED: "Risk raised",
    Look.ARMS: "ARMS overdue",
    Look.FLAGGED: "Flagged",
}
_CARDS: Final = (Look.OVERDUE, Look.NOT_OVERDUE)
_TITLE: Final = "What adds to their points"
_ROWS: Final = 3


def show_figures(board: TriageBoard, chosen: Look | None) -> None:
    """Draw how many are in triage, of how many managed, overdue or not; then how many for each part of the points."""
    lists = board.cases is not None

    def opens(look: Look | None) -> OpensHere | None:
        return OpensHere("offender", lambda: filters.choose(look=look)) if lists else None

    with st.grid(3, min_column_width=200):
        figures.show(board.size, of="managed", opens=opens(None))
        for look in _CARDS:
            figures.show(board.looks[look], of="in triage", opens=opens(look))
    if board.size.suppressed:
        st.caption(
            f"Where fewer than {board.size.setting.smallest_count} are in triage, or in it without an overdue visit, "
            "none of these figures is shown outside the unit: the small number would follow from the others."
        )
    parts = [look for look in Look if look not in _CARDS]
    told = "\n".join(
        f"- **{(meaning := board.looks[look].definition).title}**: {figures.definition_text(meaning)}" for look in parts
    )
    with st.container(border=True, gap="xsmall"):
        st.subheader(_TITLE, help=told)
        with st.grid(2, min_column_width=300):
            for at in range(0, len(parts), _ROWS):
                body = "".join(
                    _row(board.looks[look], look, lists, is_chosen=look is chosen) for look in parts[at:][:_ROWS]
                )
                st.html(f'<table class="om-table" aria-label="{_TITLE}"><tbody>{body}</tbody></table>')


def show_list(
    cases: pd.DataFrame,
    names: Mapping[str, str],
    holders: Mapping[str, str],
    teams: Mapping[str, str],
    notes: Mapping[str, str],
    decided: Mapping[str, str],
    *,
    look: Look | None,
) -> None:
    """Draw who is in triage, worst first, each row opening the record.

    `notes` are those of flags and `decided` the open decisions in words, both by reference.
    """
    st.header(f"In triage, worst first: {LOOKS[look].lower()}" if look else "In triage, worst first")
    if cases.empty:
        st.success("Nobody in triage is among these.", icon=":material/check:")
        return
    shown = cases.head(MOST_ROWS)
    if len(cases) > len(shown):
        st.info(
            f"The list shows the first {count(len(shown))} of {count(len(cases))}; the figures count all of them, and "
            "the download has them. Narrow it by team, officer or risk to see the rest.",
            icon=":material/filter_list:",
        )
    rows = told(shown, names, holders, teams, notes).assign(decided=_told_of(shown["offender_ref"], decided))
    listing.show(
        rows,
        [
            Field("place", "Place", "number"),
            Field("offender_ref", "Offender", "opens", beneath="name" if names else None),
            Field("risk_level", "Risk", "risk"),
            Field("total", "Points", "number"),
            Field("why", "Why (points of each part)", "sentence", beneath="notes"),
            Field("due_on", "Visit due", "day_or_none", beneath="late"),
            *([Field("decided", "Decided", "sentence")] if rows["decided"].any() else []),
            Field("holder", "Held by", beneath="team"),
        ],
        caption=f"In triage, the most points first: {plural(len(cases), 'offender')}",
        opens=links.addresses(OFFENDER.url_path, "ref", shown["offender_ref"], back=TRIAGE.url_path),
    )


def choices(cases: pd.DataFrame, names: Mapping[str, str]) -> dict[str, Choice]:
    """The offenders listed, to decide on: by reference, in the list's order."""
    return {
        row["offender_ref"]: Choice(
            " · ".join(
                text
                for text in (
                    row["offender_ref"],
                    names.get(row["offender_ref"]),
                    RISK[RiskLevel(row["risk_level"])],
                    f"place {row['place']}",
                )
                if text
            ),
            row["officer_ref"],
        )
        for row in cases.head(MOST_ROWS).to_dict(orient="records")
    }


def told(
    cases: pd.DataFrame,
    names: Mapping[str, str],
    holders: Mapping[str, str],
    teams: Mapping[str, str],
    notes: Mapping[str, str],
) -> pd.DataFrame:
    """The offenders in triage with their words: name, why, late, state, holder, team, notes (of flags)."""
    refs = cases["offender_ref"]
    return cases.assign(
        name=_told_of(refs, names),
        why=why(cases),
        late=due_in_words(cases),
        state=cases["status"].map(STATUS),
        holder=_told_of(cases["officer_ref"], holders).replace("", UNALLOCATED),
        team=_told_of(cases["team_ref"], teams),
        notes=_told_of(refs, notes),
    )


def notes_for(flags: Iterable[Flag], *, sees_names: bool) -> Mapping[str, str]:
    """The notes of flags by offender; none for a viewer who sees no names, because a note may hold some."""
    return notes_in_words(flags) if sees_names else {}


def show_rule(policy: Policy) -> None:
    """Draw the rule with the weights in force, for whoever asks why somebody stands where they stand."""
    with st.expander("How the order is made", icon=":material/rule:"):
        st.markdown(
            "A written rule adds points. Nothing here is a model, and the weights are policy "
            f"(version {policy.version}). A person decides:"
        )
        sentences = rule_in_words(policy.triage, policy.assessments.failed_in_a_row)
        st.markdown("\n".join(f"- {sentence}" for sentence in sentences))


def _row(figure: Figure, look: Look, lists: bool, *, is_chosen: bool) -> str:
    address = links.address(TRIAGE.url_path, look=str(look)) if lists else None
    return counted.row(figure, "offender", address, is_chosen=is_chosen)


def _told_of(refs: "pd.Series[Any]", words: Mapping[str, str]) -> "pd.Series[Any]":
    """The words of each reference, empty text where there are none."""
    return refs.map(words).astype(object).fillna("")
