"""How numbers, days and moments read on a screen; the field's words are in `offendermgmt.services.wording`."""

from datetime import datetime
from typing import Final

from offendermgmt.domain.days import LONDON
from offendermgmt.services.wording import moment_text
from offendermgmt.services.wording import plural as plural

NO_VALUE: Final = "No value"


def moment(at: datetime) -> str:
    """A moment with its offset, as London's clocks had it: 5 Jan 2026 06:10."""
    return moment_text(at)


def clock(at: datetime) -> str:
    """The time of day of a moment with its offset, as London's clocks had it: 06:10."""
    return f"{at.astimezone(LONDON):%H:%M}"


def count(number: float) -> str:
    """A whole number with thousands apart."""
    return f"{number:,.0f}"


def share(fraction: float | None) -> str:
    """A fraction as a percentage to one decimal; a share with nothing under it has no value."""
    return NO_VALUE if fraction is None else f"{fraction:.1%}"


def escaped(text: str) -> str:
    """Text that somebody wrote, so that Markdown shows it as it is."""
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>$:#~|" else letter for letter in text)
