"""What closing a month wrote down of a board is read as it was, whatever tables its paper has since."""

from typing import Any

from offendermgmt.domain.vocabulary import Board
from offendermgmt.services.board_frozen import thawed
from offendermgmt.services.board_tables import BoardTable, TableColumn


def document(*tables: BoardTable) -> dict[str, Any]:
    freshness = {"revision": 4, "loads": [], "open_refused": 0}
    kept = {"tables": [table.document() for table in tables], "interventions": [], "definitions": {}}
    return {"boards": {str(Board.PVM): {**kept, "freshness": freshness, "smallest_count": 5}}}


def test_a_month_closed_before_its_paper_had_tables_of_prevention_is_read_without_them() -> None:
    ahead = BoardTable("capacity", "Referrals ahead", "A trial.", (TableColumn("In the next"),), (("3 months",),), ())
    told = thawed(document(ahead), Board.PVM)
    assert told is not None
    assert told.tables == (ahead,)


def test_a_share_a_number_and_one_not_shown_come_back_as_they_were() -> None:
    columns = (TableColumn("Under"), TableColumn("Managed", "number"), TableColumn("Share", "share"))
    rows = (("SHPO", 236, 0.25), ("SRO", "Not shown", None))
    table = BoardTable("prevention", "Preventive orders", "", columns, rows, ())
    told = thawed(document(table), Board.PVM)
    assert told is not None
    assert told.tables == (table,)
