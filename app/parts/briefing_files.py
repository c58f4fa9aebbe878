"""The morning as a briefing to print or to mail."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Final

import streamlit as st

from app.navigation import MORNING
from app.parts import downloads
from app.parts.marking import markings
from app.session import desk, is_demo
from offendermgmt.outputs.briefing.disclosed import briefing_for
from offendermgmt.outputs.briefing.fitting import Form, file_name
from offendermgmt.services.morning import Morning

_ICONS: Final[Mapping[Form, str]] = {Form.PDF: ":material/picture_as_pdf:", Form.HTML: ":material/html:"}
_MIME: Final[Mapping[Form, str]] = {Form.PDF: "application/pdf", Form.HTML: "text/html"}
_HELP: Final = "Two sides of A4, with references and officers' numbers only. The download is put on record."


def offer(morning: Morning) -> None:
    """Offer the morning as PDF and as HTML; call it once for each unit on the page."""
    marked = markings(synthetic=is_demo())
    with st.container(horizontal=True, gap="small"):
        for form in (Form.PDF, Form.HTML):
            downloads.offer_file(
                f"Briefing {morning.unit} ({form.upper()})",
                partial(briefing_for, desk(), morning, marked, form, datetime.now(UTC)),
                file_name=file_name(morning, marked, form),
                mime=_MIME[form],
                icon=_ICONS[form],
                key=f"download {MORNING.url_path} briefing {morning.unit} {form}",
                help=_HELP,
            )
