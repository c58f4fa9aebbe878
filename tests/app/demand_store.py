"""Stores of POLIT's receipts, for tests of the page of demand ahead."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.store import Store
from tests.app.small_store import LOADED_AT, empty_store


def demand_store(folder: Path, received: Sequence[date], wait: int = 30) -> str:
    """The database address of a new store in `folder` with two investigators and a case received on each day.

    Each case is progressed so many days after its receipt, where that is before the store was loaded.
    """
    store_address = empty_store(folder)
    refs = [f"C{number}" for number in range(len(received))]
    moved = [(ref, day + timedelta(days=wait)) for ref, day in zip(refs, received, strict=True)]
    moved = [(ref, day) for ref, day in moved if day <= LOADED_AT.date()]
    with Store(store_address) as store, store.write(FORCE_REF, user="tester", source="extract") as work:
        work.insert("teams", {"team_ref": ["P1"], "name": ["Online"], "unit": ["POLIT"]})
        people = {"officer_ref": ["I1", "I2"], "name": ["Ivy", "Oak"], "rank": ["DC"] * 2, "is_supervisor": [False] * 2}
        work.insert("officers", {**people, "team_ref": ["P1"] * 2, "fte": [1.0, 0.8]})
        if refs:
            cases = {"case_ref": refs, "received_on": list(received), "source": ["NCA"] * len(refs)}
            work.insert("polit_cases", {**cases, "recorded_at": [LOADED_AT] * len(refs)})
        if moved:
            stages = {"case_ref": [ref for ref, _ in moved], "from_on": [day for _, day in moved]}
            live = {"stage": ["under_investigation"] * len(moved), "recorded_at": [LOADED_AT] * len(moved)}
            work.insert("polit_stages", {**stages, **live})
    return store_address
