"""What every section of the morning page has: its heading, its figures as links, its worst rows, its way on."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, TypeVar

import pandas as pd
import streamlit as st

from app.navigation import MORNING, OFFENDER, POLIT_CASE
from app.parts import figures, links
from app.parts.listing import Field
from app.parts.words import NO_VALUE, count, plural, share
from app.session import desk
from offendermgmt.services.directory import offender_names
from offendermgmt.services.figures import Figure
from offendermgmt.services.morning import Morning, Part, Section
from offendermgmt.services.morning_words import TITLE
from offendermgmt.services.wording import of_text

# What the address says of this page's own lists, and of no other page.
CHANGE: Final = "change"
CASE_CHANGE: Final = "case_change"
_OWN: Final = dict.fromkeys((CHANGE, CASE_CHANGE))
FEW: Final = 5
Made = TypeVar("Made")


@dataclass(frozen=True)
class Words:
    """Names by reference: of officers, and of teams."""

    holders: Mapping[str, str]
    teams: Mapping[str, str]

    def held(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The rows with holder in words. The team, a filter above, would make a narrow window's rows very tall."""
        return rows.assign(holder=[self.holders.get(ref, "Unallocated") for ref in rows["officer_ref"]])

    def named(self, morning: Morning, rows: pd.DataFrame, column: str = "offender_ref") -> pd.DataFrame:
        """The rows with name, empty where the morning's viewer sees none."""
        names = offender_names(desk(), morning.question, rows[column])
        return rows.assign(name=[names.get(ref, "") for ref in rows[column]])


# The name beneath is empty for a viewer who sees none.
OFFENDER_FIELD: Final = Field("offender_ref", "Offender", "opens", beneath="name")


def kept(section: Section, name: str, make: Callable[[], Made], rests_on: object = None) -> Made:
    """What is made of a section, in words: once, for as long as the section and what else it `rests_on` is kept.

    A section outlives writes that leave its figures as they are: what is made of more than its figures, its lists and
    names of people has to say so.
    """
    made: Made = section.kept.answer(name, make, rests_on)
    return made


def heading(part: Part, sections: Sequence[Section]) -> None:
    """Draw the heading of a part, an anchor for the links at the top, with the definitions of its figures."""
    meanings = dict.fromkeys(figure.definition for section in sections for figure in section.figures.values())
    told = "\n".join(f"- **{meaning.title}**: {figures.definition_text(meaning)}" for meaning in meanings)
    st.header(TITLE[part], anchor=str(part), help=told or None)


def opens(page: str, **changes: str | None) -> str:
    """The address of another page with the view as it stands."""
    return links.address(page, **{**_OWN, **changes})


def opens_offenders(rows: pd.DataFrame, column: str = "offender_ref") -> dict[str, str]:
    """The address of each offender's record, from which the way leads back here."""
    return {ref: opens(OFFENDER.url_path, ref=ref, back=MORNING.url_path) for ref in rows[column]}


def opens_cases(rows: pd.DataFrame, column: str = "case_ref") -> dict[str, str]:
    """The address of each POLIT case, likewise."""
    return {ref: opens(POLIT_CASE.url_path, case=ref, back=MORNING.url_path) for ref in rows[column]}


def facts(
    section: Section,
    addresses: Mapping[str, str | None],
    *,
    of: Mapping[str, str | tuple[str, str]] | None = None,
    in_percent: Collection[str] = (),
    signs: Mapping[str, str] | None = None,
    chosen: str | None = None,
) -> None:
    """Draw figures of a section by code, in the order of `addresses`, each number a link to the list it counts.

    A share stands as its number with what it is `of` beneath, but those `in_percent`, which have both beneath them.
    `signs` stand before numbers.
    """
    items = "".join(
        _fact(
            section.figures[code],
            address,
            of=(of or {}).get(code, ""),
            text=_text(section.figures[code], in_percent=code in in_percent),
            sign=(signs or {}).get(code, ""),
            is_chosen=code == chosen,
        )
        for code, address in addresses.items()
        if code in section.figures
    )
    st.html(f'<dl class="om-facts om-figures">{items}</dl>')


def _fact(
    figure: Figure, address: str | None, *, text: str, of: str | tuple[str, str], sign: str, is_chosen: bool
) -> str:
    title, number = figure.definition.title, listed_by(figure)
    shown = f"{sign}{text}" if number else text
    beneath = _beneath(figure, of, is_percent="%" in text)
    html = escape(shown)
    if address is not None and number:
        html = links.link(shown, address, label=f"{title}: open the list of {count(number)}", current=is_chosen)
    return f"<div><dt>{escape(title)}</dt><dd>{html}<small>{escape(beneath)}</small></dd></div>"


def listed_by(figure: Figure) -> float | None:
    """The number that a figure's list is as long as, of a share its numerator."""
    return figure.value if figure.numerator is None else figure.numerator


def _text(figure: Figure, *, in_percent: bool) -> str:
    number = listed_by(figure)
    if number is None or (in_percent and figure.value is None):
        return NO_VALUE
    if in_percent:
        return share(figure.value)
    return plural(number, figure.definition.unit) if figure.definition.unit else count(number)


def _beneath(figure: Figure, of: str | tuple[str, str], *, is_percent: bool) -> str:
    if figure.denominator is None:
        return ""
    under = of_text(figure.denominator, of) if of else f"of {count(figure.denominator)}"
    if is_percent:
        return f"{count(figure.numerator or 0)} {under}"
    return f"{under} ({share(figure.value)})" if figure.denominator else under


def way_on(shown: int, of: int, noun: str, address: str, page: str, order: str = "worst") -> None:
    """Say how much of a list is shown, with the way to the whole of it where there is more."""
    if shown < of:
        links.sentence(f"The {order} {count(shown)} of {count(of)} {noun}. All of them: ", page, address, ".")
