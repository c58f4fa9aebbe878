from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from offendermgmt.commands import demo
from offendermgmt.services.measure_series import MONTHS_READ
from offendermgmt.store import Store

NOW = datetime(2025, 6, 30, 9, 0, tzinfo=UTC)
YESTERDAY = NOW - timedelta(days=1)


class Filled:
    """Counts how often the store was filled."""

    def __init__(self) -> None:
        self.at: list[datetime] = []

    def __call__(self, store: Store, now: datetime) -> None:
        assert store.revision(demo.FORCE_REF) == 0
        self.at.append(now)


def test_the_demonstration_is_made_up_to_today(tmp_path: Path) -> None:
    filled = Filled()

    store = demo.demo_store(tmp_path / "var", NOW, filled)

    assert (store.is_file(), filled.at) == (True, [NOW])


def test_a_demonstration_made_today_is_kept(tmp_path: Path) -> None:
    filled = Filled()
    demo.demo_store(tmp_path, NOW, filled)

    demo.demo_store(tmp_path, NOW, filled)

    assert filled.at == [NOW]


def test_yesterdays_demonstration_is_made_anew(tmp_path: Path) -> None:
    filled = Filled()
    demo.demo_store(tmp_path, YESTERDAY, filled)

    demo.demo_store(tmp_path, NOW, filled)

    assert filled.at == [YESTERDAY, NOW]


def test_a_demonstration_of_other_code_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled = Filled()
    demo.demo_store(tmp_path, NOW, filled)

    monkeypatch.setattr(demo, "code_fingerprint", lambda: "other")
    demo.demo_store(tmp_path, NOW, filled)

    assert filled.at == [NOW, NOW]


def test_a_demonstration_half_made_is_made_anew(tmp_path: Path) -> None:
    def interrupted(store: Store, now: datetime) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.demo_store(tmp_path, NOW, interrupted)
    filled = Filled()
    demo.demo_store(tmp_path, NOW, filled)

    assert filled.at == [NOW]


def test_other_stores_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    own = tmp_path / "offendermgmt.db"
    own.write_bytes(b"a force's own records")

    demo.demo_store(tmp_path, NOW, Filled())

    assert own.read_bytes() == b"a force's own records"


def test_the_force_was_at_work_before_the_first_month_that_the_boards_read() -> None:
    assert demo.YEARS * 12 > MONTHS_READ
