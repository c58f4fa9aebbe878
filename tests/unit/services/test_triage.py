"""Triage as a service gives it: whose it is, the words, what a board may have, and what was known."""

import re
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from offendermgmt.domain.triage import Part
from offendermgmt.domain.vocabulary import FlagKind
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.flags import Flag, flags_of
from offendermgmt.services.policies import shipped_policy
from offendermgmt.services.triage import Look, triage, triage_board
from offendermgmt.services.triage_words import due_in_words, notes_in_words, parts_in_words, rule_in_words, why
from tests.tables import Rows
from tests.unit.services.force import ask, fact, offender, visit

ON = "2025-06-30"
BOARD = Viewer("Board", Role.BOARD)
OFFICER = Viewer("DC Ash", Role.OFFICER, officer_ref="O1")
# V1 is the worst, V2 overdue after two attempts, V3 missing and not overdue, V4 needs nothing.
FORCE: list[dict[str, Rows]] = [
    offender("V1", "2025-06-01", "very_high", "O1"),
    offender("V2", "2025-05-01", "low", "O2"),
    visit("V2", "2025-06-20", "no_reply"),
    visit("V2", "2025-06-25", "refused"),
    offender("V3", "2025-01-01", "low", "O2"),
    visit("V3", "2025-01-10"),
    fact("offender_statuses", "V3", "2025-06-18", status="missing"),
    offender("V4", "2025-01-01", "low"),
    visit("V4", "2025-01-10"),
    {"risk_assessments": [{"offender_ref": "V3", "assessed_on": "2025-06-01", "tool": "ARMS", "risk_level": "low"}]},
]


def flag(ref: str, kind: FlagKind = FlagKind.BREACH, last_on: date | None = None) -> Flag:
    at = datetime(2025, 6, 20, tzinfo=UTC)
    return Flag(f"{ref}-{kind}", 1, ref, kind, "A second phone", date(2025, 6, 20), last_on, "DI Ash", at, None)


def test_the_words_say_every_part_and_add_up_to_the_points() -> None:
    cases = triage(ask(FORCE, ON), [flag("V3"), flag("V3", FlagKind.CONCERN)])
    told = why(cases)
    assert cases["offender_ref"].to_list() == ["V1", "V3", "V2"]
    assert [sum(int(points) for points in re.findall(r"\((\d+)\)", text)) for text in told] == cases["total"].to_list()
    assert told.to_list() == [
        "Very high risk (400); 14 days overdue, interval 1 month (13); never seen (20)",
        "Low risk (100); missing for 12 days (25); flagged: concern, breach (35)",
        "Low risk (100); 45 days overdue, interval 12 months (3); never seen (20); 2 failed attempts in a row (12)",
    ]


def test_what_adds_nothing_is_told_in_the_file_all_the_same() -> None:
    cases = triage(ask(FORCE, ON), [])
    words = parts_in_words(cases).set_index(cases["offender_ref"]).loc["V3"]
    assert words.to_dict() == {
        "risk": "Low risk",
        "overdue": "not overdue",
        "never_seen": "last seen 10 Jan 2025",
        "failed": "no failed attempts in a row",
        "missing": "missing for 12 days",
        "raised": "risk not raised lately",
        "arms": "ARMS not past its day",
        "flags": "no flag",
    }
    assert list(words.index) == [str(part) for part in Part]


def test_words_for_risk_raised_arms_overdue_and_no_visit_due() -> None:
    facts = [
        offender("V1", "2023-01-01", "low"),
        visit("V1", "2024-01-10"),
        fact("risk_assessments", "V1", "2025-06-20", tool="OSP", risk_level="high"),
        offender("V2", "2025-01-01", "low"),
        fact("offender_statuses", "V2", "2025-02-01", status="custody"),
    ]
    cases = triage(ask(facts, ON), [flag("V2")])
    assert why(cases).to_list() == [
        "High risk (300); 171 days overdue, interval 3 months (56); risk raised from low (15); "
        "ARMS was due on 1 Jan 2024 (10)",
        "Low risk (100); flagged: breach (25)",
    ]
    assert due_in_words(cases).to_list() == ["171 days overdue", "no visit due: in custody"]


def test_a_filter_leaves_places_as_they_are() -> None:
    cases = triage(ask(FORCE, ON, officer_ref="O2"), [])
    assert cases[["offender_ref", "place"]].to_numpy().tolist() == [["V2", 2], ["V3", 3]]


def test_an_officers_triage_is_of_their_own_cases() -> None:
    assert triage(ask(FORCE, ON, OFFICER), [flag("V4")])["offender_ref"].to_list() == ["V1"]


def test_a_list_is_as_long_as_its_figure_and_of_the_managed() -> None:
    flagged = [flag("V4")]
    board = triage_board(ask(FORCE, ON), flagged)
    assert (board.size.numerator, board.size.denominator) == (4, 4)
    for look, figure in board.looks.items():
        cases = triage_board(ask(FORCE, ON), flagged, look=look).cases
        assert cases is not None
        assert (len(cases), 4) == (figure.numerator, figure.denominator)
    low = triage_board(ask(FORCE, ON), flagged, risk="very_high")
    assert (low.size.numerator, low.size.denominator, low.size.setting.filters) == (1, 1, {"Risk": "very_high"})


def test_a_level_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="There is no risk level 'extreme'"):
        triage_board(ask(FORCE, ON), [], risk="extreme")


def test_a_flag_that_is_over_adds_nothing() -> None:
    assert triage_board(ask(FORCE, ON), [flag("V4", last_on=date(2025, 6, 29))]).looks[Look.FLAGGED].numerator == 0


def test_a_flag_on_somebody_not_known_then_is_left_out() -> None:
    assert "V9" not in triage(ask(FORCE, ON), [flag("V9")])["offender_ref"].to_list()


def test_who_sees_counts_only_gets_no_list() -> None:
    with pytest.raises(NotPermitted, match="sees counts, not people"):
        triage(ask(FORCE, ON, BOARD), [])
    assert triage_board(ask(FORCE, ON, BOARD), []).cases is None


@pytest.mark.parametrize(("others", "shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_a_board_cannot_work_out_how_few_are_not_overdue(others: int, shown: bool) -> None:
    overdue = [offender(f"V{number}", "2025-01-01", "low") for number in range(6)]
    flagged = [flag(f"W{number}") for number in range(others)]
    seen = [offender(each.offender_ref, "2025-01-01", "low") for each in flagged]
    visits = [visit(each.offender_ref, "2025-01-10") for each in flagged]
    board = triage_board(ask([*overdue, *seen, *visits], ON, BOARD), flagged)
    assert (board.size.suppressed, board.looks[Look.OVERDUE].suppressed) == (not shown, not shown)
    assert board.looks[Look.NOT_OVERDUE].suppressed == (0 < others < 5)


def test_an_empty_force_has_nobody_in_triage() -> None:
    board = triage_board(ask([], ON), [])
    assert board.cases is not None
    assert (board.size.value, board.size.numerator, len(board.cases)) == (None, 0, 0)
    assert why(board.cases).to_list() == []


def test_the_rule_is_told_with_the_policys_own_numbers() -> None:
    told = " ".join(rule_in_words(shipped_policy().triage, 2))
    assert "very high 400, high 300, medium 200, low 100, unassessed 300" in told
    assert "30 for each interval in force by which the visit is overdue, in proportion; 60 at most" in told
    assert "concern 10, intelligence 15, breach 25, contact with children 30), each kind once; 40 at most" in told
    assert "All parts but risk come to 188 at most" in told


def test_notes_are_told_by_offender() -> None:
    notes = notes_in_words([flag("V1"), flag("V2"), flag("V1", FlagKind.CONCERN, date(2025, 7, 4))])
    assert notes["V2"] == "Breach, by DI Ash: A second phone"
    assert notes["V1"].endswith("A second phone / Concern, by DI Ash, until 4 Jul 2025: A second phone")


def test_the_flags_of_a_record_are_those_begun_by_the_day_and_notes_only_for_who_sees_names() -> None:
    recorded = [flag("V1", last_on=date(2025, 6, 25)), flag("V1", FlagKind.CONCERN), flag("V2")]
    rows = flags_of(ask(FORCE, ON), recorded, "V1")
    assert rows[["kind", "in_force", "note"]].to_numpy().tolist() == [["concern", True, ""], ["breach", False, ""]]
    own = flags_of(ask(FORCE, ON, OFFICER), recorded, "V1")
    assert own["note"].to_list() == ["A second phone"] * 2
    assert pd.isna(own["last_on"].iloc[0])
    assert flags_of(ask(FORCE, "2025-06-19"), recorded, "V1").empty


def test_the_flags_of_somebody_elses_case_are_not_given() -> None:
    with pytest.raises(NotPermitted, match="V2 is not among your cases on 30 June 2025"):
        flags_of(ask(FORCE, ON, OFFICER), [flag("V2")], "V2")
