"""What was put on record late, and what was refused, since the last review of a unit (R61, R62)."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from offendermgmt.domain.days import LONDON, day_number
from offendermgmt.domain.late_records import CORRECTED, RECORDED, WITHDRAWN, late_records
from offendermgmt.domain.segments import Codes, Segments
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services import offender, polit_case
from offendermgmt.services.labels import dates, refs, team_refs
from offendermgmt.services.morning_parts import Since
from offendermgmt.services.question import Question

KINDS: Final = {RECORDED: "recorded", CORRECTED: "corrected", WITHDRAWN: "withdrawn"}
_KIND: Final = np.array([KINDS[kind] for kind in sorted(KINDS)], dtype=object)
_TABLES: Final[Mapping[Unit, Mapping[str, str]]] = {
    Unit.MOSOVO: offender.DATED_BY,
    Unit.POLIT: polit_case.DATED_BY,
}
# A fact recorded again with what has come of it is of that day, not of the one it began on.
_LATER_DAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "allocations": ("to_on",),
    "visit_intervals": ("to_on",),
    "orders": ("to_on",),
    "polit_allocations": ("to_on",),
    "polit_children": ("referred_on", "safeguarded_on"),
    "polit_examinations": ("result_on",),
}
_COLUMNS: Final = ["table", "ref", "dated_on", "recorded_at", "kind", "officer_ref", "team_ref"]


def first_unseen(since: Since) -> int:
    """The first day of which a change is no late record: the review's own, where it was made before that was over."""
    made_on = since.known_at.astimezone(LONDON).date()
    return day_number(since.review_on) + (made_on > since.review_on)


def late(question: Question, since: Since, unit: Unit, added: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Of the rows `added` since the review (`seen.recorded_since`) those of days it had looked at.

    In order of table, day and reference.
    Columns table, ref (of the offender or case), dated_on, recorded_at (UTC), kind (a value of `KINDS`), and of the
    holder on the day officer_ref and team_ref (empty = unallocated).
    """
    subject = "offender" if unit is Unit.MOSOVO else "case"
    listed = [
        _of_table(question, since, name, added[name], dated_by, subject)
        for name, dated_by in _TABLES[unit].items()
        if name in added
    ]
    if not listed:
        return pd.DataFrame(columns=_COLUMNS)
    rows: pd.DataFrame = pd.concat(listed, ignore_index=True)
    return rows.sort_values(["table", "dated_on", "ref"], kind="stable", ignore_index=True)


def _of_table(
    question: Question, since: Since, name: str, added: pd.DataFrame, dated_by: str, subject: str
) -> pd.DataFrame:
    snapshot, days = question.snapshot, (dated_by, *_LATER_DAYS.get(name, ()))
    frame = snapshot.recordings.tables[name]
    rows = late_records(name, frame, added, days, first_unseen(since), question.on)
    code = rows[f"{subject}_ref"].cat.codes.to_numpy().astype(np.int32)
    day = rows["day"].to_numpy()
    if subject == "offender":
        officer, scope = snapshot.holder_on(code, day), question.offender_scope
    else:
        officer, scope = _holder_of_case(question, code, day), question.case_scope
    listed = pd.DataFrame(
        {
            "table": name,
            "ref": refs(snapshot, subject, code),
            "dated_on": dates(day),
            "recorded_at": rows["recorded_at"].dt.tz_localize("UTC").array,
            "kind": _KIND[rows["kind"].to_numpy()],
            "officer_ref": refs(snapshot, "officer", officer),
            "team_ref": team_refs(snapshot, officer),
        }
    )
    return listed[scope.holds(officer)]


def _holder_of_case(question: Question, case: Codes, day: Codes) -> Codes:
    """Holder of each case on a day, -1 for nobody's and for one withdrawn or not received by then."""
    frame = question.snapshot.cases.segments
    segments = Segments(frame["case"].to_numpy(), frame["start"].to_numpy())
    at = segments.covering(case, day)
    is_there = at >= 0
    is_there[is_there] = segments.subject[at[is_there]] == case[is_there]
    return np.append(frame["officer"].to_numpy(), -1)[np.where(is_there, at, -1)].astype(np.int32)
