"""What each role may see, in words, read off the rules that decide it."""

from offendermgmt.services.access import OWN_CASES_ONLY, ROLE_TITLES, Role, Viewer
from offendermgmt.services.refused import may_dismiss, may_see


def what_each_role_sees() -> list[dict[str, str]]:
    """A row a role, in the roles' order: role, cases, people, quality."""
    return [_of(Viewer("", role)) for role in Role]


def _of(viewer: Viewer) -> dict[str, str]:
    return {
        "role": ROLE_TITLES[viewer.role],
        "cases": _cases(viewer.role),
        "people": _people(viewer),
        "quality": "Sees and dismisses" if may_dismiss(viewer) else "Sees" if may_see(viewer) else "Sees their number",
    }


def _cases(role: Role) -> str:
    if role in OWN_CASES_ONLY:
        return "Those they hold"
    return "Their teams' and unallocated" if role is Role.SUPERVISOR else "Whole force"


def _people(viewer: Viewer) -> str:
    if not viewer.opens_lists:
        return "Counts only, none under 5"
    return "Lists and records, with names" if viewer.sees_names else "Lists and records, without names"
