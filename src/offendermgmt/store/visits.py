"""What the frames of visits leave out: the free text, read for the few rows that are shown."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from offendermgmt.store.store import Store
from offendermgmt.store.tables.mosovo import Visit

# Under the number of parameters that either database takes in one statement.
_AT_ONCE: Final = 5_000


def lone_reasons(store: Store, force_ref: str, recording_ids: Sequence[int]) -> dict[int, str]:
    """Why each of these recorded visits was made alone, by recording_id; none where no reason is recorded."""
    found: dict[int, str] = {}
    with store.read() as connection:
        for start in range(0, len(recording_ids), _AT_ONCE):
            some = Visit.recording_id.in_(recording_ids[start : start + _AT_ONCE])
            query = select(Visit.recording_id, Visit.lone_reason).where(
                Visit.force_ref == force_ref, some, Visit.lone_reason.is_not(None)
            )
            found.update((row.recording_id, str(row.lone_reason)) for row in connection.execute(query))
    return found
