"""What a briefing says, in words and in reading order; the HTML and the PDF both draw this one document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from offendermgmt.domain.vocabulary import Unit
from offendermgmt.outputs.briefing.figure_words import figure_line
from offendermgmt.outputs.briefing.lists import LISTS
from offendermgmt.outputs.briefing.tables import Table, matrix, table
from offendermgmt.services.directory import scope_text, team_names
from offendermgmt.services.figures import Definition
from offendermgmt.services.last_loads import newest_by_source
from offendermgmt.services.morning import Morning, Part, Section
from offendermgmt.services.morning_words import NO_REVIEW, TITLE, restated_in_words
from offendermgmt.services.overdue import by_risk_and_band
from offendermgmt.services.wording import day_text, moment_text, plural
from offendermgmt.store.freshness import Freshness

NOTHING: Final = "Nothing to list."
NO_NAMES: Final = "None: this may lie on a desk or a phone, so it has references only. The record has the name."

Line = tuple[str, str]


@dataclass(frozen=True)
class Block:
    """One part of the morning: a note or empty text, its figures (title, and value with what it is of), its tables."""

    title: str
    note: str
    figures: tuple[Line, ...]
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Briefing:
    """The whole paper of a day; `about` says what it shows and from what it was made, as names with texts.

    `most` is how many rows a list has at most.
    """

    title: str
    markings: tuple[str, ...]
    made_at: datetime
    most: int
    about: tuple[Line, ...]
    blocks: tuple[Block, ...]
    definitions: tuple[Line, ...]


def briefing(
    morning: Morning, freshness: Freshness, markings: Sequence[str], made_at: datetime, *, most: int
) -> Briefing:
    """The morning in words, with `most` rows a list (those that matter most twice as many), the worst first."""
    on = morning.question.as_of
    return Briefing(
        title=f"{title_of(morning)}, {on:%A} {day_text(on)}",
        markings=tuple(markings),
        made_at=made_at,
        most=most,
        about=tuple(_about(morning, freshness, made_at)),
        blocks=tuple(_block(section, morning, most) for section in morning.sections.values()),
        definitions=tuple(_definitions(morning)),
    )


def title_of(morning: Morning) -> str:
    """What the briefing is called beside its day, as `Briefing MOSOVO T1`."""
    question = morning.question
    return " ".join(["Briefing", *(ref for ref in (morning.unit, question.team_ref, question.officer_ref) if ref)])


def _about(morning: Morning, freshness: Freshness, made_at: datetime) -> Iterator[Line]:
    question, since = morning.question, morning.since
    known_at = question.snapshot.known_at
    yield "Whose", _whose(morning)
    yield "Day", f"As of the end of {day_text(question.as_of)}"
    yield "As known at", f"{moment_text(known_at or made_at)}{'' if known_at else ', when this was made'}"
    reviewed = since and f"Of {day_text(since.review_on)}, as known at {moment_text(since.known_at)}"
    yield "Last review", reviewed or "None is signed"
    yield "Data", _data(freshness, morning.unit)
    yield "Policy", question.policy.version
    yield "Names", NO_NAMES


def _whose(morning: Morning) -> str:
    question = morning.question
    team, officer = question.team_ref, question.officer_ref
    chosen = [f"team {team_names(question).get(team) or 'without a name'} ({team})"] if team else []
    chosen += [f"officer {officer}"] if officer else []
    return f"{morning.unit}, {', '.join(chosen) or scope_text(question).lower()}"


def _data(freshness: Freshness, unit: Unit) -> str:
    loaded = newest_by_source(freshness.loads).get(unit)
    last = f"Last loaded {moment_text(loaded)}" if loaded else "Nothing has been loaded yet"
    return f"{last}; {plural(freshness.open_refused, 'refused row')} waiting"


def _block(section: Section, morning: Morning, most: int) -> Block:
    tables = [
        table(listed, section.lists[code], most)
        for (part, code), listed in LISTS.items()
        if part is section.part and len(section.lists.get(code, ()))
    ]
    if section.part is Part.BACKLOG and len(cases := section.lists["size"]):
        tables.append(matrix(by_risk_and_band(cases, morning.question.policy.bands)))
    return Block(
        title=TITLE[section.part],
        note=_note(section, morning) or ("" if tables else NOTHING),
        figures=tuple(figure_line(figure) for figure in section.figures.values()),
        tables=tuple(tables),
    )


def _note(section: Section, morning: Morning) -> str:
    if section.part is not Part.CHANGES:
        return ""
    return NO_REVIEW if morning.since is None else restated_in_words(section, morning.since, morning.unit)


def _definitions(morning: Morning) -> Iterator[Line]:
    """The first sentence of each figure's meaning, once, with its rules: the page on figures has the whole."""
    every = [figure.definition for section in morning.sections.values() for figure in section.figures.values()]
    for definition in dict.fromkeys(every):
        yield definition.title, _in_short(definition)


def _in_short(definition: Definition) -> str:
    first = definition.meaning.split(". ")[0].rstrip(".")
    return f"{first} ({', '.join(definition.rules)})."
