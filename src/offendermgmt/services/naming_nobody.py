"""What the boards read points at nobody: no reference of an offender or a case stands in it (M45)."""

import re
from typing import Final

from offendermgmt.services.changes import ChangeRefused
from offendermgmt.services.snapshot import Snapshot

_TOKEN: Final = re.compile(r"[\w-]+")
_REGISTERS: Final = ("offender", "case")


def require_nobody_named(snapshot: Snapshot, *texts: str) -> None:
    """ChangeRefused where a text holds a reference that the store knows, in any letters' case.

    Names it cannot tell from other words: the form asks for none.
    """
    said = {token.casefold(): token for text in texts for token in _TOKEN.findall(text)}
    for register in _REGISTERS:
        for ref in snapshot.facts.registers[register].astype("str"):
            if ref.casefold() in said:
                raise ChangeRefused(
                    f"Nothing was recorded: the boards read this, and {ref} is one person's or case's reference. "
                    "Decide on a case on its own record, and say here what is meant in general."
                )
