from offendermgmt.services.access import Role
from offendermgmt.services.roles import what_each_role_sees


def test_each_role_has_its_row() -> None:
    assert len(what_each_role_sees(5)) == len(Role)


def test_a_board_sees_counts_and_an_inspector_names() -> None:
    people = {row["role"]: row["people"] for row in what_each_role_sees(10)}
    assert people["Force Performance Board"] == "Counts only, none under 10"
    assert people["Detective inspector"] == "Lists and records, with names"
