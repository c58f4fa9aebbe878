"""The demonstration's daily work is told through the services, as of the days it is told of."""

from datetime import date, datetime, time
from operator import attrgetter
from pathlib import Path

from offendermgmt.commands.demo import FORCE_REF, address, fill_with_fenshire
from offendermgmt.commands.demo_boards import tell_boards
from offendermgmt.commands.demo_story import tell_daily_work
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import DecisionState, ReviewState, Unit
from offendermgmt.services.access import SYSTEM, Role, Viewer
from offendermgmt.services.board_actions import board_actions
from offendermgmt.services.decisions import decisions
from offendermgmt.services.desk import Desk
from offendermgmt.services.flags import flags
from offendermgmt.services.interventions import interventions
from offendermgmt.services.month_closing import closed_months
from offendermgmt.services.overdue import overdue_board
from offendermgmt.services.planned_visits import plans_on
from offendermgmt.services.review_record import review_record
from offendermgmt.services.reviews import reviews
from offendermgmt.store import Store

TUESDAY = date(2025, 7, 1)
DI = Viewer("DI Oak", Role.DI)


def test_the_last_weeks_work_stands_at_the_days_it_was_done(tmp_path: Path) -> None:
    now = datetime.combine(TUESDAY, time(7), tzinfo=LONDON)
    with Store(address(tmp_path / "demo.db")) as store:
        store.initialise(FORCE_REF)
        fill_with_fenshire(store, now, seed=7, years=1, offenders=60)
        tell_daily_work(store, FORCE_REF, now)
        desk = Desk(store, FORCE_REF)
        taken, signed = decisions(desk), reviews(desk)
        planned = plans_on(desk, desk.question(SYSTEM, TUESDAY, today=TUESDAY), TUESDAY)
        last = max((each for each in signed if each.unit is Unit.MOSOVO), key=attrgetter("review_on"))
        record = review_record(desk, desk.question(DI, TUESDAY, today=TUESDAY), last.unit, last.review_on)
        then = desk.question(SYSTEM, last.review_on, today=TUESDAY, known_at=last.known_at)

    assert record is not None
    assert record.kept is not None
    of_backlog = {each.code: each.value for each in record.kept.figures if each.part == "backlog"}
    assert of_backlog["size"] == overdue_board(then).size.value
    assert {each.state for each in taken} == {DecisionState.OPEN, DecisionState.DONE}
    assert max(each.decided_at for each in taken) < now
    assert all(each.decided_at.astimezone(LONDON).date() == each.decided_on for each in taken)
    assert len(flags(desk)) > 0
    assert {each.state for each in signed} == {ReviewState.SIGNED, ReviewState.COUNTERSIGNED}
    assert planned["planned_on"].min().date() == TUESDAY


def test_the_boards_have_closed_months_and_acted(tmp_path: Path) -> None:
    now = datetime.combine(TUESDAY, time(7), tzinfo=LONDON)
    with Store(address(tmp_path / "demo.db")) as store:
        store.initialise(FORCE_REF)
        fill_with_fenshire(store, now, seed=7, years=1, offenders=60)
        tell_boards(store, FORCE_REF, now)
        desk = Desk(store, FORCE_REF)
        closed, taken, registered = closed_months(desk), board_actions(desk), interventions(desk)

    assert [each.month_on for each in closed] == [date(2025, 5, 1), date(2025, 4, 1)]
    assert {each.state for each in taken} == {DecisionState.OPEN, DecisionState.DONE}
    assert len(registered) > 0
    assert max(each.recorded_at for each in registered) < now
