"""The forms of a briefing: apart from what writes them, so that the command can name them without loading that."""

from enum import StrEnum


class Form(StrEnum):
    """How a briefing is written; the value is also what its file ends in."""

    HTML = "html"
    PDF = "pdf"
