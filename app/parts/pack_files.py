"""A board's month as a pack to take into the meeting."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Final

import streamlit as st

from app.parts import downloads
from app.parts.marking import markings
from app.session import current_view, desk, is_demo
from offendermgmt.outputs.packs.offer import PAGE, PackForm, PackOffer
from offendermgmt.services.board_types import BoardView
from offendermgmt.services.wording import month_text

_NAMES: Final[Mapping[PackForm, str]] = {
    PackForm.PPTX: "PowerPoint",
    PackForm.XLSX: "Excel workbook",
    PackForm.PDF: "PDF",
}
_ICONS: Final[Mapping[PackForm, str]] = {
    PackForm.PPTX: ":material/slideshow:",
    PackForm.XLSX: ":material/table_view:",
    PackForm.PDF: ":material/picture_as_pdf:",
}
_MIMES: Final[Mapping[PackForm, str]] = {
    PackForm.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    PackForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PackForm.PDF: "application/pdf",
}
_SUPPRESSED: Final = "Without names and small counts. The download is put on record."
_WHOLE: Final = "Without names; small counts are in it. The download is put on record."


def offer(view: BoardView) -> None:
    """Offer the month that the page shows as slides, workbook and paper; call it once on a page."""
    offered = PackOffer(desk(), current_view().viewer, view, markings(synthetic=is_demo()))
    with st.container(horizontal=True, gap="small"):
        for form in PackForm:
            downloads.offer_file(
                f"Pack of {month_text(view.month_on)} as {_NAMES[form]}",
                partial(offered.file, form, datetime.now(UTC)),
                file_name=offered.file_name(form),
                mime=_MIMES[form],
                icon=_ICONS[form],
                key=f"download {PAGE} {view.board} {form}",
                help=_SUPPRESSED if view.is_suppressed else _WHOLE,
            )
