"""The register of interventions: kept by those who may, in versions, with nothing lost, on both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from offendermgmt.domain.evaluation import Expected
from offendermgmt.domain.vocabulary import Improvement
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.changes import AlreadyRecorded, ChangeRefused
from offendermgmt.services.desk import Desk
from offendermgmt.services.interventions import (
    Intervention,
    InterventionText,
    correct,
    interventions,
    may_keep,
    rebase,
    rebases_of,
    register,
    withdraw,
)
from offendermgmt.services.signal_series import Rebase
from offendermgmt.store import Store
from offendermgmt.store.interventions import InterventionChanged
from offendermgmt.store.tables.ledger import AuditRecord
from tests.databases import FORCE, READS_A_STORE

SLT, DCI = Viewer("Supt Oak", Role.SLT), Viewer("DCI Elm", Role.DCI)
MEASURES = {"overdue", "double-crewed"}
FALL = Expected(Improvement.DECREASE, 10.0)
PAIRS = InterventionText("Evening pairs", "Two more pairs in the evening.", date(2025, 3, 3), {"overdue": FALL})


@pytest.fixture
def desk(store: Store) -> Desk:
    return Desk(store, FORCE)


def only(desk: Desk) -> Intervention:
    (standing,) = interventions(desk)
    return standing


def audits(desk: Desk) -> list[str]:
    table = AuditRecord.__table__
    with desk.store.read() as connection:
        query = select(table.c.action).where(table.c.subject_kind == "intervention").order_by(table.c.revision)
        return list(connection.execute(query).scalars())


def test_an_intervention_stands_as_registered(desk: Desk) -> None:
    ref = register(desk, SLT, PAIRS, MEASURES)
    assert (only(desk).intervention_ref, only(desk).text, only(desk).author) == (ref, PAIRS, "Supt Oak")
    assert audits(desk) == ["registered intervention"]


def test_the_same_one_twice_is_one(desk: Desk) -> None:
    register(desk, SLT, PAIRS, MEASURES)
    with pytest.raises(AlreadyRecorded):
        register(desk, DCI, replace(PAIRS, why="Otherwise said."), MEASURES)
    assert audits(desk) == ["registered intervention"]


@READS_A_STORE
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (replace(PAIRS, title=" "), "give the intervention a title"),
        (replace(PAIRS, why=""), "say why it was done"),
        (replace(PAIRS, title="x" * 81), "keep the title to 80"),
        (replace(PAIRS, to_on=PAIRS.from_on), "it ends after it begins"),
        (replace(PAIRS, expected={}), "choose the measure"),
        (replace(PAIRS, expected={"other": FALL}), "there is no measure 'other'"),
        (replace(PAIRS, expected={"overdue": Expected(Improvement.NEUTRAL)}), "rise or fall"),
        (replace(PAIRS, expected={"overdue": replace(FALL, amount=0.0)}), "a number above 0"),
        (replace(PAIRS, expected={"overdue": replace(FALL, amount=float("nan"))}), "a number above 0"),
    ],
)
def test_what_cannot_be_registered_is_refused_in_words(desk: Desk, text: InterventionText, said: str) -> None:
    with pytest.raises(ChangeRefused, match=said):
        register(desk, SLT, text, MEASURES)
    assert interventions(desk) == ()


@READS_A_STORE
@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.DCI, Role.SLT, Role.ANALYST}])
def test_others_do_not_keep_the_register(desk: Desk, role: Role) -> None:
    assert not may_keep(Viewer("x", role))
    with pytest.raises(NotPermitted, match="is kept by PVP senior leadership"):
        register(desk, Viewer("x", role), PAIRS, MEASURES)


def test_a_correction_leaves_the_rebase_and_what_stood_before_on_record(desk: Desk) -> None:
    register(desk, SLT, PAIRS, MEASURES)
    rebase(desk, SLT, only(desk), date(2025, 4, 1), "The visits are made by another team now.")
    before = only(desk)
    correct(desk, DCI, before, replace(PAIRS, title="Pairs"), MEASURES, "Shorter")
    assert (only(desk).text.title, only(desk).text.rebase_on, only(desk).version) == ("Pairs", date(2025, 4, 1), 3)
    assert interventions(desk, before.recorded_at) == (before,)
    assert audits(desk) == ["registered intervention", "rebased measures", "corrected intervention"]


def test_the_second_of_two_who_correct_is_told(desk: Desk) -> None:
    register(desk, SLT, PAIRS, MEASURES)
    seen = only(desk)
    correct(desk, DCI, seen, replace(PAIRS, title="Pairs"), MEASURES, "Shorter")
    with pytest.raises(InterventionChanged, match="Nothing of yours was saved"):
        correct(desk, SLT, seen, replace(PAIRS, title="Twos"), MEASURES, "Clearer")
    with pytest.raises(AlreadyRecorded):
        correct(desk, DCI, seen, replace(PAIRS, title="Pairs"), MEASURES, "Shorter")


def test_a_rebase_has_a_reason_and_does_not_come_before_the_intervention(desk: Desk) -> None:
    register(desk, SLT, PAIRS, MEASURES)
    with pytest.raises(ChangeRefused, match="say why limits start anew"):
        rebase(desk, SLT, only(desk), date(2025, 4, 1), " ")
    with pytest.raises(ChangeRefused, match="not before"):
        rebase(desk, SLT, only(desk), date(2025, 3, 2), "Why")
    assert rebases_of(interventions(desk), "overdue") == ()


def test_a_rebase_is_of_the_measures_of_its_intervention_until_it_is_taken_back(desk: Desk) -> None:
    register(desk, SLT, PAIRS, MEASURES)
    rebase(desk, SLT, only(desk), date(2025, 4, 1), "Another team")
    assert rebases_of(interventions(desk), "overdue") == (Rebase(date(2025, 4, 1), "Another team"),)
    assert rebases_of(interventions(desk), "double-crewed") == ()
    rebase(desk, SLT, only(desk), None, "It was the same team after all")
    assert rebases_of(interventions(desk), "overdue") == ()


def test_a_withdrawn_intervention_is_gone_with_its_rebase(desk: Desk) -> None:
    register(desk, SLT, PAIRS, MEASURES)
    rebase(desk, SLT, only(desk), date(2025, 4, 1), "Another team")
    seen = only(desk)
    withdraw(desk, SLT, seen, "Never done")
    assert interventions(desk) == ()
    with pytest.raises(AlreadyRecorded):
        withdraw(desk, SLT, seen, "Never done")
