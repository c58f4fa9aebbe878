"""The days of a range and how far the review of each has come; which are without one (R55)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import LONDON, Days, day_number, to_date
from offendermgmt.domain.segments import Flags
from offendermgmt.domain.vocabulary import ReviewState, Unit
from offendermgmt.domain.working_days import is_working_day, working_days_after
from offendermgmt.services import review_definitions as definitions
from offendermgmt.services.access import NotPermitted, Role, Viewer
from offendermgmt.services.figures import Definition, Figure
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.reviews import Review, newest

READERS: Final = frozenset({Role.SUPERVISOR, Role.DI, Role.DCI, Role.SLT, Role.ANALYST, Role.AUDITOR})
# What stands for a day that nobody has signed, beside the states of reviews: over without a signature, or not over.
MISSING: Final = "missing"
NOT_YET: Final = "not_yet"


class Which(StrEnum):
    """Days to look at alone; the value is its code in an address."""

    ALL = "all"
    MISSING = "missing"
    WAITING = "waiting"
    RETURNED = "returned"
    LATE = "late"
    REVIEWED = "reviewed"
    COUNTERSIGNED = "countersigned"


@dataclass(frozen=True)
class ReviewDays:
    """The days of a range, as one viewer may see them.

    `figures` by what each counts, whose list is `rows` where that is asked for. `rows`: a row a day, newest first, with
    review_on, is_working_day, standing (a `ReviewState`, `MISSING` or `NOT_YET`), signed_by, signed_at, is_late,
    answered_by, answered_at, note and comment (empty for a viewer who sees no names: they may hold some), days_waiting
    (working days since a day whose review waits for its answer; else 0) and waits_too_long. `too_long` counts those,
    `first_on` is the unit's first reviewed day, None before it.
    """

    figures: Mapping[Which, Figure]
    rows: pd.DataFrame
    too_long: int
    first_on: date | None


def require_reader(viewer: Viewer, unit: Unit) -> None:
    """Refuse a viewer whom the reviews of a unit are not for; raises NotPermitted."""
    if viewer.role not in READERS or unit not in viewer.units:
        raise NotPermitted(f"The daily reviews of {unit} are for its supervisors and inspectors, and for those above.")


def written_by(versions: Iterable[Review], unit: Unit, day: date) -> tuple[Review, ...]:
    """The versions about the unit that were on record at the end of a day, in order."""
    return tuple(each for each in versions if each.unit is unit and each.recorded_at.astimezone(LONDON).date() <= day)


def review_days(
    question: Question, versions: Iterable[Review], unit: Unit, first: date, last: date, which: Which = Which.ALL
) -> ReviewDays:
    """The days from `first` to `last`, no later than the question's, with the reviews on record at its end (R55).

    Listed are the working days since the first reviewed one, and any other day with a review. NotPermitted for a viewer
    whom they are not for.
    """
    require_reader(question.viewer, unit)
    standing = {each.review_on: each for each in newest(written_by(versions, unit, question.as_of))}
    first_on = min((day for day, each in standing.items() if each.is_signed), default=None)
    days = _days(first, min(last, question.as_of), first_on, standing)
    rows = _rows(question, days, first_on or question.as_of, standing)
    every = {each: _of(rows, each) for each in Which}
    return ReviewDays(
        _figures(question, rows, every),
        rows[every[which]].iloc[::-1].reset_index(drop=True),
        int(rows["waits_too_long"].sum()),
        first_on,
    )


_COLUMNS: Final = [
    "review_on",
    "standing",
    "signed_by",
    "signed_at",
    "is_late",
    "answered_by",
    "answered_at",
    "note",
    "comment",
]
_TYPES: Final = {"standing": "str", "is_late": "bool"}


def _days(first: date, last: date, first_on: date | None, reviewed: Collection[date]) -> Days:
    numbers = np.arange(day_number(first), day_number(last) + 1, dtype=np.int32)
    has_one = np.isin(numbers, [day_number(day) for day in reviewed])
    if first_on is None:
        return numbers[has_one]
    return numbers[has_one | (is_working_day(numbers) & (numbers >= day_number(first_on)))]


def _rows(question: Question, days: Days, first_on: date, standing: Mapping[date, Review]) -> pd.DataFrame:
    dates = [to_date(int(day)) for day in days]
    lines = [_line(question, day, standing.get(day)) for day in dates]
    rows = pd.DataFrame(lines, columns=_COLUMNS).astype(_TYPES)
    works = is_working_day(days) if len(days) else np.zeros(0, dtype=bool)
    waited = working_days_after(days, np.full(len(days), question.on, dtype=np.int32))
    waited = np.where(rows["standing"] == ReviewState.SIGNED, waited, 0)
    return rows.assign(
        is_working_day=works,
        counts=works & (days >= day_number(first_on)) & (days < question.on),
        days_waiting=waited,
        waits_too_long=waited > question.policy.reviews.countersign_days,
    )


def _line(question: Question, day: date, review: Review | None) -> dict[str, Any]:
    names = question.viewer.sees_names
    return {
        "review_on": day,
        "standing": _standing(review, is_over=day < question.as_of),
        "signed_by": (review and review.signed_by) or "",
        "signed_at": review.signed_at if review else None,
        "is_late": review is not None and review.is_late,
        "answered_by": (review and review.answered_by) or "",
        "answered_at": review.answered_at if review else None,
        "note": review.note if review and names else "",
        "comment": review.comment if review and names else "",
    }


def _standing(review: Review | None, *, is_over: bool) -> str:
    if review is not None and (review.is_signed or not is_over):
        return str(review.state)
    return MISSING if is_over else NOT_YET


def _of(rows: pd.DataFrame, which: Which) -> Flags:
    standing, counts = rows["standing"], rows["counts"].to_numpy()
    is_signed = standing.isin([ReviewState.SIGNED, ReviewState.COUNTERSIGNED, ReviewState.RETURNED]).to_numpy()
    found: Mapping[Which, Flags] = {
        Which.ALL: np.ones(len(rows), dtype=bool),
        Which.MISSING: counts & (standing == MISSING).to_numpy(),
        Which.WAITING: (standing == ReviewState.SIGNED).to_numpy(),
        Which.RETURNED: (standing == ReviewState.RETURNED).to_numpy(),
        Which.LATE: is_signed & rows["is_late"].to_numpy(),
        Which.REVIEWED: counts & is_signed,
        Which.COUNTERSIGNED: counts & (standing == ReviewState.COUNTERSIGNED).to_numpy(),
    }
    return found[which]


_OF_DAYS: Final[Mapping[Which, Definition]] = {
    Which.REVIEWED: definitions.REVIEWED,
    Which.COUNTERSIGNED: definitions.COUNTERSIGNED,
    Which.MISSING: definitions.MISSING,
}


def _figures(question: Question, rows: pd.DataFrame, every: Mapping[Which, Flags]) -> Mapping[Which, Figure]:
    setting, number = setting_of(question), {each: int(found.sum()) for each, found in every.items()}
    over = number[Which.REVIEWED] + number[Which.MISSING]
    signed = int(rows["signed_at"].notna().sum())
    return {
        **{each: Figure.share(meaning, setting, number[each], over) for each, meaning in _OF_DAYS.items()},
        Which.WAITING: Figure(definitions.WAITING, setting, number[Which.WAITING]),
        Which.RETURNED: Figure(definitions.RETURNED, setting, number[Which.RETURNED]),
        Which.LATE: Figure.share(definitions.LATE, setting, number[Which.LATE], signed),
    }
