"""What if chosen cases moved: both officers and their teams before and after, and the form that records it.

The choice lives in the address as references, with whose list it was made from: a link reopens the same what-if within
its reader's own access, and another officer's list begins without one.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import pandas as pd
import streamlit as st

from app.parts import filters, listing, telling
from app.parts.caseloads import NO_MOVES, NOBODY, against_cap, against_ceiling, per_fte_text
from app.parts.listing import Field
from app.parts.words import plural, share
from app.session import current_view, desk, today
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import RiskLevel
from offendermgmt.services.holding import Move, receivers
from offendermgmt.services.question import Question
from offendermgmt.services.reallocation import Reallocation, may_reallocate, reallocate
from offendermgmt.services.what_if import what_if
from offendermgmt.services.wording import RISK

# An address with more references could be cut where it is pasted.
MOST_CASES: Final = 100
_SAID_AT_MOST: Final = 3
_CASES: Final = "what_if_cases"
_TO: Final = "what_if_to"
_REASON: Final = "what_if_reason"
_DAY: Final = "what_if_day"


def is_open(holder: str | None) -> bool:
    """Whether the address holds a what-if of this holder's list; one of another's is taken out of it."""
    made_from = st.query_params.get("move_from")
    if holder is None or (made_from is not None and made_from != holder):
        filters.choose(**NO_MOVES)
    return any(key in st.query_params for key in NO_MOVES)


def panel(
    question: Question, cases: pd.DataFrame, names: Mapping[str, str], teams: Mapping[str, str], holder: str
) -> None:
    """Choose cases of the holder's list and who would hold them; see the difference; record it where the viewer may."""
    officers = receivers(question)
    if not officers:
        st.info("There is no officer in post to whom you could give a case.", icon=":material/info:")
        return
    labels = {
        ref: _label(ref, level, names) for ref, level in zip(cases["offender_ref"], cases["risk_level"], strict=True)
    }
    st.session_state[_CASES], st.session_state[_TO] = _asked(labels, officers)
    with st.grid(2, min_column_width=300):
        chosen = st.multiselect(
            "Cases to move",
            list(labels),
            key=_CASES,
            format_func=lambda ref: labels[ref],
            placeholder="Choose cases",
            max_selections=MOST_CASES,
            on_change=_follow,
            args=(holder,),
        )
        to_ref = st.selectbox(
            "To be held by",
            list(officers),
            key=_TO,
            index=None,
            format_func=lambda ref: officers[ref],
            placeholder="Choose an officer",
            on_change=_follow,
            args=(holder,),
        )
    if not chosen or to_ref not in officers:
        st.caption("Choose cases and an officer to see both before and after. Nothing is saved by looking.")
        return
    _draw(question, dict.fromkeys(chosen, to_ref), officers, teams)
    shown = cases[cases["offender_ref"].isin(chosen)]
    pairs = zip(shown["offender_ref"], shown["officer_ref"], strict=True)
    _form([Move(ref, holder, to_ref) for ref, holder in pairs], officers[to_ref])


def _asked(cases: Mapping[str, str], officers: Mapping[str, str]) -> tuple[list[str], str | None]:
    """The cases and the officer that the address asks for; what it asks in vain is said."""
    asked = list(dict.fromkeys(ref for ref in st.query_params.get("move", "").split(";") if ref))
    unknown = [ref for ref in asked if ref not in cases]
    known = [ref for ref in asked if ref in cases]
    ignored = [f"case {ref[:40]!r}" for ref in unknown[:_SAID_AT_MOST]]
    if len(unknown) > _SAID_AT_MOST:
        ignored.append(f"{plural(len(unknown) - _SAID_AT_MOST, 'more case')}")
    if len(known) > MOST_CASES:
        ignored.append(f"{plural(len(known) - MOST_CASES, 'case')} beyond the {MOST_CASES} of one what-if")
    to_ref = st.query_params.get("move_to")
    if to_ref is not None and to_ref not in officers:
        ignored.append(f"officer {to_ref[:40]!r} to hold them")
    filters.say_ignored(ignored)
    return known[:MOST_CASES], to_ref if to_ref in officers else None


def _follow(holder: str) -> None:
    chosen = ";".join(st.session_state[_CASES]) or None
    filters.choose(move_from=holder, move=chosen, move_to=st.session_state[_TO])


def _label(ref: str, level: str, names: Mapping[str, str]) -> str:
    return " · ".join(text for text in (ref, RISK[RiskLevel(level)], names.get(ref, "")) if text)


def _draw(question: Question, moves: Mapping[str, str], officers: Mapping[str, str], teams: Mapping[str, str]) -> None:
    result, policy = what_if(question, moves), question.policy
    rows = [
        *(
            _told(row, officers.get(row["officer_ref"], row["officer_ref"]) or NOBODY)
            for row in _records(result.officers)
        ),
        *(_told(row, teams.get(row["team_ref"], row["team_ref"])) for row in _records(result.teams)),
    ]
    listing.show(
        pd.DataFrame(rows),
        [
            Field("who", "Officer or team", beneath="when"),
            Field("cases", "Cases", "figure", beneath="active"),
            Field("share", "High-risk share", "figure", beneath="counted"),
            Field("ceiling", f"Against {float(policy.high_risk_share):.0%}", beneath="officers_over_share"),
            Field("per_fte", "Cases per FTE", "figure", beneath="divided"),
            Field("cap", f"Against {policy.cases_per_fte}", beneath="officers_over_cap"),
        ],
        caption=f"What if {plural(len(moves), 'case')} moved: nothing is saved by looking",
    )


def _records(rows: pd.DataFrame) -> list[dict[Any, Any]]:
    return rows.to_dict(orient="records")


def _told(row: Mapping[Any, Any], who: str) -> dict[str, Any]:
    held = not pd.isna(row["fte"])
    return {
        "who": who,
        "when": str(row["when"]).capitalize(),
        "cases": f"{row['cases']:,}",
        "active": f"{row['active_cases']:,} active",
        "share": share(None if pd.isna(row["share"]) else row["share"]),
        "counted": f"{row['high_risk']:,} of {row['cases']:,}",
        "ceiling": against_ceiling(row),
        "divided": f"{row['cases']:,} / {row['fte']:g}" if held else "",
        "per_fte": per_fte_text(row["cases_per_fte"], who if held else ""),
        "cap": against_cap(row),
        "officers_over_share": _over(row.get("over_share")),
        "officers_over_cap": _over(row.get("over_cap")),
    }


def _over(officers: int | None) -> str:
    return "" if officers is None else f"{plural(officers, 'officer')} over"


def _form(moves: Sequence[Move], to_name: str) -> None:
    view = current_view()
    if not may_reallocate(view.viewer):
        st.caption("A supervisor, an inspector or a chief inspector can record this reallocation.")
        return
    if view.known_at is not None:
        st.caption('To record this reallocation, clear "As known on": a decision is made on all that is known now.')
        return
    with st.form("reallocation", border=True):
        st.markdown(f"**Record it:** {plural(len(moves), 'case')} to be held by {to_name}")
        st.date_input(
            "From",
            value=today(),
            max_value=today(),
            key=_DAY,
            format="DD/MM/YYYY",
            help="The first day they hold them.",
        )
        st.text_area("Why", key=_REASON, max_chars=500, help="Kept with the record, with your name and the time.")
        st.form_submit_button("Record the reallocation", type="primary", on_click=_record, args=(tuple(moves), to_name))


def _record(moves: tuple[Move, ...], to_name: str) -> None:
    def change() -> str:
        asked = Reallocation(moves, st.session_state[_DAY], st.session_state[_REASON])
        recorded = reallocate(desk(), current_view().viewer, asked, now=datetime.now(LONDON))
        return f"Recorded: {plural(recorded, 'case')} held by {to_name} from {asked.from_on:%d %B %Y}."

    if telling.attempt(change):
        filters.choose(**NO_MOVES)
        st.session_state[_REASON] = ""
