"""When each unit's own tables were last loaded."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from offendermgmt.store.freshness import LastLoad as LastLoad

_OF_BOTH: Final = frozenset({"teams", "officers", "officer_availability", "image_viewing"})


def newest_by_source(loads: Iterable[LastLoad]) -> dict[str, datetime]:
    """When each unit's own tables were last loaded; teams and officers belong to both."""
    newest: dict[str, datetime] = {}
    for load in loads:
        source = source_of(load.table)
        if source is not None:
            newest[source] = max(load.finished_at, newest.get(source, load.finished_at))
    return dict(sorted(newest.items()))


def source_of(table: str) -> str | None:
    """The unit whose work a table records, None where it is both's."""
    if table in _OF_BOTH:
        return None
    return "POLIT" if table.startswith("polit_") else "MOSOVO"
