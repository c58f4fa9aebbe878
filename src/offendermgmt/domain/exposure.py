"""Days on which officers viewed indecent images, only ever added up over all of them (Q9)."""

from dataclasses import dataclass

from offendermgmt.domain.days import day_numbers
from offendermgmt.domain.facts import Facts


@dataclass(frozen=True)
class Viewing:
    """Officer-days of viewing and how many officers viewed; `is_recorded` tells none from none known."""

    officer_days: int
    officers: int
    is_recorded: bool


def viewing(facts: Facts, first: int, last: int) -> Viewing:
    """Viewing by everybody on the days from `first` to `last`; recorded when any is dated on or before `last`."""
    rows = facts.tables["image_viewing"]
    days = day_numbers(rows["viewed_on"])
    within = rows[(days >= first) & (days <= last)]
    return Viewing(len(within), within["officer_ref"].nunique(), bool((days <= last).any()))
