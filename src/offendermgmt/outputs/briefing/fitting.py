"""A morning as the fullest briefing that stays on two sides of A4, in either form."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from offendermgmt.outputs import listing
from offendermgmt.outputs.briefing.document import Briefing, briefing, title_of
from offendermgmt.outputs.briefing.form import Form as Form
from offendermgmt.outputs.briefing.html import as_html
from offendermgmt.outputs.briefing.pdf import as_pdf, sides
from offendermgmt.services.morning import Morning
from offendermgmt.store.freshness import Freshness

SIDES: Final = 2
# Rows a list. More than the first are no longer read at a glance; the last leaves the figures alone.
_ROWS: Final = (8, 7, 6, 5, 4, 3, 2, 1, 0)
# The page that a briefing is of, as its address has it.
PAGE: Final = "morning"


# Millimetres kept free on each side: a browser prints with the fonts it has, and wide ones take more room than ours.
_SPARE: Final = {Form.PDF: 0, Form.HTML: 12}


def fitted(morning: Morning, freshness: Freshness, markings: Sequence[str], made_at: datetime, form: Form) -> Briefing:
    """The briefing with the most rows a list with which it takes no more than `SIDES` sides in this form."""
    drafts = (briefing(morning, freshness, markings, made_at, most=most) for most in _ROWS)
    return next(draft for draft in drafts if draft.most == _ROWS[-1] or sides(draft, spare=_SPARE[form]) <= SIDES)


def written(made: Briefing, form: Form) -> bytes:
    """The briefing as a file's content; HTML in UTF-8."""
    return as_pdf(made) if form is Form.PDF else as_html(made).encode("utf-8")


def file_name(morning: Morning, markings: Sequence[str], form: Form) -> str:
    """The file's name: marking, page, whose morning, day."""
    return listing.file_name(markings, PAGE, title_of(morning), morning.question.as_of, form)
