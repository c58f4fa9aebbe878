"""Changes that people make on a page: one transaction, checked as an extract is, or nothing at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from offendermgmt.intake.form import FormRefused
from offendermgmt.services.access import Viewer
from offendermgmt.services.desk import Desk
from offendermgmt.store import UnitOfWork
from offendermgmt.store.freshness import SAVED_ON_PAGE

LONGEST_REASON: Final = 500


class ChangeRefused(Exception):
    """A change that cannot be recorded as asked; nothing was. The message says why and what to do."""


class AlreadyRecorded(ChangeRefused):
    """A change that is on record as asked, submitted again perhaps; nothing more was recorded. The message says so."""


@contextmanager
def changing(desk: Desk, viewer: Viewer, source: str) -> Iterator[UnitOfWork]:
    """A write by the viewer, committed whole when the block ends and undone when it raises.

    Nobody else can write meanwhile, so what the desk reads in the block is what the write will follow. A row that
    breaks the contract raises ChangeRefused in the contract's words.
    """
    try:
        with desk.store.write(desk.force_ref, user=viewer.name, source=f"{SAVED_ON_PAGE}{source}") as work:
            yield work
    except FormRefused as refused:
        raise ChangeRefused(str(refused)) from refused


def checked_reason(reason: str, what: str) -> str:
    """The reason without space around it; ChangeRefused where there is none, or one too long, for `what` is done."""
    if not reason.strip():
        raise ChangeRefused(f"Nothing was recorded: say why {what}. The reason is kept with the record.")
    if len(reason.strip()) > LONGEST_REASON:
        raise ChangeRefused(f"Nothing was recorded: keep the reason to {LONGEST_REASON} characters.")
    return reason.strip()
