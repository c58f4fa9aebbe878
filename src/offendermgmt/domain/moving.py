"""How a due date moves when what it depends on changes (V3, V4, P2): one formula for visits and POLIT cases."""

import numpy as np

from offendermgmt.domain.days import Days
from offendermgmt.domain.segments import Codes, Flags


def moved_due(opening: Days, obligation: Codes, base: Days, stopped: Days, day: Days) -> tuple[Days, Flags]:
    """The due date after each change, due' = max(base, due if due < stopped else day), and whether it moved.

    `opening` holds each obligation's first due date. A row of the other arrays is a change: the obligation it is of
    (ascending), the date the new length would give, the first day stopped (`day` itself for a change of interval)
    and the day of the change (ascending within an obligation).
    """
    due = opening.copy()
    after = np.empty(len(obligation), dtype=np.int32)
    moved = np.empty(len(obligation), dtype=bool)
    first = np.searchsorted(obligation, obligation, side="left")
    turn = np.arange(len(obligation)) - first
    by_turn = np.argsort(turn, kind="stable")
    for rows in np.split(by_turn, np.cumsum(np.bincount(turn))[:-1]) if len(turn) else ():
        of = obligation[rows]
        current = due[of]
        after[rows] = due[of] = np.maximum(base[rows], np.where(current < stopped[rows], current, day[rows]))
        moved[rows] = after[rows] != current
    return after, moved
