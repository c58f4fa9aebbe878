"""What a reader is told when a page fails: what to do, or a reference to quote; nothing about people or machines."""

import logging
from typing import Final
from uuid import uuid4

import streamlit as st

from offendermgmt.services.access import NotPermitted
from offendermgmt.services.desk import StoreError

_logger = logging.getLogger("offendermgmt.pages")
# Their text is written for readers.
_SAID_AS_IT_IS: Final = (NotPermitted, StoreError)


def tell_reader(error: Exception) -> bool:
    """Show what failed, logging what the reader is not told; true, so that Streamlit adds nothing of its own."""
    if isinstance(error, _SAID_AS_IT_IS):
        _logger.warning("page not drawn: %s", error)
        st.error(str(error), icon=":material/error:")
        return True
    reference = uuid4().hex[:8].upper()
    _logger.error("page not drawn, reference %s", reference, exc_info=error)
    st.error(
        "This page could not be drawn. Nothing was changed. Reload it; if it fails again, give your administrator "
        f"the reference {reference}, which is in the server's log.",
        icon=":material/error:",
    )
    return True
