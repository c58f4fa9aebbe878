"""The fields of the data contract's tables as a form asks for them, and a fact's values as people read them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Final, get_args

from pydantic.fields import FieldInfo

from offendermgmt.domain.days import LONDON
from offendermgmt.intake.cells import Cell, Number, Reference, References, Text, Word, cell_of
from offendermgmt.intake.contract import TABLES
from offendermgmt.services.wording import CHILD_ACCESS, ENFORCEMENT, OUTCOME, RISK, STAGE, STATUS

SUBJECT_COLUMN: Final = {"offender": "offender_ref", "case": "case_ref"}
# References that nobody looks up elsewhere: where one is left empty, the product makes it.
MADE_BY_PRODUCT: Final = frozenset({"activity_ref", "enforcement_ref", "examination_ref", "information_ref"})
# Given by the store, or by the record that the form stands on.
_NOT_ASKED: Final = frozenset({"recorded_at", "is_void", *SUBJECT_COLUMN.values()})
_LINE: Final = 200
_WORDS: Final[Mapping[str, Mapping[Any, str]]] = {
    "status": STATUS,
    "risk_level": RISK,
    "stage": STAGE,
    "access": CHILD_ACCESS,
}
_WORDS_OF_TABLE: Final[Mapping[tuple[str, str], Mapping[Any, str]]] = {
    ("polit_enforcements", "kind"): ENFORCEMENT,
    ("visits", "outcome"): OUTCOME,
}
_LABELS: Final = {
    "access": "Access to children",
    "activity_ref": "Reference of the activity",
    "announced": "Announced",
    "approved_by": "Approved by",
    "assessed_on": "Assessed on",
    "assessor_ref": "Assessed by",
    "child_ref": "Reference of the child",
    "enforcement_ref": "Reference of the enforcement",
    "examination_ref": "Reference of the examination",
    "finding": "Found",
    "from_on": "From",
    "identified_on": "Identified on",
    "information_ref": "Reference of the information",
    "interval_days": "Days between visits",
    "kind": "Kind",
    "lone_authorised_at": "Authorised at",
    "lone_authorised_by": "Authorised by",
    "lone_reason": "Why alone",
    "lone_risk_assessed_on": "Risk of going alone assessed on",
    "needs_assessment": "Calls for a new assessment",
    "note": "Note",
    "officer_ref": "Held by",
    "officer_refs": "Crew",
    "on": "Day",
    "order_ref": "Reference of the order",
    "outcome": "Outcome",
    "reason": "Reason",
    "received_on": "Received on",
    "referred_on": "Referred to social care on",
    "result_on": "Result on",
    "reviewed_on": "Reviewed on",
    "reviewer_ref": "Reviewed by",
    "risk_level": "Risk",
    "safeguarded_on": "Safeguarded on",
    "stage": "Stage",
    "status": "State",
    "submitted_on": "Submitted on",
    "to_on": "First day no longer so",
    "tool": "Tool",
    "tool_version": "Version of the tool",
    "visit_ref": "Reference of the visit",
    "visited_at": "Visited at",
}


class FieldKind(StrEnum):
    """How a field is filled in."""

    WORD = "word"
    OFFICER = "officer"
    OFFICERS = "officers"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"
    NUMBER = "number"
    LINE = "line"
    NOTE = "note"
    REFERENCE = "reference"


@dataclass(frozen=True)
class FormField:
    """One field of a form: the contract's column, how it is filled in, and what the contract says of it.

    `words` are the choices of a `WORD` in people's words; `length` the most characters of a text; `least` and `most`
    the range of a number. A key names the fact: with another key it is another fact.
    """

    column: str
    label: str
    help: str
    kind: FieldKind
    is_required: bool
    is_key: bool
    words: Mapping[str, str]
    length: int = 0
    least: int = 0
    most: int = 0


def fields_of(table: str) -> tuple[FormField, ...]:
    """The fields of a table's form, in the contract's order, its subject and what the store adds left out."""
    columns = TABLES[table].model_fields
    return tuple(_field(table, name, info) for name, info in columns.items() if name not in _NOT_ASKED)


def dated_by(table: str) -> str:
    """The column that says which day a fact of the table is dated, or began, on."""
    return TABLES[table].dated or "from_on"


def as_cells(table: str, row: Mapping[str, Any]) -> dict[str, str]:
    """A recording's values as the contract's cells: text, empty where there is no value."""
    return {name: _text(row.get(name)) for name in TABLES[table].model_fields if name not in {"recorded_at", "is_void"}}


def key_of(table: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    """What names the fact among those of the table."""
    return tuple(cells.get(column, "").strip() for column in TABLES[table].key)


def days_in(table: str, cells: Mapping[str, str]) -> Iterator[tuple[str, date]]:
    """The days that the cells say something happened or began on; when it is to end is not among them."""
    for field in fields_of(table):
        if field.kind is FieldKind.DAY and field.column != "to_on" and _is_day(cells.get(field.column, "")):
            yield field.column, date.fromisoformat(cells[field.column])


def in_words(table: str, cells: Mapping[str, str], names: Mapping[str, str]) -> str:
    """A fact on one line, as people read it; `names` are those of officers."""
    return " · ".join(
        said for field in fields_of(table) if (said := _said(field, cells.get(field.column, ""), names)) and said
    )


def london(text: str) -> datetime | None:
    """The moment in a cell as London's clocks show it, without an offset; None where the cell has none."""
    if not text.strip():
        return None
    at = datetime.fromisoformat(text.strip())
    return at if at.tzinfo is None else at.astimezone(LONDON).replace(tzinfo=None)


def _field(table: str, name: str, info: FieldInfo) -> FormField:
    cell = cell_of(info)
    words = dict.fromkeys(cell.words, "") if isinstance(cell, Word) else {}
    named = _WORDS_OF_TABLE.get((table, name)) or _WORDS.get(name) or {}
    return FormField(
        column=name,
        label=_LABELS[name],
        help=info.description or "",
        kind=_kind(cell, info),
        is_required=info.is_required() and name not in MADE_BY_PRODUCT,
        is_key=name in TABLES[table].key,
        words={word: named.get(word, word) for word in words},
        length=cell.length if isinstance(cell, Text) else 64 if isinstance(cell, Reference) else 0,
        least=int(cell.least) if isinstance(cell, Number) else 0,
        most=int(cell.most) if isinstance(cell, Number) else 0,
    )


def _kind(cell: Cell, info: FieldInfo) -> FieldKind:
    if isinstance(cell, Word):
        return FieldKind.WORD
    if isinstance(cell, References):
        return FieldKind.OFFICERS
    if isinstance(cell, Reference):
        return FieldKind.OFFICER if cell.to == "officers" else FieldKind.REFERENCE
    if isinstance(cell, Number):
        return FieldKind.NUMBER
    if isinstance(cell, Text):
        return FieldKind.LINE if cell.length <= _LINE else FieldKind.NOTE
    value = _value_type(info.annotation)
    if value is bool:
        return FieldKind.FLAG
    return FieldKind.MOMENT if value is datetime else FieldKind.DAY


def _value_type(annotation: Any) -> Any:
    """The plain type of a field's values, under what annotates it and whether it may be absent."""
    inner = [part for part in get_args(annotation) if part is not type(None)]
    if not inner:
        return annotation
    return _value_type(inner[0])


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _said(field: FormField, text: str, names: Mapping[str, str]) -> str:
    if not text:
        return ""
    match field.kind:
        case FieldKind.WORD:
            return field.words.get(text, text)
        case FieldKind.OFFICER | FieldKind.OFFICERS:
            return ", ".join(names.get(ref, ref) for ref in text.split(";"))
        case FieldKind.DAY:
            day = date.fromisoformat(text)
            return f"{field.label.lower()} {day.day} {day:%b %Y}"
        case FieldKind.MOMENT:
            at = london(text)
            return "" if at is None else f"{field.label.lower()} {at.day} {at:%b %Y %H:%M}"
        case FieldKind.FLAG:
            return f"{field.label.lower()}: {'yes' if text == 'true' else 'no'}"
    return text
