"""A pack offered: made when asked for, in one of three forms, and given only once that is on record."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from offendermgmt.outputs.listing import file_name
from offendermgmt.outputs.packs.pack import Pack
from offendermgmt.outputs.packs.pdf import as_pdf
from offendermgmt.outputs.packs.pptx import as_pptx
from offendermgmt.outputs.packs.xlsx import as_xlsx
from offendermgmt.services.access import ROLE_TITLES, Viewer
from offendermgmt.services.board_types import BoardView
from offendermgmt.services.desk import Desk
from offendermgmt.services.disclosures import Disclosure, record_disclosure
from offendermgmt.services.wording import BOARD

PAGE: Final = "board-pack"


class PackForm(StrEnum):
    """The form of a pack; the value is how its file's name ends."""

    PPTX = "pptx"
    XLSX = "xlsx"
    PDF = "pdf"


_WRITERS: Final[dict[PackForm, Callable[[Pack], bytes]]] = {PackForm.XLSX: as_xlsx, PackForm.PDF: as_pdf}


@dataclass(frozen=True)
class PackOffer:
    """The pack of a board's month for the viewer who made it."""

    desk: Desk
    viewer: Viewer
    view: BoardView
    markings: tuple[str, ...]

    def file_name(self, form: PackForm) -> str:
        """The file's name: marking, board and the month's last day that is counted."""
        return file_name(self.markings, PAGE, BOARD[self.view.board], self.view.setting.as_of, form)

    def file(self, form: PackForm, now: datetime, template: Path | None = None) -> bytes:
        """The file as made at `now`, once its record is written; `template` is for slides alone.

        Raises what the writers raise (`TemplateRefused`, OSError) and what `record_disclosure` does, and gives nothing.
        """
        pack = Pack(self.view, self.markings, now, f"{self.viewer.name}, {ROLE_TITLES[self.viewer.role]}")
        made = as_pptx(pack, template) if form is PackForm.PPTX else _WRITERS[form](pack)
        record_disclosure(self.desk, self.viewer, self.view.setting, self._disclosure(form))
        return made

    def _disclosure(self, form: PackForm) -> Disclosure:
        filters = {**self.view.setting.filters, "Months": str(self.view.months)}
        return Disclosure(PAGE, self.view.title, form, len(self.view.measures), has_names=False, filters=filters)
