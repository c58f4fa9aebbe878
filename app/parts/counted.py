"""A figure as a row of a small table: its title, its number as a link to the list it counts, and of how many."""

from html import escape

from app.parts import links
from app.parts.words import NO_VALUE, count, plural, share
from offendermgmt.services.figures import Figure


def row(figure: Figure, noun: str, address: str | None, *, is_chosen: bool = False) -> str:
    """The figure, a share, as a row of HTML; its number links to `address`, the list of so many of the noun."""
    title, number = figure.definition.title, figure.numerator
    if figure.suppressed:
        return _cells(title, "Not shown", f": under {figure.setting.smallest_count}")
    if number is None or figure.denominator is None:
        text = NO_VALUE
        if address is not None:
            text = links.link(text, address, label=f"{title}: no value, say why", current=is_chosen)
        return _cells(title, text, "")
    shown = count(number)
    if address is not None:
        shown = links.link(shown, address, label=f"{title}: open {plural(number, noun)}", current=is_chosen)
    return _cells(title, shown, f" of {count(figure.denominator)} ({share(figure.value)})")


def _cells(title: str, number: str, beside: str) -> str:
    return f'<tr><th scope="row">{escape(title)}</th><td class="number">{number}{escape(beside)}</td></tr>'
