"""`offendermgmt brief`: the morning of a unit or a team on two sides of A4, from the configured store."""

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from offendermgmt.commands.report import BadRequest
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.outputs.briefing.fitting import Form, file_name, fitted, written
from offendermgmt.services.access import SYSTEM
from offendermgmt.services.desk import Desk
from offendermgmt.services.directory import unit_of
from offendermgmt.services.morning import Morning, morning
from offendermgmt.services.reviews import last_signed


def morning_asked(
    desk: Desk,
    *,
    now: datetime,
    team_ref: str | None = None,
    unit: Unit | None = None,
    on: date | None = None,
    known_at: datetime | None = None,
) -> Morning:
    """The morning of a day (today if none is given) of a team or of a unit: the team's own, else MOSOVO.

    BadRequest for a team that the store does not hold, or that is of another unit than the one asked for.
    """
    today = now.astimezone(LONDON).date()
    day = on or today
    question = desk.question(SYSTEM, day, today=today, known_at=known_at, team_ref=team_ref)
    of_team = None if team_ref is None else unit_of(question, team_ref)
    if unit is not None and of_team is not None and unit is not of_team:
        raise BadRequest(f"The team {team_ref!r} is of {of_team}: leave out --unit, or give --unit {of_team}.")
    asked = unit or of_team or Unit.MOSOVO
    try:
        return morning(desk, question, asked, last_signed(desk, asked, day, known_at), now)
    except ValueError as error:
        raise BadRequest(str(error)) from error


def issue_briefing(
    desk: Desk, morning: Morning, markings: Sequence[str], form: Form, now: datetime, output: Path | None
) -> Path | None:
    """Write the briefing of a morning; the file written, None where it was printed.

    A folder is given the marked name in it, and so is a PDF without a place, which is nothing to print.
    """
    made = written(fitted(morning, desk.freshness(), markings, now, form), form)
    if output is None and form is Form.HTML:
        sys.stdout.buffer.write(made)
        return None
    folder = Path() if output is None else output
    place = folder / file_name(morning, markings, form) if folder.is_dir() else folder
    place.write_bytes(made)
    return place


def form_of(form: Form | None, output: Path | None) -> Form:
    """The form asked for; else the one that the file's name ends in, else HTML."""
    if form is not None:
        return form
    return Form.PDF if output is not None and output.suffix.lower() == ".pdf" else Form.HTML
