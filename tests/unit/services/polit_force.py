"""A tiny POLIT as text, for tests of services: its team, and a case with what is dated in it."""

from collections.abc import Mapping

from tests.tables import Rows

POLIT: dict[str, Rows] = {
    "teams": [{"team_ref": "P", "name": "POLIT", "unit": "POLIT"}],
    "officers": [
        {"officer_ref": "I1", "name": "Elm", "rank": "DC", "is_supervisor": "false", "team_ref": "P", "fte": "1"},
        {"officer_ref": "I2", "name": "Fir", "rank": "DC", "is_supervisor": "false", "team_ref": "P", "fte": "0.5"},
    ],
}


def case(
    ref: str,
    received: str,
    risk: str | None = None,
    officer: str | None = None,
    stages: Mapping[str, str] | None = None,
) -> dict[str, Rows]:
    """Rows of one case: received, on that day assessed and allocated where given, and `stages` by day."""
    rows: dict[str, Rows] = {"polit_cases": [{"case_ref": ref, "received_on": received}]}
    if risk:
        rows["polit_assessments"] = [{"case_ref": ref, "assessed_on": received, "tool": "KIRAT", "risk_level": risk}]
    if officer:
        rows["polit_allocations"] = [{"case_ref": ref, "from_on": received, "officer_ref": officer}]
    if stages:
        rows["polit_stages"] = [{"case_ref": ref, "from_on": day, "stage": stage} for day, stage in stages.items()]
    return rows


def child(case_ref: str, ref: str, identified: str, referred: str = "", safeguarded: str = "") -> dict[str, Rows]:
    """A row of a child of a case."""
    days = {"identified_on": identified, "referred_on": referred, "safeguarded_on": safeguarded}
    return {"polit_children": [{"case_ref": case_ref, "child_ref": ref, **days}]}


def away(officer: str, from_on: str, fte: str = "0") -> dict[str, Rows]:
    """A row of an officer's availability from a day on."""
    return {"officer_availability": [{"officer_ref": officer, "from_on": from_on, "fte": fte, "reason": "leave"}]}
