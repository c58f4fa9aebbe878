"""`offendermgmt pack`: a board's month as slides, workbook or paper, from the configured store."""

from datetime import date, datetime, timedelta
from pathlib import Path

from offendermgmt.commands.report import BadRequest
from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import Board
from offendermgmt.outputs.packs.offer import PackForm, PackOffer
from offendermgmt.outputs.packs.slide_template import TemplateRefused
from offendermgmt.services.access import SYSTEM
from offendermgmt.services.boards import MonthUnknown, board_view
from offendermgmt.services.closing_document import DocumentUnreadable
from offendermgmt.services.desk import Desk


def issue_pack(
    desk: Desk,
    board: Board,
    markings: tuple[str, ...],
    *,
    now: datetime,
    month_on: date | None = None,
    months: int = 13,
    output: Path,
    template: Path | None = None,
) -> Path:
    """Write the pack of a month, the newest whole one if none is given; the file written.

    A folder is given slides under their marked name. BadRequest for a form there is not, a month that has not begun,
    another number of months than 13 or 36, and a template that does not serve; OSError where nothing can be written.
    """
    form = form_of(output)
    if template is not None and form is not PackForm.PPTX:
        raise BadRequest("A template is for slides: give --output a name that ends in .pptx, or leave out --template.")
    today = now.astimezone(LONDON).date()
    first = month_on or (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    question = desk.question(SYSTEM, today, today=today)
    try:
        view = board_view(desk, question, board, first, months, with_restated=False)
        offer = PackOffer(desk, SYSTEM, view, markings)
        place = output / offer.file_name(form) if output.is_dir() else output
        place.write_bytes(offer.file(form, now, template))
    except (MonthUnknown, TemplateRefused, DocumentUnreadable) as error:
        raise BadRequest(str(error)) from error
    return place


def form_of(output: Path) -> PackForm:
    """The form that a file's name ends in, slides for a folder; BadRequest for another ending."""
    if output.is_dir():
        return PackForm.PPTX
    try:
        return PackForm(output.suffix.lower().removeprefix("."))
    except ValueError as error:
        forms = ", ".join(f".{form}" for form in PackForm)
        raise BadRequest(f"{output.name!r} is no pack's name: let it end in one of {forms}.") from error


def month(text: str) -> date:
    """The first day of the month that a text names; BadRequest if it is none."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise BadRequest(f"{text!r} is no month: write it as 2025-06.") from error
