"""How POLIT's cases are shown on a day, and what of the viewing of images may be shown at all (Q1 to Q9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

from offendermgmt.domain.bands import band_names


@dataclass(frozen=True)
class PolitBoardPolicy:
    """Bands of days past the act-by limit, and over how many days and of how many officers viewing is added up."""

    past_band_ends: tuple[int, ...]
    exposure_days: int
    exposure_group: int

    def __post_init__(self) -> None:
        if not self.past_band_ends or any(later <= earlier for earlier, later in pairwise((0, *self.past_band_ends))):
            raise ValueError(f"past_band_ends is {list(self.past_band_ends)}: write days that rise from 1")
        if self.exposure_days < 1:
            raise ValueError(f"exposure_days is {self.exposure_days}: write 1 or more")
        if self.exposure_group < 2:
            raise ValueError(f"exposure_group is {self.exposure_group}: fewer than 2 officers are no group, write more")

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `polit_board` of a policy document; KeyError or ValueError names what is missing or wrong."""
        return cls(
            past_band_ends=tuple(int(end) for end in section["past_band_ends"]),
            exposure_days=int(section["exposure_days"]),
            exposure_group=int(section["exposure_group"]),
        )

    @property
    def past_bands(self) -> tuple[str, ...]:
        """Names of the bands of days past the act-by limit, shortest first (Q4)."""
        return band_names(self.past_band_ends)
