"""The demonstration's daily work is told through the services, as of the days it is told of."""

from datetime import date, datetime, time
from pathlib import Path

from offendermgmt.commands.demo import FORCE_REF, address, fill_with_fenshire
from offendermgmt.commands.demo_story import tell_daily_work
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import DecisionState
from offendermgmt.services.decisions import decisions
from offendermgmt.services.desk import Desk
from offendermgmt.services.flags import flags
from offendermgmt.services.planned_visits import plans
from offendermgmt.store import Store

TUESDAY = date(2025, 7, 1)


def test_the_last_weeks_work_stands_at_the_days_it_was_done(tmp_path: Path) -> None:
    now = datetime.combine(TUESDAY, time(7), tzinfo=LONDON)
    with Store(address(tmp_path / "demo.db")) as store:
        store.initialise(FORCE_REF)
        fill_with_fenshire(store, now, seed=7, years=1, offenders=60)
        tell_daily_work(store, FORCE_REF, now)
        desk = Desk(store, FORCE_REF)
        taken, planned = decisions(desk), plans(desk, TUESDAY)

    assert {each.state for each in taken} == {DecisionState.OPEN, DecisionState.DONE}
    assert max(each.decided_at for each in taken) < now
    assert all(each.decided_at.astimezone(LONDON).date() == each.decided_on for each in taken)
    assert len(flags(desk)) > 0
    assert planned["planned_on"].min().date() == TUESDAY
