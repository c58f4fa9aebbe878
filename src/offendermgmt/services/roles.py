"""What each role may see, in words, read off the rules that decide it."""

from offendermgmt.services.access import OWN_CASES_ONLY, ROLE_TITLES, Role, Viewer
from offendermgmt.services.refused import may_dismiss, may_see


def what_each_role_sees(smallest_count: int) -> list[dict[str, str]]:
    """A row a role, in the roles' order: role, cases, people, quality; counts under `smallest_count` are kept."""
    return [_of(Viewer("", role), smallest_count) for role in Role]


def _of(viewer: Viewer, smallest_count: int) -> dict[str, str]:
    return {
        "role": ROLE_TITLES[viewer.role],
        "cases": _cases(viewer.role),
        "people": _people(viewer, smallest_count),
        "quality": "Sees and dismisses" if may_dismiss(viewer) else "Sees" if may_see(viewer) else "Sees their number",
    }


def _cases(role: Role) -> str:
    if role in OWN_CASES_ONLY:
        return "Those they hold"
    return "Their teams' and unallocated" if role is Role.SUPERVISOR else "Whole force"


def _people(viewer: Viewer, smallest_count: int) -> str:
    if not viewer.opens_lists:
        return f"Counts only, none under {smallest_count}"
    return "Lists and records, with names" if viewer.sees_names else "Lists and records, without names"
