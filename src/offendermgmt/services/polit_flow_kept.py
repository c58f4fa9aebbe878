"""Which numbers of POLIT's flow are kept from who may see no small ones, period by period.

What stands at a day's end is settled by that day alone, as POLIT's page of the day settles it; a period by its own
numbers and these. So ranges side by side tell nothing that each does not.
"""

from collections.abc import Hashable, Iterator, Mapping
from typing import Final

import numpy as np

from offendermgmt.domain.vocabulary import CaseClock
from offendermgmt.services.kept_counts import kept_counts
from offendermgmt.services.polit_flow_events import CLOCK_STATES, IN, OUT
from offendermgmt.services.polit_stock import cases_at_ends, children_at_ends
from offendermgmt.services.question import Question

# A number by name; one that stands in two tables has one name.
Counts = dict[Hashable, int]
Sum = Mapping[Hashable, int]
Flags = dict[Hashable, bool]

CLOCKS: Final = tuple(str(measure) for measure in CLOCK_STATES)
# Every referral starts these.
_OF_EVERY_CASE: Final = frozenset(
    map(str, (CaseClock.ASSESSED, CaseClock.ALLOCATED, CaseClock.LIVE_STAGE, CaseClock.ENFORCED))
)
# Children awaiting safeguarding at a period's ends.
_BEFORE, _AFTER = "awaiting before", "awaiting after"


def name_of(table: str, group: str, column: str) -> Hashable:
    """The name of a number of a group."""
    return "referrals" if column == CLOCKS[0] and group in _OF_EVERY_CASE else (table, group, column)


def stocks(question: Question) -> list[Counts]:
    """What stands at the end of the day before the range, and of each period.

    Open cases, and of them backlog and live; their children awaiting safeguarding and safe.
    """
    ends = np.append(question.range.first[:1] - 1, question.range.last).astype(np.int32)
    rows = cases_at_ends(question, ends).join(children_at_ends(question, ends)[["awaiting", "safe"]])
    rows["live"] = rows["open"] - rows["backlog"]
    return [{str(name): int(count) for name, count in row.items()} for row in rows.to_dict(orient="records")]


def kept_of_stock(stock: Counts, smallest: int) -> Flags:
    """Which of these POLIT's page of the day keeps: a part of two is kept too where the other one is small."""

    def is_kept(*names: str) -> bool:
        return stock[names[0]] > 0 and any(0 < stock[name] < smallest for name in names)

    return {
        "backlog": is_kept("backlog", "live"),
        "live": is_kept("live", "backlog"),
        "awaiting": is_kept("awaiting", "safe"),
    }


def kept_of_period(
    counts: Counts, before: Counts, after: Counts, smallest: int, *, is_whole: bool, with_clocks: bool
) -> set[Hashable]:
    """The names of the counts that are kept of one period, given what stands at its ends.

    `is_whole`: of the whole force, whose cases come and go by no transfer. Without clocks these are kept all.
    """
    numbers: Counts = {**counts, "otherwise": counts["closed"] - counts["closed_from_backlog"]}
    kept_before, kept_after = (kept_of_stock(stock, smallest) for stock in (before, after))
    # The page of demand shows the referrals of each month.
    decided: Flags = {
        "opening": kept_before["backlog"],
        "closing": kept_after["backlog"],
        "referrals": 0 < counts["referrals"] < smallest,
    }
    if not with_clocks:
        decided |= dict.fromkeys((name for name in counts if isinstance(name, tuple) and name[0] == "clocks"), True)
    for name, stock, kept in ((_BEFORE, before, kept_before), (_AFTER, after, kept_after)):
        numbers[name], decided[name] = stock["awaiting"], kept["awaiting"]
    sums = [*_sums(numbers), *(_likely(numbers) if is_whole else ())]
    return kept_counts(numbers, sums, smallest, decided=decided, cost=lambda name: (name != "otherwise", numbers[name]))


def _sums(counts: Counts) -> Iterator[Sum]:
    """How the counts of a period add up."""
    signs: dict[Hashable, int] = {"opening": 1, **dict.fromkeys(map(str, IN), 1), **dict.fromkeys(map(str, OUT), -1)}
    yield {**{name: sign for name, sign in signs.items() if name in counts}, "closing": -1}
    yield {"referrals": 1, "received": -1, "same_day": -1}
    yield {"acted": 1, "in_time": -1, "late": -1}
    # Of a team, one may close what another held.
    if counts["otherwise"] >= 0:
        yield {"closed": 1, "closed_from_backlog": -1, "otherwise": -1}
    for clock in CaseClock:
        started, *states = (name_of("clocks", str(clock), column) for column in CLOCKS)
        yield {started: 1, **dict.fromkeys(states, -1)}


def _likely(counts: Counts) -> Iterator[Sum]:
    """Sums that need not hold, and that a reader would try; those that do.

    A case that leaves the backlog for a live stage mostly reaches one for the first time; and where no case is closed,
    children stop waiting only because they are safeguarded.
    """
    waiting: Sum = {_BEFORE: 1, "identified": 1, "safeguarded": -1, _AFTER: -1}
    tried: list[Sum] = [{"progressed": 1, "acted": -1}, *([] if counts["closed"] else [waiting])]
    for one in tried:
        if not sum(sign * counts[name] for name, sign in one.items()):
            yield one
