"""Downloads put on record: who took which list out of the product, when, why and for whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from offendermgmt.services.access import ROLE_TITLES, NotPermitted, Viewer
from offendermgmt.services.consultations import Subject
from offendermgmt.services.desk import Desk
from offendermgmt.services.figures import Setting


@dataclass(frozen=True)
class Disclosure:
    """A list that leaves: the page's name in the address, the list's title, its form, length, filters and the reason.

    `has_names` says that people are named in it, `subject` whose record it is of, if one person's or case's: either
    needs a reason.
    """

    page: str
    title: str
    form: str
    rows: int
    has_names: bool
    filters: Mapping[str, str]
    reason: str = ""
    subject: Subject | None = None


def record_disclosure(desk: Desk, viewer: Viewer, setting: Setting, disclosure: Disclosure) -> None:
    """Put one audit record of a download (Data Protection Act 2018, section 62); the file may leave only after it.

    Its subject is the page, or the offender or case whose record the list is of.

    NotPermitted for names where the viewer sees none; ValueError where a reason is needed and missing;
    StoreUnavailable where the record cannot be written. Who may have the rows is for the service that gave them.
    """
    if disclosure.has_names and not viewer.sees_names:
        raise NotPermitted(f"{ROLE_TITLES[viewer.role]} sees no names. Download the list without them.")
    if disclosure.has_names and not disclosure.reason.strip():
        raise ValueError("This list names people. Say why you download it and who it is for.")
    subject = disclosure.subject
    if subject and not disclosure.reason.strip():
        raise ValueError(f"This is {subject.words}. Say why you download it and who it is for.")
    desk.store.audit(
        desk.force_ref,
        user=viewer.name,
        action="downloaded",
        subject_kind=subject.kind if subject else "page",
        subject_ref=subject.ref if subject else disclosure.page,
        details={
            "role": str(viewer.role),
            "page": disclosure.page,
            "list": disclosure.title,
            "form": disclosure.form,
            "rows": disclosure.rows,
            "names": disclosure.has_names,
            "reason": disclosure.reason.strip(),
            "filters": dict(disclosure.filters),
            "as_of": setting.as_of.isoformat(),
            "known_at": setting.known_at.isoformat() if setting.known_at else None,
            "policy": setting.policy_version,
        },
    )
