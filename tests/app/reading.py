"""What a run of the app sent to the browser."""

import re
from html.parser import HTMLParser

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element


def elements(app: AppTest) -> list[Element]:
    """Everything drawn but the menu, in order."""
    menus = _menus(app)
    return [node for node in app._tree if isinstance(node, Element) and id(node) not in menus]


def payload(app: AppTest) -> str:
    """Everything that was sent but the menu, whatever it is drawn as, with HTML and escapes as text."""
    return "\n".join(
        str(node.proto).encode().decode("unicode_escape").encode("latin-1").decode(errors="replace")
        for node in elements(app)
    )


def html(app: AppTest) -> str:
    """What was drawn as HTML, without the menu."""
    menus = _menus(app)
    return "\n".join(node.proto.body for node in app.get("html") if id(node) not in menus)


def menu(app: AppTest) -> str:
    """The menu's HTML."""
    (node,) = app.sidebar.get("html")
    body: str = node.proto.body
    return body


def _menus(app: AppTest) -> set[int]:
    return {id(node) for node in app.sidebar.get("html")}


class Links(HTMLParser):
    """The links of a piece of HTML: address by what a screen reader says."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: dict[str, str] = {}
        self._href: str | None = None
        self._label: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            given = dict(attrs)
            self._href, self._label = given["href"], given.get("aria-label")

    def handle_data(self, data: str) -> None:
        if self._href is not None:
            self.addresses[self._label or data] = self._href
            self._href = None


def links(app: AppTest) -> dict[str, str]:
    """Addresses of the links drawn, by what a screen reader says."""
    return Links(html(app)).addresses


def rows(app: AppTest) -> list[str]:
    """References whose rows are listed, in order."""
    return [label.removeprefix("Open ") for label in links(app) if re.fullmatch(r"Open [\w-]+", label)]


def said(app: AppTest) -> str:
    """All sentences: markdown, alerts and captions."""
    alerts = [*app.success, *app.info, *app.warning, *app.error]
    return "\n".join([*(text.value for text in app.markdown), *(alert.value for alert in alerts)])
