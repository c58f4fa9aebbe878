"""What can be wrong with the store, as sentences for people: what, where, what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoFreeConnection


class StoreError(Exception):
    """Anything that kept the store from doing what was asked; its text can be shown as it is."""


class FactRefused(StoreError):
    """Rows broke a constraint of the store: an unknown reference, a word outside its vocabulary, a value out of range.

    Loading checks rows first, so this says that two programs disagree about the contract.
    """


class StoreUnavailable(StoreError):
    """The store cannot be used now; nothing was written."""


class StoreUnreachable(StoreUnavailable):
    """No connection could be made, or it was lost."""


class StoreReadOnly(StoreUnavailable):
    """The file, disk or account allows no writing."""


class StoreFull(StoreUnavailable):
    """No room left to write."""


class StoreBusy(StoreUnavailable):
    """Somebody else is writing and did not finish in time."""


class StoreNotReady(StoreUnavailable):
    """Not initialised, or at another migration than this program's."""


class StoreDamaged(StoreUnavailable):
    """The file is no database, or a broken one."""


Failure = tuple[type[StoreError], str]

_BUSY: Final[Failure] = (
    StoreBusy,
    "Somebody else is writing to {place}. Nothing of yours was written; try again when they have finished.",
)
_FULL: Final[Failure] = (StoreFull, "There is no room left to write to {place}. Free some space and try again.")
_READ_ONLY: Final[Failure] = (
    StoreReadOnly,
    "{place} cannot be written to. Check that the file, its folder and the account's rights allow writing.",
)
_NOT_READY: Final[Failure] = (StoreNotReady, "{place} has not been initialised. Run `offendermgmt init`.")
_REFUSED: Final[Failure] = (FactRefused, "{place} refused the rows: {detail}")
_SQLITE: Final[dict[int, Failure]] = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
    sqlite3.SQLITE_FULL: _FULL,
    sqlite3.SQLITE_CONSTRAINT: _REFUSED,
    sqlite3.SQLITE_CANTOPEN: (
        StoreUnreachable,
        "{place} cannot be opened. Check that its folder exists and that you may write to it.",
    ),
    sqlite3.SQLITE_NOTADB: (
        StoreDamaged,
        "{place} is no database. Check OFFENDERMGMT_DATABASE_URL, or move the file away and run `offendermgmt init`.",
    ),
    sqlite3.SQLITE_CORRUPT: (StoreDamaged, "{place} is damaged ({detail}). Put its last good copy back."),
    sqlite3.SQLITE_IOERR: (StoreUnreachable, "{place} cannot be read or written ({detail}). Check the disk."),
}
_UNREACHABLE: Final[Failure] = (
    StoreUnreachable,
    "{place} cannot be reached ({detail}). Check that the server runs and OFFENDERMGMT_DATABASE_URL names it.",
)
# By SQLSTATE, the longest beginning that fits.
_POSTGRESQL: Final[dict[str, Failure]] = {
    "08": _UNREACHABLE,
    "23": _REFUSED,
    "25006": _READ_ONLY,
    "28": (StoreUnreachable, "{place} refused the account ({detail}). Check the user and password in the address."),
    "3D000": (
        StoreUnreachable,
        "{place} does not exist. Ask for the database to be created, then `offendermgmt init`.",
    ),
    "40001": _BUSY,
    "42501": _READ_ONLY,
    "42P01": _NOT_READY,
    "53100": _FULL,
    "53": (StoreUnreachable, "{place} has no capacity left ({detail}). Try again, or raise the server's limits."),
    "55P03": _BUSY,
    "57P": _UNREACHABLE,
}


def _failure_in_sqlite(error: sqlite3.Error) -> Failure | None:
    if str(error).startswith("no such table"):
        return _NOT_READY
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else _SQLITE.get(code & 0xFF)


def _failure_in_postgresql(error: psycopg.Error) -> Failure | None:
    if error.sqlstate is None:
        return _UNREACHABLE if isinstance(error, psycopg.OperationalError) else None
    fitting = [failure for start, failure in _POSTGRESQL.items() if error.sqlstate.startswith(start)]
    return fitting[0] if fitting else None


def _explained(error: BaseException, place: str) -> StoreError | None:
    if isinstance(error, NoFreeConnection):
        return StoreBusy(f"Every connection to {place} is in use. Try again in a moment.")
    if isinstance(error, DBAPIError) and error.orig is not None:
        return _explained(error.orig, place)
    failure = None
    if isinstance(error, sqlite3.Error):
        failure = _failure_in_sqlite(error)
    elif isinstance(error, psycopg.Error):
        failure = _failure_in_postgresql(error)
    if failure is None:
        return None
    kind, sentence = failure
    detail = str(error).strip().partition("\n")[0]
    text = sentence.format(place=place, detail=detail)
    return kind(text[0].upper() + text[1:])


@contextmanager
def explaining(place: str) -> Iterator[None]:
    """Raise a failure of the database at `place` as a StoreError; one without a sentence of its own goes through."""
    try:
        yield
    except (DBAPIError, NoFreeConnection, sqlite3.Error, psycopg.Error) as error:
        explained = _explained(error, place)
        if explained is None:
            raise
        raise explained from error
