"""Who holds the open POLIT cases, and that the counts are the polit report's."""

import pandas as pd

from offendermgmt.services import reports
from offendermgmt.services.access import Role, Viewer
from offendermgmt.services.caseload import Presence
from offendermgmt.services.investigators import LEVELS, OPEN_STAGES, holders
from tests.unit.services.force import ask
from tests.unit.services.polit_force import POLIT, away, case

DAY = "2025-03-01"
FEBRUARY = "2025-02-01"
LIVE = {FEBRUARY: "under_investigation"}
CLOSED = {FEBRUARY: "closed"}
LEAVER = {
    "officers": [{"officer_ref": "L1", "is_supervisor": "false", "team_ref": "P", "fte": "1", "to_on": "2025-02-15"}]
}


def test_counts_by_stage_and_risk_are_the_reports() -> None:
    question = ask(
        [
            POLIT,
            case("C1", FEBRUARY, "high", "I1"),
            case("C2", FEBRUARY, "low", "I1", LIVE),
            case("C3", FEBRUARY, None, None),
            case("C4", FEBRUARY, "high", "I1", CLOSED),
        ],
        DAY,
    )
    report, rows = reports.polit(question), holders(question)
    assert rows["open_cases"].to_dict() == {"": 1, "I1": 2, "I2": 0}
    assert rows["backlog_cases"].to_dict() == {"": 1, "I1": 1, "I2": 0}
    for column, codes in (("stage", OPEN_STAGES), ("risk_level", LEVELS)):
        assert rows[list(codes)].sum().to_dict() == report[column].value_counts().reindex(codes, fill_value=0).to_dict()


def test_cases_are_divided_by_the_fte_available() -> None:
    parts = [POLIT, case("C1", FEBRUARY, "low", "I2"), case("C2", FEBRUARY, "low", "I2"), away("I1", FEBRUARY)]
    rows = holders(ask(parts, DAY))
    assert rows.loc["I2", "cases_per_fte"] == 4.0
    assert rows["fte"].to_dict() == {"I1": 0.0, "I2": 0.5}
    assert rows["cases_per_fte"].isna().to_dict() == {"I1": True, "I2": False}


def test_who_has_no_time_or_has_left_is_away() -> None:
    parts = [POLIT, LEAVER, case("C1", FEBRUARY, "low", "I1"), case("C2", FEBRUARY, "low", "L1"), away("I1", FEBRUARY)]
    rows = holders(ask(parts, DAY))
    assert rows["is_away"].to_dict() == {"I1": True, "I2": False, "L1": True}
    assert (rows.loc["L1", "presence"], rows.loc["L1", "fte"]) == (Presence.LEFT, 0.0)
    assert rows.loc["L1", "left_on"] == pd.Timestamp("2025-02-15")


def test_a_leaver_who_holds_nothing_is_not_listed() -> None:
    assert list(holders(ask([POLIT, LEAVER], DAY)).index) == ["I1", "I2"]


def test_a_supervisor_has_a_row_only_with_a_case() -> None:
    boss = {"officers": [{"officer_ref": "B1", "is_supervisor": "true", "team_ref": "P", "fte": "1"}]}
    assert list(holders(ask([POLIT, boss], DAY)).index) == ["I1", "I2"]
    assert list(holders(ask([POLIT, boss, case("C1", FEBRUARY, "low", "B1")], DAY)).index) == ["B1", "I1", "I2"]


def test_nobody_at_all_is_no_row() -> None:
    assert holders(ask([], DAY)).empty


def test_an_investigator_is_shown_their_own() -> None:
    parts = [POLIT, case("C1", FEBRUARY, "low", "I1"), case("C2", FEBRUARY, "low", "I2"), case("C3", FEBRUARY)]
    rows = holders(ask(parts, DAY, Viewer("i", Role.INVESTIGATOR, officer_ref="I2")))
    assert rows["open_cases"].to_dict() == {"I2": 1}
