"""Policy of prevention: how far ahead the end of an order is looked for (M46)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class PreventionPolicy:
    """How many days before the end of a preventive order there is time to decide what follows it."""

    order_end_days: int

    @classmethod
    def from_document(cls, section: Mapping[str, Any]) -> Self:
        """The section `prevention` of a policy document; KeyError or ValueError names what is missing or wrong."""
        days = int(section["order_end_days"])
        if days < 1:
            raise ValueError(f"prevention has order_end_days {days}: write 1 for tomorrow, or more")
        return cls(order_end_days=days)
