"""Tables, sessions, revision and audit: the only SQL in the project."""

from offendermgmt.store.errors import (
    FactRefused,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreNotReady,
    StoreReadOnly,
    StoreUnavailable,
    StoreUnreachable,
)
from offendermgmt.store.store import Store
from offendermgmt.store.work import UnitOfWork

__all__ = [
    "FactRefused",
    "Store",
    "StoreBusy",
    "StoreDamaged",
    "StoreError",
    "StoreFull",
    "StoreNotReady",
    "StoreReadOnly",
    "StoreUnavailable",
    "StoreUnreachable",
    "UnitOfWork",
]
