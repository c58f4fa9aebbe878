"""A briefing as PDF: tagged for screen readers, with its marking at the head and foot of every side."""

from dataclasses import asdict
from typing import Any, Final

from offendermgmt.outputs.briefing.document import Briefing
from offendermgmt.outputs.typesetting import sides_of, typeset

_TEMPLATE: Final = "briefing/briefing.typ"


def as_pdf(briefing: Briefing) -> bytes:
    """The briefing on A4 (PDF/UA-1); the same bytes for the same briefing."""
    return typeset(_TEMPLATE, _data(briefing, spare=0), made_at=briefing.made_at)


def sides(briefing: Briefing, *, spare: int = 0) -> int:
    """How many sides of A4 it takes where so many millimetres at the foot of each stay empty."""
    return sides_of(_TEMPLATE, _data(briefing, spare=spare))


def _data(briefing: Briefing, *, spare: int) -> dict[str, Any]:
    plain = {"made_at": briefing.made_at.isoformat(), "spare": spare}
    return asdict(briefing) | plain
