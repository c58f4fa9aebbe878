"""What a signed review keeps, as JSON to be read for years: the figures as they were seen, and what was decided.

A figure or part that this version of the product does not know is kept and shown by the title it was signed under.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, partial
from hashlib import sha256
from typing import Final

import numpy as np
import pandas as pd
from pydantic import AwareDatetime, BaseModel, ConfigDict

from offendermgmt.services.access import Role
from offendermgmt.services.decisions import Decision
from offendermgmt.services.figures import Figure
from offendermgmt.services.morning import Morning, Part, Section

FORMAT: Final = 1


class _Kept(BaseModel):
    # What a later version of the product adds is passed over, so that two versions can share one store.
    model_config = ConfigDict(frozen=True, extra="ignore")


class KeptFigure(_Kept):
    """A figure as it was seen: its part and code, the title it then had, and whether it is a number of days."""

    part: str
    code: str
    title: str
    value: float | None
    numerator: int | None = None
    denominator: int | None = None
    suppressed: bool = False
    in_days: bool = False

    @property
    def seen(self) -> tuple[float | None, int | None, int | None, bool]:
        """What two of one code are compared by."""
        return self.value, self.numerator, self.denominator, self.suppressed


class KeptDecision(_Kept):
    """A decision taken on the day, by references only: the person's name and the reason stay with the decision."""

    decision_ref: str
    kind: str
    subject_kind: str
    subject_ref: str
    owner_ref: str | None
    due_on: date


class KeptPlace(_Kept):
    """Somebody among the first in triage: of what risk, with how many points."""

    ref: str
    risk_level: str
    points: float


class KeptSigner(_Kept):
    """Who signed, in which role, and which officer of the force that is."""

    name: str
    role: Role
    officer_ref: str | None


class KeptReview(_Kept):
    """The figures, decisions and first places of triage of a unit's day as they were signed.

    `known_at` is the moment whose recordings they show, `last_recording_id` the last of them in order of arrival, and
    `since_known_at` up to where the review before had looked, if there was one.
    """

    format: int = FORMAT
    signer: KeptSigner
    known_at: AwareDatetime
    last_recording_id: int
    policy_version: str
    since_on: date | None
    since_known_at: AwareDatetime | None
    figures: tuple[KeptFigure, ...]
    decisions: tuple[KeptDecision, ...]
    places: tuple[KeptPlace, ...]


@dataclass(frozen=True)
class Drawn:
    """What of a morning stood on the screen: its figures, and its parts with their lists."""

    figures: tuple[KeptFigure, ...]
    sections: Mapping[Part, Section] = field(repr=False, compare=False)

    @cached_property
    def listed(self) -> Mapping[tuple[str, str], str]:
        """Who was on each list, as a digest: made when somebody signs, which few who look do."""
        return {
            (str(part), name): digest
            for part, section in self.sections.items()
            for name, digest in section.kept.answer("digests", partial(_digests, section.lists)).items()
        }


def drawn(morning: Morning) -> Drawn:
    """What a page that draws the morning shows, for whoever signs it."""
    return Drawn(figures_of(morning), morning.sections)


def figures_of(morning: Morning) -> tuple[KeptFigure, ...]:
    """Every figure of the morning, in order."""
    return tuple(
        _figure(part, code, figure)
        for part, section in morning.sections.items()
        for code, figure in section.figures.items()
    )


def document_of(
    morning: Morning, taken: Iterable[Decision], *, known_at: datetime, last_recording_id: int
) -> KeptReview:
    """What signing this morning keeps; `taken` are the decisions taken on its day."""
    viewer, policy = morning.question.viewer, morning.question.policy
    return KeptReview(
        signer=KeptSigner(name=viewer.name, role=viewer.role, officer_ref=viewer.officer_ref),
        known_at=known_at,
        last_recording_id=last_recording_id,
        policy_version=policy.version,
        since_on=morning.since.review_on if morning.since else None,
        since_known_at=morning.since.known_at if morning.since else None,
        figures=figures_of(morning),
        decisions=tuple(map(_decision, taken)),
        places=_places(morning, policy.reviews.kept_places),
    )


def _figure(part: Part, code: str, figure: Figure) -> KeptFigure:
    return KeptFigure(
        part=str(part),
        code=code,
        title=figure.definition.title,
        value=None if figure.value is None else float(figure.value),
        numerator=None if figure.numerator is None else int(figure.numerator),
        denominator=None if figure.denominator is None else int(figure.denominator),
        suppressed=figure.suppressed,
        in_days=figure.definition.in_days,
    )


def _decision(decision: Decision) -> KeptDecision:
    return KeptDecision(
        decision_ref=decision.decision_ref,
        kind=str(decision.kind),
        subject_kind=decision.about.kind,
        subject_ref=decision.about.ref,
        owner_ref=decision.owner_ref,
        due_on=decision.due_on,
    )


def _places(morning: Morning, number: int) -> tuple[KeptPlace, ...]:
    section = morning.sections.get(Part.TRIAGE)
    ranked = [rows for rows in section.lists.values() if {"offender_ref", "total"} <= set(rows)] if section else []
    if not ranked:
        return ()
    first = ranked[0].head(number)
    return tuple(
        KeptPlace(ref=str(ref), risk_level=str(risk), points=float(points))
        for ref, risk, points in zip(first["offender_ref"], first["risk_level"], first["total"], strict=True)
    )


def _digests(lists: Mapping[str, pd.DataFrame]) -> dict[str, str]:
    """Tells for each list whether the same people or things are on it, in whatever order, by all that names them."""
    return {name: _digest(rows) for name, rows in lists.items()}


def _digest(rows: pd.DataFrame) -> str:
    names = rows[[name for name in rows.columns if name.endswith(("ref", "_id"))]]
    lines = np.sort(pd.util.hash_pandas_object(names.astype("str"), index=False).to_numpy())
    return sha256(lines.tobytes()).hexdigest()
