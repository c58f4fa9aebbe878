"""Links within the product: real addresses, followed without loading the pages again.

A link of a table or a sentence is an ordinary `<a href>`: it opens by keyboard, can be copied, and opens a new window
where the reader asks for one. A small script follows it in place, as the browser's own back button would, so that
Streamlit keeps the session. Without the script the link loads the page anew and shows the same.

The menu's links name their page only, so that the menu stands still while a day is chosen: the script gives each the
view that all pages share, from the address, as soon as it is pressed or has the focus.
"""

from collections.abc import Iterable
from html import escape
from typing import Final
from urllib.parse import quote_plus, urlencode

import streamlit as st

from app.session import current_view, today

IN_PLACE: Final = "in-place"
# `base` would move relative addresses; pages lie one level under the root, so they are relative to it.
SCRIPT: Final = """
if (!window.followsInPlace) {
  window.followsInPlace = true;
  const shareView = (event) => {
    const link = event.target.closest(".om-menu a");
    if (!link) return;
    const shared = [...new URLSearchParams(location.search)].filter(([name]) => /^(as_of|known_on|role)$/.test(name));
    link.search = new URLSearchParams(shared);
  };
  for (const begins of ["pointerdown", "focusin", "click"]) document.addEventListener(begins, shareView);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.in-place");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    const moves = new URL(link.href).pathname !== location.pathname;
    history.pushState(null, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
    if (moves) document.querySelector("[data-testid='stMain']")?.scrollTo(0, 0);
  });
}
"""


def follow_in_place() -> None:
    """Put the script on the page; the frame does once on every run."""
    st.html(f"<script>{SCRIPT}</script>", unsafe_allow_javascript=True)


def address(page: str, **changes: str | None) -> str:
    """The relative address of a page (`url_path`) with the view as it stands, but for `changes`.

    A change to None leaves that parameter out.
    """
    view = current_view()
    parameters: dict[str, str | None] = {
        **st.query_params.to_dict(),
        "as_of": None if view.as_of == today() else view.as_of.isoformat(),
        "known_on": view.known_at.date().isoformat() if view.known_at else None,
        **changes,
    }
    query = urlencode({name: value for name, value in parameters.items() if value is not None})
    return f"./{page}?{query}" if query else f"./{page}"


def addresses(page: str, parameter: str, refs: Iterable[str], **changes: str | None) -> dict[str, str]:
    """The `address` of each record of a list by its reference, which is the address's last `parameter`."""
    # Written once for all of them: a list has hundreds.
    view = address(page, **{**changes, parameter: None})
    begins = f"{view}{'&' if '?' in view else '?'}{parameter}="
    return {ref: f"{begins}{quote_plus(ref)}" for ref in refs}


def link(text: str, href: str, *, label: str | None = None, kind: str = "", current: bool = False) -> str:
    """The link as HTML; `label` is what a screen reader says where the text alone would not tell."""
    said = f' aria-label="{escape(label)}"' if label else ""
    marked = ' aria-current="true"' if current else ""
    return f'<a class="{IN_PLACE} {kind}" target="_self" href="{escape(href)}"{said}{marked}>{escape(text)}</a>'


def sentence(before: str, text: str, href: str, after: str = "") -> None:
    """Draw a sentence with one link in it."""
    st.html(f"<p>{escape(before)}{link(text, href)}{escape(after)}</p>")
