"""The protective marking of everything that leaves the product, on screen, on paper and in a file."""

from typing import Final

MARKING: Final = "OFFICIAL-SENSITIVE"
SYNTHETIC: Final = "SYNTHETIC DATA"


def markings(*, synthetic: bool) -> tuple[str, ...]:
    """The marking, and that the people are made up where they are, in words for paper."""
    return (MARKING, SYNTHETIC) if synthetic else (MARKING,)
