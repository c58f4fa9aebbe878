"""Findings on visits made alone, kept in versions: one entry a visit, named by the visit's reference.

So two supervisors who judge one visit at a time meet in one entry. The text of a withdrawal is why it was withdrawn.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from offendermgmt.domain.vocabulary import LoneFinding
from offendermgmt.store.store import Store
from offendermgmt.store.tables.daily import LoneVisitFinding
from offendermgmt.store.versions import Outdated, append_version, newest_version, versions
from offendermgmt.store.work import UnitOfWork


class FindingChanged(Outdated):
    """Somebody else judged the visit, or corrected or withdrew the finding on it, meanwhile."""


def finding_versions(store: Store, force_ref: str) -> Sequence[Row[Any]]:
    """Every version of every finding, with the columns of `lone_visit_findings`, in order of visit and version."""
    return versions(store, LoneVisitFinding, force_ref)


def newest_finding(work: UnitOfWork, visit_ref: str) -> Row[Any] | None:
    """The newest version of the finding on a visit as the write finds it, void or not; None for one never judged."""
    return newest_version(work, LoneVisitFinding, visit_ref)


def append_finding(
    work: UnitOfWork,
    visit_ref: str,
    after: int,
    *,
    finding: LoneFinding,
    text: str,
    found_by: str,
    is_void: bool = False,
) -> None:
    """Add the version that follows `after` (0 = the visit's first); FindingChanged if that is not the newest."""
    outdated = FindingChanged(
        f"Somebody else recorded a finding on visit {visit_ref}, or changed it, meanwhile. Nothing of yours was saved: "
        "look at what stands now, and correct it if need be."
    )
    said = {"finding": str(finding), "text": text, "found_by": found_by}
    append_version(work, LoneVisitFinding, visit_ref, after, outdated, is_void=is_void, **said)
