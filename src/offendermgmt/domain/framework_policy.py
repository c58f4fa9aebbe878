"""Policy of the performance framework's measures (M5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class FrameworkPolicy:
    """Within how many days of its day an attended visit is to be on record."""

    recorded_days: int

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `framework` of a policy document; KeyError or ValueError names what is missing or wrong."""
        days = int(section["recorded_days"])
        if days < 0:
            raise ValueError(f"framework has recorded_days {days}: write 0 for the same day, or more")
        return cls(recorded_days=days)
