"""What every table shares: naming, UTC timestamps, and the columns and keys of a recording."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Final

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    false,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

from offendermgmt.domain.facts import KEYS

_SQLITE_MOMENT: Final = sqlite.DATETIME(  # type: ignore[no-untyped-call]
    storage_format="%(year)04d-%(month)02d-%(day)02dT%(hour)02d:%(minute)02d:%(second)02d.%(microsecond)06d"
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: an aware datetime in, the same moment in UTC out, on databases with and without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """SQLite keeps text: ISO 8601 with all six decimals, so that moments sort as their texts do."""
        return dialect.type_descriptor(_SQLITE_MOMENT if dialect.name == "sqlite" else self.impl_instance)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as the database keeps it; a ValueError where it has no offset."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()} has no offset from UTC, so the moment it names is not known.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Root of the mapped tables."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(constraint_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
        }
    )
    type_annotation_map: Final = {datetime: UtcDateTime}


ForceRef = Annotated[str, mapped_column(String, primary_key=True)]
Number = Annotated[int, mapped_column(BigInteger, primary_key=True, autoincrement=False)]
Note = Annotated[str, mapped_column(Text)]
EntryRef = Annotated[str, mapped_column(String, primary_key=True, sort_order=-2)]


class Recorded:
    """The columns that make a row a recording: who it belongs to, its order of arrival, and when it was recorded."""

    force_ref: Mapped[ForceRef] = mapped_column(sort_order=-3)
    recording_id: Mapped[Number] = mapped_column(sort_order=-2)
    batch_id: Mapped[int] = mapped_column(BigInteger, sort_order=-1)
    recorded_at: Mapped[datetime] = mapped_column(sort_order=100)
    is_void: Mapped[bool] = mapped_column(default=False, server_default=false(), sort_order=101)


class Versioned:
    """The columns that make a row a version of a ledger's entry: the highest stands, a void one takes the entry away.

    The entry's reference is a column of the ledger's own, an `EntryRef`.
    """

    force_ref: Mapped[ForceRef] = mapped_column(ForeignKey("forces.force_ref", name="force_ref"), sort_order=-3)
    version: Mapped[Number] = mapped_column(sort_order=-1)
    author: Mapped[str] = mapped_column(sort_order=101)
    recorded_at: Mapped[datetime] = mapped_column(sort_order=102)
    is_void: Mapped[bool] = mapped_column(default=False, server_default=false(), sort_order=103)


def one_of(column: str, words: Iterable[StrEnum]) -> CheckConstraint:
    """The column holds one of the words of its vocabulary."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def ends_after_start() -> CheckConstraint:
    """`to_on` is the first day a fact no longer holds (D2), so it lies after `from_on`."""
    return CheckConstraint("to_on > from_on", name="to_on")


def refers_to(register: str, column: str) -> ForeignKeyConstraint:
    """The column names someone or something in the force's register of offenders, officers, teams or cases."""
    return ForeignKeyConstraint(
        ["force_ref", column],
        [f"{register}_identities.force_ref", f"{register}_identities.{register}_ref"],
        name=column,
    )


def recorded_in(table: str, *more: SchemaItem) -> tuple[Any, ...]:
    """Table arguments of a recordings table: its index on the contract's key, and `more`.

    `batch_id` has no foreign key: only the unit of work writes it, in the transaction that writes the batch.
    """
    return (Index(f"ix_{table}_key", "force_ref", *KEYS[table], "recorded_at"), *more, {"sqlite_with_rowid": False})
