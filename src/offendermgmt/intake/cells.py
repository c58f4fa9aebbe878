"""How each kind of value is written in a cell, read from it, and what to say when it is not one.

Each kind is a Pydantic annotation whose check runs compiled, so that a million cells cost a second, not a minute.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, GetCoreSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import (
    ASSESSED_LEVELS,
    ChildAccess,
    EnforcementKind,
    OffenderStatus,
    Stage,
    Unit,
    VisitOutcome,
)

EARLIEST = date(1900, 1, 1)
LIST_SEPARATOR = ";"
REFERENCE_LENGTH = 64


class Cell(ABC):
    """One kind of value: `form` says how it is written."""

    form: str

    @abstractmethod
    def text_schema(self) -> CoreSchema:
        """The check made on the text before it is turned into a value."""

    @abstractmethod
    def why_not(self, text: str) -> str:
        """What is wrong with `text` and what to do: a clause that follows the column's name."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.chain_schema([self.text_schema(), handler(source)])


@dataclass(frozen=True)
class Text(Cell):
    """Free text, no longer than `length` characters."""

    length: int
    form: str = "text"

    def text_schema(self) -> CoreSchema:
        """Any text without control characters other than line ends and tabs."""
        pattern = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$"
        return core_schema.str_schema(strip_whitespace=True, max_length=self.length, pattern=pattern)

    def why_not(self, text: str) -> str:
        """Too long, or not text."""
        if len(text.strip()) > self.length:
            return f"is longer than {self.length} characters; shorten it"
        return "holds characters that are not text; remove them"


@dataclass(frozen=True)
class Reference(Cell):
    """A reference, kept as text; to a row of the table `to`, where it names one."""

    to: str | None = None
    form: str = "reference"

    def text_schema(self) -> CoreSchema:
        """A short text that can stand in a list: no semicolon."""
        pattern = r"^[^;\x00-\x1f]+$"
        return core_schema.str_schema(strip_whitespace=True, max_length=REFERENCE_LENGTH, pattern=pattern)

    def why_not(self, text: str) -> str:
        """Too long, or with a character no reference has."""
        if len(text.strip()) > REFERENCE_LENGTH:
            return f"is longer than a reference's {REFERENCE_LENGTH} characters; check that the columns are in place"
        return "holds a character that no reference may have (a semicolon or a line break); correct it"


@dataclass(frozen=True)
class References(Reference):
    """Several references to the table `to`, as `a;b`."""

    form: str = "list of references `a;b`"

    def text_schema(self) -> CoreSchema:
        """References with semicolons between them."""
        one = rf"[^;\x00-\x1f]{{1,{REFERENCE_LENGTH}}}"
        return core_schema.str_schema(strip_whitespace=True, max_length=4000, pattern=f"^{one}(;{one})*$")

    def why_not(self, text: str) -> str:  # noqa: ARG002
        """Not a list."""
        return "is not a list of references; write them with a semicolon between each, for instance 1001;1002"


@dataclass(frozen=True)
class Word(Cell):
    """One of the field's words."""

    words: tuple[str, ...]

    @property
    def form(self) -> str:  # type: ignore[override]
        """The words themselves."""
        return ", ".join(f"`{word}`" for word in self.words)

    def text_schema(self) -> CoreSchema:
        """Exactly one of the words."""
        return core_schema.chain_schema(
            [core_schema.str_schema(strip_whitespace=True), core_schema.literal_schema(list(self.words))]
        )

    def why_not(self, text: str) -> str:  # noqa: ARG002
        """The words it may be."""
        return f"is not known; write one of {', '.join(self.words)}"


@dataclass(frozen=True)
class Written(Cell):
    """A value with a written shape (`pattern`), for instance `example`, which is `noun`."""

    form: str
    pattern: str
    noun: str
    example: str
    otherwise: str

    def text_schema(self) -> CoreSchema:
        """Text of the right shape."""
        return core_schema.str_schema(strip_whitespace=True, pattern=self.pattern)

    def why_not(self, text: str) -> str:
        """Wrong shape, or the right shape and no such value."""
        if re.fullmatch(self.pattern, text.strip()):
            return self.otherwise
        return f"is not {self.noun}; write it as {self.form.replace('`', '')}, for instance {self.example}"


@dataclass(frozen=True)
class Number(Cell):
    """A number from `least` to `most`, whole or with a decimal point."""

    least: float
    most: float
    whole: bool = True
    above_least: bool = False
    pattern: str = field(init=False, default=r"^[0-9]{1,9}(\.[0-9]{1,9})?$")

    @property
    def form(self) -> str:  # type: ignore[override]
        """The range."""
        kind = "whole number" if self.whole else "number"
        if self.above_least:
            return f"{kind} above {self.least:g} up to {self.most:g}"
        return f"{kind} from {self.least:g} to {self.most:g}"

    def text_schema(self) -> CoreSchema:
        """Digits, with a decimal point only where the number need not be whole."""
        pattern = r"^[0-9]{1,9}$" if self.whole else self.pattern
        return core_schema.str_schema(strip_whitespace=True, pattern=pattern)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.chain_schema([self.text_schema(), self._range()])

    def _range(self) -> CoreSchema:
        if self.whole:
            return core_schema.int_schema(ge=int(self.least), le=int(self.most))
        if self.above_least:
            return core_schema.float_schema(gt=self.least, le=self.most)
        return core_schema.float_schema(ge=self.least, le=self.most)

    def why_not(self, text: str) -> str:  # noqa: ARG002
        """The range it must be in."""
        return f"is not a {self.form}; correct it"


def cell_of(field: FieldInfo) -> Cell:
    """The kind of value a model's field holds; a TypeError where it has none."""
    annotated = (field, *(part for part in get_args(field.annotation) if hasattr(part, "__metadata__")))
    for part in annotated:
        marks = part.metadata if isinstance(part, FieldInfo) else part.__metadata__
        for mark in marks:
            if isinstance(mark, Cell):
                return mark
    raise TypeError(f"A field of type {field.annotation} does not say how its cell is written.")


def day_in_range(day: date) -> date:
    """`day`, unless it is so early that the year must be mistyped."""
    if day < EARLIEST:
        raise PydanticCustomError("too_early", "before {earliest}", {"earliest": EARLIEST.isoformat()})
    return day


def as_utc(moment: datetime) -> datetime:
    """The moment in UTC; without an offset it is London time (D1).

    In the hour that comes twice in October the first is meant. The hour that does not come in March is refused.
    """
    if moment.tzinfo is not None:
        utc = _shifted(moment)
    else:
        utc = _shifted(moment.replace(tzinfo=LONDON))
        if utc.astimezone(LONDON).replace(tzinfo=None) != moment:
            raise PydanticCustomError("no_such_hour", "the clocks skip this hour")
    if utc.year < EARLIEST.year:
        raise PydanticCustomError("too_early", "before 1900")
    return utc


def _shifted(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as beyond:
        raise PydanticCustomError("out_of_range", "beyond the calendar") from beyond


Line = Annotated[str, Text(200)]
Note = Annotated[str, Text(4000)]
Ref = Annotated[str, Reference()]
TeamRef = Annotated[str, Reference("teams")]
OfficerRef = Annotated[str, Reference("officers")]
OffenderRef = Annotated[str, Reference("offenders")]
CaseRef = Annotated[str, Reference("polit_cases")]


def _joined(text: str) -> str:
    return LIST_SEPARATOR.join(part.strip() for part in text.split(LIST_SEPARATOR))


OfficerRefs = Annotated[str, AfterValidator(_joined), References("officers")]
Day = Annotated[
    date,
    AfterValidator(day_in_range),
    Written(
        form="`YYYY-MM-DD`",
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        noun="a date",
        example="2025-02-28",
        otherwise="is not a day of the calendar from 1900 on; correct the date",
    ),
]
Moment = Annotated[
    datetime,
    AfterValidator(as_utc),
    Written(
        form="ISO 8601 date and time",
        pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
        r"(Z|[+-][0-9]{2}:?[0-9]{2})?$",
        noun="a date and time",
        example="2025-02-28T14:30:00Z",
        otherwise="is not a moment that exists (no such day or hour, before 1900, "
        "or in the hour that the clocks skip in March); correct it",
    ),
]
Flag = Annotated[
    bool,
    Written(
        form="`true` or `false`",
        pattern=r"^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$",
        noun="true or false",
        example="true",
        otherwise="is not true or false; write one of them",
    ),
]
Risk = Annotated[str, Word(tuple(str(level) for level in ASSESSED_LEVELS))]
Status = Annotated[str, Word(tuple(str(status) for status in OffenderStatus))]
CaseStage = Annotated[str, Word(tuple(str(stage) for stage in Stage))]
Enforcement = Annotated[str, Word(tuple(str(kind) for kind in EnforcementKind))]
Access = Annotated[str, Word(tuple(str(access) for access in ChildAccess))]
Outcome = Annotated[str, Word(tuple(str(outcome) for outcome in VisitOutcome))]
UnitName = Annotated[str, Word(tuple(str(unit) for unit in Unit))]
Fte = Annotated[float, Number(0, 1, whole=False, above_least=True)]
AvailableFte = Annotated[float, Number(0, 1, whole=False)]
IntervalDays = Annotated[int, Number(1, 731)]
MappaCategory = Annotated[str, Word(("1", "2", "3", "4"))]
MappaLevel = Annotated[str, Word(("1", "2", "3"))]
