"""What a morning is made of: its parts in the order they are read, and up to where the last review had looked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

import pandas as pd

from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.figures import Figure
from offendermgmt.services.kept import Kept
from offendermgmt.services.question import Question

_KEPT: Final = 8


class Part(StrEnum):
    """The parts of a morning, in the order in which they are read; the value is its code in a kept review."""

    CHANGES = "changes"
    BACKLOG = "backlog"
    TRIAGE = "triage"
    LONE_VISITS = "lone_visits"
    PLAN = "plan"
    CONTACT = "contact"
    CASELOAD = "caseload"
    POLIT = "polit"
    DECISIONS = "decisions"


@dataclass(frozen=True)
class Since:
    """Up to where the last review had looked: its day, and the moment whose recordings it showed."""

    review_on: date
    known_at: datetime


@dataclass(frozen=True)
class Section:
    """One part of the morning: its figures by code, in order, and its lists by name, worst first and whole.

    A figure's code ("size", "became_overdue") is kept in reviews and never changes its meaning. A list has the code of
    the figure it is as long as: as its value, or as the numerator of a share. `kept` is for what a page makes of them
    for their one viewer: it lasts as long as they do, and they do until what they rest on is written.
    """

    part: Part
    figures: Mapping[str, Figure]
    lists: Mapping[str, pd.DataFrame]
    kept: Kept[Any] = field(default_factory=lambda: Kept(_KEPT), compare=False, repr=False)


@dataclass(frozen=True)
class Morning:
    """The morning of a unit's day, as one viewer may see it. Parts that are not the unit's work are left out.

    `since` is None where no review has been signed before: then nothing is said to have changed.
    """

    unit: Unit
    question: Question
    since: Since | None
    sections: Mapping[Part, Section]
