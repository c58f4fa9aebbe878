"""How signals on trends are read (X5): the one number of the method that a force may set."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class SignalsPolicy:
    """From how many points on limits are full ones; on fewer they are trial limits, and said to be."""

    trial_points: int

    def __post_init__(self) -> None:
        if self.trial_points < 2:
            raise ValueError(f"trial_points is {self.trial_points}: limits need 2 points, write 2 or more")

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `signals` of a policy document; KeyError or ValueError names what is missing or wrong."""
        return cls(trial_points=int(section["trial_points"]))
