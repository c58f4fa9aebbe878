"""What may be downloaded of the caseload page."""

from collections.abc import Callable, Mapping

import pandas as pd

from app.navigation import CASELOAD
from app.parts import downloads
from app.parts.caseloads import MOVED, NOBODY
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services import caseload_definitions as definitions
from offendermgmt.services.caseload import Presence
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import offender_names
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.wording import RISK, STATUS

_PRESENCE = {
    Presence.PRESENT: "In post",
    Presence.NO_TIME: "No time available",
    Presence.LEFT: "Left",
    Presence.NOBODY: NOBODY,
}
_PERSON = [ListColumn("offender_ref", "Offender"), ListColumn("name", "Name", personal=True)]


def offer_officers(
    rows: pd.DataFrame, question: Question, holders: Mapping[str, str], filters: Mapping[str, str]
) -> None:
    """Offer `CaseloadBoard.officers`."""
    told = rows.assign(holder=_held_by(rows["officer_ref"], holders), there=rows["presence"].map(_PRESENCE))
    downloads.offer(
        lambda: told,
        [
            ListColumn("officer_ref", "Officer reference"),
            ListColumn("holder", "Officer"),
            ListColumn("team_ref", "Team reference"),
            ListColumn("there", "In post"),
            ListColumn("left_on", "Left on", "day"),
            ListColumn("cases", "Cases", "number"),
            ListColumn("active_cases", "Active cases", "number"),
            ListColumn("high_risk", "High risk", "number", "High and very high risk cases"),
            ListColumn("share", "High-risk share", "share"),
            ListColumn("exceeds_threshold", "Over the ceiling", "flag"),
            ListColumn("to_move", "To move", "number", "Fewest high-risk cases that, moved away, would comply"),
            ListColumn("is_small", "Small caseload", "flag"),
            ListColumn("fte", "FTE available", "number"),
            ListColumn("cases_per_fte", "Cases per FTE", "number"),
            ListColumn("exceeds_cap", "Over the cases per FTE", "flag"),
            ListColumn("came", "Came", "number"),
            ListColumn("left", "Left", "number"),
        ],
        page=CASELOAD.url_path,
        title="Caseload by officer",
        count=len(rows),
        setting=setting_of(question),
        definitions=(definitions.CASELOADS, definitions.OVER_SHARE, definitions.OVER_CAP, definitions.MOVEMENT),
        filters=filters,
    )


def offer_cases(rows: pd.DataFrame, desk: Desk, question: Question, holders: Mapping[str, str]) -> None:
    """Offer `caseload.cases`, with names for who sees them."""
    told = rows.assign(
        risk=rows["risk_level"].map(RISK),
        state=rows["status"].map(STATUS),
        holder=_held_by(rows["officer_ref"], holders),
    )
    downloads.offer(
        _named(told, desk, question),
        [
            *_PERSON,
            ListColumn("risk", "Risk"),
            ListColumn("state", "State"),
            ListColumn("holder", "Held by"),
            ListColumn("held_since", "Held since", "day"),
            ListColumn("last_completed_on", "Last seen", "day"),
            ListColumn("due_on", "Next visit due", "day", "Empty: the visit clock is stopped"),
            ListColumn("days_overdue", "Days overdue", "number"),
        ],
        page=CASELOAD.url_path,
        title="Cases held",
        count=len(rows),
        setting=setting_of(question),
        definitions=(definitions.CASELOADS,),
        filters={"Held by": ", ".join(dict.fromkeys(told["holder"]))},
    )


def offer_movement(rows: pd.DataFrame, desk: Desk, question: Question, holders: Mapping[str, str]) -> None:
    """Offer `Movement.rows`, with names for who sees them."""
    kind = rows["kind"]
    told = rows.assign(
        what=kind.map(MOVED),
        left=_held_by(rows["from_ref"], holders).where(kind != "began", ""),
        came=_held_by(rows["to_ref"], holders).where(kind != "ended", ""),
    )
    downloads.offer(
        _named(told, desk, question),
        [
            *_PERSON,
            ListColumn("on", "On", "day"),
            ListColumn("what", "What happened"),
            ListColumn("left", "From"),
            ListColumn("came", "To"),
        ],
        page=CASELOAD.url_path,
        title="Cases that came and went",
        count=len(rows),
        setting=setting_of(question),
        definitions=(definitions.MOVEMENT,),
    )


def offer_availability(rows: pd.DataFrame, question: Question, holders: Mapping[str, str]) -> None:
    """Offer `availability.availability`, its `state` in words."""
    told = rows.assign(
        holder=[holders.get(ref, ref) for ref in rows["officer_ref"]],
        recorded_at=pd.to_datetime(rows["recorded_at"]).dt.tz_localize("UTC"),
    )
    downloads.offer(
        lambda: told,
        [
            ListColumn("officer_ref", "Officer reference"),
            ListColumn("holder", "Officer"),
            ListColumn("team_ref", "Team reference"),
            ListColumn("state", "State"),
            ListColumn("from_on", "From", "day"),
            ListColumn("to_on", "Back on", "day", "The first day it no longer holds. Empty: not known"),
            ListColumn("fte", "FTE available", "number"),
            ListColumn("contracted_fte", "FTE contracted", "number"),
            ListColumn("reason", "Why"),
            ListColumn("recorded_at", "Recorded", "moment"),
        ],
        page=CASELOAD.url_path,
        title="Availability of officers",
        count=len(rows),
        setting=setting_of(question),
        definitions=(definitions.OVER_CAP,),
    )


def _held_by(officer_ref: "pd.Series[str]", holders: Mapping[str, str]) -> "pd.Series[str]":
    return officer_ref.map(holders).fillna(NOBODY)


def _named(rows: pd.DataFrame, desk: Desk, question: Question) -> Callable[[], pd.DataFrame]:
    return lambda: rows.assign(name=rows["offender_ref"].map(offender_names(desk, question, rows["offender_ref"])))
