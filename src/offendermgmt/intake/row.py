"""What every model of the data contract shares: the checks it names, and the columns of a recording."""

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from pydantic import BaseModel, ConfigDict, model_validator

RECORDED_AT: Final = "When this was put on record; empty means the time of loading."
IS_VOID: Final = "`true` withdraws the fact (D4)."


class Row(BaseModel):
    """One row of a table, from the text of its cells; a blank cell counts as absent.

    `dated` is the column that may not lie before registration or receipt; those in `happened` may not lie in the
    future; a column in `not_before` may not lie before the one it names.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    about: ClassVar[str]
    dated: ClassVar[str | None] = None
    happened: ClassVar[tuple[str, ...]] = ()
    not_before: ClassVar[Mapping[str, str]] = {}

    @model_validator(mode="before")
    @classmethod
    def _blank_is_absent(cls, cells: Any) -> Any:
        if not isinstance(cells, dict):
            return cells
        return {name: text for name, text in cells.items() if text is not None and str(text).strip()}
