"""The store's tables: twenty-three of recordings, four of identities, the ledger, the daily work and the boards."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Table

from offendermgmt.domain.facts import COLUMNS
from offendermgmt.store.tables import boards, daily, identities, ledger, mosovo, polit
from offendermgmt.store.tables.base import Base

metadata: Final = Base.metadata
RECORDINGS: Final[Mapping[str, Table]] = {name: metadata.tables[name] for name in COLUMNS}
IDENTITIES: Final[Mapping[str, Table]] = {
    register: metadata.tables[f"{register}_identities"] for register in ("offender", "case", "officer", "team")
}

__all__ = ["IDENTITIES", "RECORDINGS", "Base", "boards", "daily", "identities", "ledger", "metadata", "mosovo", "polit"]
