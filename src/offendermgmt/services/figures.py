"""A figure as everything that shows it receives it: value, what is under it, what it means, for when and whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from offendermgmt.services.access import Viewer

DAY: Final = "day"


@dataclass(frozen=True)
class Definition:
    """What a figure counts, in one or two sentences, and the rules it follows.

    `unit` is what a number of it is a number of, as one, where the title alone does not say so: `day`.
    """

    title: str
    meaning: str
    rules: tuple[str, ...]
    unit: str = ""

    @property
    def in_days(self) -> bool:
        """Whether the figure is a number of days."""
        return self.unit == DAY


@dataclass(frozen=True)
class Setting:
    """For which day, as known when, filtered how and by which policy a figure holds.

    Counts under `smallest_count` are not shown outside the units: they could point at a person.
    """

    as_of: date
    known_at: datetime | None
    filters: Mapping[str, str]
    policy_version: str
    smallest_count: int


@dataclass(frozen=True)
class Figure:
    """A number with its definition and setting; `value` None = there is nothing to count it from.

    `numerator` and `denominator` are set for shares; a share with nothing under it has no value (B4). `suppressed`
    figures are small counts kept from viewers outside the units; they carry no number at all.
    """

    definition: Definition
    setting: Setting
    value: float | None
    numerator: int | None = None
    denominator: int | None = None
    suppressed: bool = False

    @classmethod
    def share(cls, definition: Definition, setting: Setting, numerator: int, denominator: int) -> "Figure":
        """The figure of a fraction, without a value where the denominator is 0."""
        value = numerator / denominator if denominator else None
        return cls(definition, setting, value, numerator, denominator)

    def shown_to(self, viewer: Viewer) -> "Figure":
        """The figure as this viewer may have it: small counts, shares of them and shares that leave one are kept."""
        if self.numerator is None or self.denominator is None:
            counts: tuple[float, ...] = () if self.value is None else (self.value,)
        else:
            counts = (self.numerator, self.denominator, self.denominator - self.numerator)
        if viewer.opens_lists or not any(0 < count < self.setting.smallest_count for count in counts):
            return self
        return Figure(self.definition, self.setting, None, suppressed=True)
