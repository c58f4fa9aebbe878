"""Who one can be in the demonstration, over the small synthetic force."""

import pytest

from offendermgmt.commands.demo import FORCE_REF
from offendermgmt.services.access import Role
from offendermgmt.services.demonstration import demo_viewers
from offendermgmt.services.desk import Desk
from offendermgmt.store import Store
from tests.app.small_store import kept_desk


def test_a_store_without_people_has_a_viewer_of_each_role(empty_store_address: str) -> None:
    with Store(empty_store_address) as store:
        viewers = demo_viewers(Desk(store, FORCE_REF).snapshot())

    assert [viewer.role for viewer in viewers] == list(Role)
    assert {viewer.officer_ref for viewer in viewers} == {None}


@pytest.mark.parametrize(("role", "rank"), [(Role.SUPERVISOR, "DS"), (Role.DI, "DI"), (Role.DCI, "DCI")])
def test_who_supervises_is_an_officer_of_that_rank(small_store_address: str, role: Role, rank: str) -> None:
    snapshot = kept_desk(small_store_address).snapshot()
    officers = snapshot.facts.tables["officers"].astype({"officer_ref": "str"}).set_index("officer_ref")
    (viewer,) = (viewer for viewer in demo_viewers(snapshot) if viewer.role is role)

    assert officers.loc[viewer.officer_ref, "rank"] == rank
    assert officers.loc[viewer.officer_ref, "is_supervisor"]
