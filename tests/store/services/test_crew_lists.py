"""Lists of crews over a store: the words that frames leave out."""

from datetime import UTC, date, datetime

import pytest

from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.crew_lists import Listed, visit_list, with_reasons
from offendermgmt.services.crewing import over_range
from offendermgmt.services.desk import Desk
from offendermgmt.services.question import Question
from offendermgmt.store import Store
from tests.databases import FORCE, READS_A_STORE
from tests.store.facts import FACTS, PEOPLE, write

DAY = date(2025, 6, 30)


@pytest.fixture
def desk(store: Store) -> Desk:
    write(store, PEOPLE, FACTS)
    return Desk(store, FORCE)


def ask(desk: Desk, viewer: Viewer = SYSTEM) -> Question:
    return over_range(desk.question(viewer, DAY, today=DAY), date(2025, 1, 1), DAY)


def test_a_lone_visit_is_listed_with_the_words_recorded_for_it(desk: Desk) -> None:
    question = ask(desk)
    rows = with_reasons(desk, question, visit_list(question, Listed.LONE))
    assert rows[["visit_ref", "reason", "lacking"]].to_numpy().tolist() == [["b", "no one free", "no risk assessment"]]


def test_a_corrected_visit_is_listed_with_the_words_of_its_correction(desk: Desk, store: Store) -> None:
    later = {name: values[1:] for name, values in FACTS["visits"].items()} | {"lone_reason": ["colleague ill"]}
    write(store, {"visits": later | {"recorded_at": [datetime(2099, 1, 1, tzinfo=UTC)]}})
    question = ask(desk)
    assert list(with_reasons(desk, question, visit_list(question, Listed.LONE))["reason"]) == ["colleague ill"]


def test_visits_made_by_two_have_no_reason(desk: Desk) -> None:
    question = ask(desk)
    assert with_reasons(desk, question, visit_list(question, Listed.DOUBLE_CREWED))["reason"].isna().all()


@READS_A_STORE
def test_reasons_are_kept_from_those_who_see_counts(desk: Desk) -> None:
    rows = visit_list(ask(desk), Listed.LONE)
    with pytest.raises(NotPermitted, match="sees counts, not people"):
        with_reasons(desk, ask(desk, Viewer("board", Role.BOARD)), rows)
