"""How a due date moves (V3, V4, P2)."""

from random import Random

import numpy as np
import pytest

from offendermgmt.domain.days import Days
from offendermgmt.domain.moving import moved_due


def numbers(*values: int) -> Days:
    return np.array(values, dtype=np.int32)


@pytest.mark.parametrize(
    ("due", "base", "stopped", "day", "expected"),
    [
        pytest.param(100, 120, 50, 50, 120, id="a longer interval moves it on"),
        pytest.param(100, 80, 50, 50, 80, id="a shorter one brings it forward"),
        pytest.param(100, 40, 50, 50, 50, id="but not before the day of the change"),
        pytest.param(30, 20, 50, 50, 30, id="one already due stays due"),
        pytest.param(30, 45, 50, 50, 45, id="unless the longer interval covers some of it"),
        pytest.param(50, 20, 50, 50, 50, id="due on the day of the change is not due before it"),
        pytest.param(60, 60, 50, 70, 70, id="fallen due during a pause, it is due on the return"),
        pytest.param(50, 50, 50, 70, 70, id="due on the first day of the pause, it is due on the return"),
        pytest.param(49, 49, 50, 70, 49, id="due before the pause, it stays due"),
    ],
)
def test_a_change_moves_the_due_date(due: int, base: int, stopped: int, day: int, expected: int) -> None:
    after, moved = moved_due(numbers(due), numbers(0), numbers(base), numbers(stopped), numbers(day))
    assert after.tolist() == [expected]
    assert moved.tolist() == [expected != due]


def test_changes_of_many_obligations_are_those_of_each_in_turn() -> None:
    random = Random(1)  # noqa: S311
    opening = numbers(*(random.randrange(100) for _ in range(50)))
    of = np.sort(numbers(*(random.randrange(50) for _ in range(200))))
    base = numbers(*(random.randrange(200) for _ in of))
    day = np.sort(numbers(*(random.randrange(200) for _ in of)))
    after, _ = moved_due(opening, of, base, day, day)
    due = dict(enumerate(opening.tolist()))
    for row, obligation in enumerate(of.tolist()):
        change = int(day[row])
        due[obligation] = max(int(base[row]), due[obligation] if due[obligation] < change else change)
        assert after[row] == due[obligation]


def test_no_changes_move_nothing() -> None:
    after, moved = moved_due(numbers(5), numbers(), numbers(), numbers(), numbers())
    assert (len(after), len(moved)) == (0, 0)
