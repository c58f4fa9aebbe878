"""The performance framework: key performance questions, and the measures that answer them (M1, M2).

The framework that ships with the product holds until an administrator records another version of one of its questions
or measures, or one more of them. A version is in force from its own day: a yearly refresh is versions from one day on.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final, Generic, TypeVar

from offendermgmt.domain.vocabulary import Board, Improvement
from offendermgmt.services.desk import Desk
from offendermgmt.store.framework import measure_versions, question_versions

SHIPPED: Final = "Shipped with the product"


@dataclass(frozen=True)
class KeyQuestion:
    """A key performance question, in force from a day until `to_on` (the first day it no longer is)."""

    question_ref: str
    text: str
    position: int
    from_on: date
    to_on: date | None = None

    @property
    def ref(self) -> str:
        """Its reference."""
        return self.question_ref


@dataclass(frozen=True)
class Measure:
    """A measure that answers a key performance question, in force from a day until `to_on`.

    `figure` is a code of `measure_figures.FIGURES`. `target` is a fraction for a share, else in the figure's unit;
    None where there is no source for one. `owner` is a post.
    """

    measure_ref: str
    question_ref: str
    figure: str
    title: str
    improvement: Improvement
    target: float | None
    target_source: str | None
    owner: str
    boards: tuple[Board, ...]
    position: int
    from_on: date
    to_on: date | None = None

    @property
    def ref(self) -> str:
        """Its reference."""
        return self.measure_ref


Entry = TypeVar("Entry", KeyQuestion, Measure)


@dataclass(frozen=True)
class Version(Generic[Entry]):
    """One version of a question or measure: what it says, and who said so and when (UTC); 0 is the shipped one."""

    entry: Entry
    version: int
    author: str
    recorded_at: datetime | None
    is_void: bool = False


@dataclass(frozen=True)
class Framework:
    """Questions and measures in force on a day, in their order; each measure's question is among the questions."""

    questions: tuple[KeyQuestion, ...]
    measures: tuple[Measure, ...]

    def measures_of(self, question: KeyQuestion, board: Board | None = None) -> tuple[Measure, ...]:
        """The measures that answer a question; those that a board reads, if one is named."""
        return tuple(
            measure
            for measure in self.measures
            if measure.question_ref == question.question_ref and (board is None or board in measure.boards)
        )

    def of_board(self, board: Board) -> "Framework":
        """What of the framework a board reads: its measures, and the questions that they answer."""
        measures = tuple(measure for measure in self.measures if board in measure.boards)
        answered = {measure.question_ref for measure in measures}
        return Framework(tuple(one for one in self.questions if one.question_ref in answered), measures)


@dataclass(frozen=True)
class Histories:
    """Every version of every question and measure known at a moment, by reference, the oldest first."""

    questions: Mapping[str, Sequence[Version[KeyQuestion]]]
    measures: Mapping[str, Sequence[Version[Measure]]]

    def on(self, day: date) -> Framework:
        """The framework in force on a day."""
        return self._framework(lambda versions: _in_force(versions, day))

    def newest(self) -> Framework:
        """What every question and measure is to be at last: those still to begin, and those retired, too."""
        return self._framework(lambda versions: None if versions[-1].is_void else versions[-1].entry)

    def _framework(self, chosen: Callable[[Any], Any]) -> Framework:
        questions: tuple[KeyQuestion, ...] = _in_order(chosen(versions) for versions in self.questions.values())
        measures: tuple[Measure, ...] = _in_order(chosen(versions) for versions in self.measures.values())
        place = {question.question_ref: at for at, question in enumerate(questions)}
        asked = [measure for measure in measures if measure.question_ref in place]
        return Framework(questions, tuple(sorted(asked, key=lambda measure: place[measure.question_ref])))

    def retired(self, day: date) -> tuple[Measure, ...]:
        """Measures that were in force and are no longer on the day, the last retired first."""
        in_force = {measure.measure_ref for measure in self.on(day).measures}
        newest = [_begun(versions, day) for ref, versions in self.measures.items() if ref not in in_force]
        ended = [version.entry for version in newest if version is not None and version.entry.to_on is not None]
        return tuple(sorted(ended, key=lambda measure: (measure.to_on or day, measure.measure_ref), reverse=True))


def framework_on(desk: Desk, day: date, known_at: datetime | None = None) -> Framework:
    """The framework in force on a day, or as it was known at `known_at` (D3)."""
    return histories(desk, known_at).on(day)


def histories(desk: Desk, known_at: datetime | None = None) -> Histories:
    """Every version of the framework, shipped or recorded, or those recorded by `known_at` (D3)."""
    shipped = shipped_framework()
    store, force_ref = desk.store, desk.force_ref
    questions = [_version(row, _question(row)) for row in question_versions(store, force_ref)]
    measures = [_version(row, _measure(row)) for row in measure_versions(store, force_ref)]
    return Histories(
        _by_ref(shipped.questions, questions, known_at),
        _by_ref(shipped.measures, measures, known_at),
    )


@cache
def shipped_framework() -> Framework:
    """The framework that ships with the product; KeyError or ValueError names what its document lacks."""
    text = files("offendermgmt.services").joinpath("shipped_framework.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    from_on, questions, measures = document["from_on"], [], []
    for position, one in enumerate(document["question"], start=1):
        questions.append(KeyQuestion(one["ref"], one["text"], position, from_on))
        for place, measure in enumerate(one["measure"], start=1):
            measures.append(_shipped_measure(measure, one["ref"], place, from_on))
    return Framework(tuple(questions), tuple(measures))


def retired_text(measure: Measure) -> str:
    """That a measure is or will be retired, in words; empty for one without an end."""
    if measure.to_on is None:
        return ""
    return (
        f"Retired from {measure.to_on.day} {measure.to_on:%b %Y}: months that end on or after that day have no value."
    )


def _shipped_measure(said: Mapping[str, Any], question_ref: str, position: int, from_on: date) -> Measure:
    return Measure(
        measure_ref=said["ref"],
        question_ref=question_ref,
        figure=said["figure"],
        title=said["title"],
        improvement=Improvement(said["improvement"]),
        target=said.get("target"),
        target_source=said.get("target_source"),
        owner=said["owner"],
        boards=tuple(Board(board) for board in said["boards"]),
        position=position,
        from_on=from_on,
    )


def _question(row: Any) -> KeyQuestion:
    return KeyQuestion(row.question_ref, row.text, row.position, row.from_on, row.to_on)


def _measure(row: Any) -> Measure:
    return Measure(
        row.measure_ref,
        row.question_ref,
        row.figure,
        row.title,
        Improvement(row.improvement),
        row.target,
        row.target_source,
        row.owner,
        tuple(Board(board) for board in row.boards.split(";") if board),
        row.position,
        row.from_on,
        row.to_on,
    )


def _version(row: Any, entry: Entry) -> Version[Entry]:
    return Version(entry, row.version, row.author, row.recorded_at, row.is_void)


def _by_ref(
    shipped: Iterable[Entry], recorded: Iterable[Version[Entry]], known_at: datetime | None
) -> dict[str, list[Version[Entry]]]:
    found = {entry.ref: [Version(entry, 0, SHIPPED, None)] for entry in shipped}
    for version in recorded:
        if known_at is None or version.recorded_at is None or version.recorded_at <= known_at:
            found.setdefault(version.entry.ref, []).append(version)
    return found


def _begun(versions: Sequence[Version[Entry]], day: date) -> Version[Entry] | None:
    """The newest version that had begun by the day; None where none had, or the newest of all takes the entry away."""
    if versions[-1].is_void:
        return None
    return next((version for version in reversed(versions) if version.entry.from_on <= day), None)


def _in_force(versions: Sequence[Version[Entry]], day: date) -> Entry | None:
    begun = _begun(versions, day)
    return None if begun is None or (begun.entry.to_on or date.max) <= day else begun.entry


def _in_order(entries: Iterable[Entry | None]) -> tuple[Entry, ...]:
    return tuple(sorted((entry for entry in entries if entry is not None), key=lambda one: (one.position, one.ref)))
