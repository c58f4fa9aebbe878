"""The codes of a list's rows in the words of paper. Free text is left out: it may name somebody."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.vocabulary import DecisionKind
from offendermgmt.services.assessment_lists import FIRST_VISIT, UNALLOCATED
from offendermgmt.services.triage_words import why
from offendermgmt.services.wording import DECISION, LONE, RISK, STAGE

THE_DCI: Final = "The DCI"
WHO_DECIDED: Final = "Who decided"


def in_words(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, and beside each column of codes that they have its words.

    Columns risk, stage_text, officer (`Unallocated` for nobody), officers (apart by commas), clock (a plan's time in
    London), visited (the visit's day), standing_text, first_visit_text, decision, notice, owner, and why (of triage).
    """
    words = {name: told(rows[source]) for name, (source, told) in _WORDS.items() if source in rows}
    if "is_never_seen" in rows:
        words["why"] = why(rows)
    if "owner_ref" in rows:
        words["owner"] = _owners(rows)
    return rows.assign(**words)


def _owners(rows: pd.DataFrame) -> Any:
    """Whose a decision is to carry out: without an officer of its own, an escalation is the chief inspector's (R11)."""
    nobodys = np.where(rows["kind"] == DecisionKind.ESCALATE, THE_DCI, WHO_DECIDED)
    return rows["owner_ref"].mask(rows["owner_ref"] == "", pd.Series(nobodys, index=rows.index, dtype="str"))


def _mapped(names: Mapping[Any, str]) -> Callable[[Any], Any]:
    return lambda codes: codes.map(names)


def _somebody(officers: Any) -> Any:
    return officers.where(officers != "", UNALLOCATED)


_WORDS: Final[Mapping[str, tuple[str, Callable[[Any], Any]]]] = {
    "risk": ("risk_level", _mapped(RISK)),
    "stage_text": ("stage", _mapped(STAGE)),
    "officer": ("officer_ref", _somebody),
    "officers": ("officer_refs", lambda refs: refs.str.replace(";", ", ", regex=False)),
    "clock": ("planned_at", lambda at: at.dt.tz_convert(LONDON).dt.strftime("%H:%M")),
    "visited": ("visited_at", lambda at: at.dt.tz_convert(LONDON).dt.tz_localize(None)),
    "standing_text": ("standing", _mapped(LONE)),
    "first_visit_text": ("first_visit", _mapped(FIRST_VISIT)),
    "decision": ("kind", _mapped(DECISION)),
    "notice": ("announced", _mapped({True: "Announced", False: "Unannounced"})),
}
