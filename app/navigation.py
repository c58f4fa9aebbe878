"""The pages, their groups, and which roles each is for. What a page may show is decided in services, not here."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

import streamlit as st

from offendermgmt.domain.vocabulary import Board, Unit
from offendermgmt.services.access import OWN_CASES_ONLY, ROLE_TITLES, Role, Viewer
from offendermgmt.services.board_readers import may_read
from offendermgmt.services.morning import READERS as MORNING_READERS
from offendermgmt.services.my_day import READERS
from offendermgmt.services.refused import may_see
from offendermgmt.services.review_days import READERS as REVIEW_READERS

EVERYONE: Final = frozenset(Role)
# Daily work is open to them, and is not theirs to work through (docs/decisions/first-page.md).
_LOOKERS: Final = frozenset({Role.ANALYST, Role.AUDITOR, Role.ADMINISTRATOR})


def _readers(board: Board) -> frozenset[Role]:
    """The roles that read a board's paper."""
    return frozenset(role for role in Role if may_read(Viewer("", role), board))


@dataclass(frozen=True)
class Place:
    """One page: its script relative to app/main.py, its name in the address, and its readers.

    A page of a `unit` is for those whose work it is; one of none is for everybody.
    """

    script: str
    url_path: str
    title: str
    icon: str
    about: str
    roles: frozenset[Role] = EVERYONE
    unit: Unit | None = Unit.MOSOVO


OFFENDER: Final = Place(
    "../pages/offender.py",
    "offender",
    "Offender",
    ":material/person_search:",
    "One record: where they stand, why the next visit is due when it is, and all that is recorded.",
    frozenset(role for role in Role if Viewer("", role).opens_lists),
)
ASSESSMENTS: Final = Place(
    "../pages/assessments.py",
    "assessments",
    "Assessments and plans",
    ":material/fact_check:",
    "Whose assessment, review, plan or release needs a decision, and who is out of contact.",
)
CASELOAD: Final = Place(
    "../pages/caseload.py",
    "caseload",
    "Caseload",
    ":material/balance:",
    "What each officer holds against both limits, whose cases are nobody's, and what if cases moved.",
)
DATA_QUALITY: Final = Place(
    "../pages/data_quality.py",
    "data-quality",
    "Data quality",
    ":material/rule:",
    "When each table was last loaded, and the refused rows that wait to be fixed or dismissed.",
    frozenset(role for role in Role if may_see(Viewer("", role))),
    unit=None,
)
OVERDUE: Final = Place(
    "../pages/overdue.py",
    "overdue",
    "Overdue visits",
    ":material/event_busy:",
    "The backlog of visits: its size, the risk in it, the most overdue, and whose they are.",
)
MY_DAY: Final = Place(
    "../pages/my_day.py",
    "my-day",
    "My day",
    ":material/today:",
    "What of mine is overdue, due, planned or without an outcome; and where I record what I did.",
    READERS,
    unit=None,
)
MORNING: Final = Place(
    "../pages/morning.py",
    "morning",
    "Morning",
    ":material/wb_twilight:",
    "What changed since the last review, what is worst, what needs a decision today; and the review's sign-off.",
    MORNING_READERS,
    unit=None,
)
REVIEWS: Final = Place(
    "../pages/reviews.py",
    "reviews",
    "Daily reviews",
    ":material/verified:",
    "Which working days were reviewed and countersigned, and which were not; and each review as it was, beside now.",
    REVIEW_READERS,
    unit=None,
)
TRIAGE: Final = Place(
    "../pages/triage.py",
    "triage",
    "Triage",
    ":material/priority_high:",
    "Who needs a decision first, by a written rule: each place with its reasons, and the flags that people recorded.",
)
PLANNED: Final = Place(
    "../pages/planned.py",
    "planned",
    "Planned visits",
    ":material/calendar_month:",
    "Who goes where, when and with whom; who is due or overdue and unplanned; and a plan suggested for a team.",
)
DECISIONS: Final = Place(
    "../pages/decisions.py",
    "decisions",
    "Decisions",
    ":material/task_alt:",
    "What was decided on whom, who carries it out by when, what is due or late, and what became of it.",
    unit=None,
)
POLIT: Final = Place(
    "../pages/polit.py",
    "polit",
    "POLIT now",
    ":material/health_and_safety:",
    "Children awaiting safeguarding, the backlog by stage and risk, and cases past their limit, stalled or nobody's.",
    unit=Unit.POLIT,
)
INVESTIGATORS: Final = Place(
    "../pages/investigators.py",
    "investigators",
    "POLIT investigators",
    ":material/groups:",
    "Open POLIT cases of each investigator by risk and stage, per FTE available, and those whose holder is away.",
    unit=Unit.POLIT,
)
POLIT_ORDER: Final = Place(
    "../pages/polit_order.py",
    "polit-order",
    "POLIT order of work",
    ":material/format_list_numbered:",
    "POLIT's backlog in the order it should be worked, with the reason for each place, and who placed a case by hand.",
    unit=Unit.POLIT,
)
POLIT_CASE: Final = Place(
    "../pages/polit_case.py",
    "polit-case",
    "POLIT case",
    ":material/folder_open:",
    "One case: the children in it, what is due next and why, its clocks from receipt, and all that is recorded.",
    OFFENDER.roles,
    unit=Unit.POLIT,
)
POLIT_DEMAND: Final = Place(
    "../pages/polit_demand.py",
    "polit-demand",
    "POLIT demand ahead",
    ":material/query_stats:",
    "Referrals forecast and how wrong that would have been, and what more people would do to the backlog.",
    EVERYONE - OWN_CASES_ONLY,
    unit=Unit.POLIT,
)
ACTIONS: Final = Place(
    "../pages/actions.py",
    "actions",
    "Board actions",
    ":material/checklist:",
    "What the boards gave somebody to do: the plan of the coming fortnight, what is late, and what became of it.",
    EVERYONE - OWN_CASES_ONLY,
    unit=None,
)
BOARDS: Final = {
    Board.SLT: Place(
        "../pages/board_slt.py",
        "pvp-slt",
        "PVP senior leadership",
        ":material/monitoring:",
        "The month of PVP senior leadership: what stands out, why the risk moved, capacity, and what was decided.",
        _readers(Board.SLT),
        unit=None,
    ),
    Board.FPB: Place(
        "../pages/board_fpb.py",
        "performance-board",
        "Force Performance Board",
        ":material/leaderboard:",
        "The Force Performance Board's month: trends with signals, teams compared, no names, no small counts.",
        _readers(Board.FPB),
        unit=None,
    ),
    Board.PVM: Place(
        "../pages/board_pvm.py",
        "prevention-meeting",
        "Prevention and Vulnerability",
        ":material/child_care:",
        "The Prevention and Vulnerability Meeting's month: children, orders, referrals; no names, no small counts.",
        _readers(Board.PVM),
        unit=None,
    ),
}
INTERVENTIONS: Final = Place(
    "../pages/interventions.py",
    "interventions",
    "Interventions",
    ":material/conversion_path:",
    "What was done to move which measures, when and why, and whether it worked.",
    EVERYONE - OWN_CASES_ONLY,
    unit=None,
)
CREWING: Final = Place(
    "../pages/crewing.py",
    "crewing",
    "Double crewing",
    ":material/group:",
    "Visits made by two officers against what was promised, visits made alone and their authority, and who mixes.",
)
MONTHS: Final = Place(
    "../pages/months.py",
    "months",
    "Closed months",
    ":material/lock_clock:",
    "Figures as they were reported to the boards, as they are known now, and why the two differ.",
    frozenset({Role.DI, Role.DCI, Role.SLT, Role.BOARD, Role.ANALYST, Role.AUDITOR}),
    unit=None,
)
POLIT_FLOW: Final = Place(
    "../pages/polit_flow.py",
    "polit-flow",
    "POLIT flow",
    ":material/swap_vert:",
    "What came into POLIT and what became of it by period: stages, time to act, outcomes, arrests, safeguarding.",
    unit=Unit.POLIT,
)
TRENDS: Final = Place(
    "../pages/trends.py",
    "trends",
    "Trends",
    ":material/trending_up:",
    "The backlog over time, who came into it and left it by what cause, compliance, attempts and recording.",
)
FRAMEWORK: Final = Place(
    "../pages/framework.py",
    "framework",
    "Performance framework",
    ":material/track_changes:",
    "The questions the boards ask, the measures that answer them, their targets and owners, and what changed.",
    unit=None,
)
ABOUT: Final = Place(
    "../pages/about.py",
    "about",
    "About the figures",
    ":material/info:",
    "What this product counts, how the data is handled, and how this page's address works.",
    unit=None,
)
# The menu (docs/decisions/menu.md): every page is in one group, and in it the most used come first.
GROUPS: Final[Mapping[str, tuple[Place, ...]]] = {
    "Today": (MORNING, MY_DAY, DECISIONS, REVIEWS),
    Unit.MOSOVO: (OVERDUE, TRIAGE, PLANNED, OFFENDER, ASSESSMENTS, CASELOAD, CREWING, TRENDS),
    Unit.POLIT: (POLIT, POLIT_ORDER, POLIT_CASE, INVESTIGATORS, POLIT_FLOW, POLIT_DEMAND),
    "Boards": (*BOARDS.values(), ACTIONS, INTERVENTIONS, MONTHS),
    "Measures and data": (FRAMEWORK, DATA_QUALITY, ABOUT),
}
PLACES: Final = tuple(chain.from_iterable(GROUPS.values()))

_PAPERS: Final = {Role.SLT: Board.SLT, Role.BOARD: Board.FPB}


def came_from(default: Place) -> str:
    """The address of the page whose list the reader opened a record from; that of `default` where none is known."""
    asked = st.query_params.get("back", "")
    return asked if asked in {place.url_path for place in PLACES} else default.url_path


def places_for(viewer: Viewer) -> list[Place]:
    """The pages open to a viewer, in the menu's order."""
    return [place for place in PLACES if _is_open_to(viewer, place)]


def first_place(viewer: Viewer) -> Place:
    """Where whoever names no page begins: the first of the menu, their paper for those who read it once a month.

    The backlog for those who only look at daily work.
    """
    places = places_for(viewer)
    if viewer.role in _PAPERS and BOARDS[_PAPERS[viewer.role]] in places:
        return BOARDS[_PAPERS[viewer.role]]
    return OVERDUE if viewer.role in _LOOKERS and OVERDUE in places else places[0]


def groups_for(viewer: Viewer) -> dict[str, list[Place]]:
    """A viewer's menu: the groups that have a page open to them, by title; the group they begin in comes first."""
    groups = {title: [place for place in places if _is_open_to(viewer, place)] for title, places in GROUPS.items()}
    begins = first_place(viewer)
    own = [(title, places) for title, places in groups.items() if places]
    return dict(sorted(own, key=lambda group: begins not in group[1]))


def closed_text(place: Place, viewer: Viewer) -> str:
    """Why a page is not open to a viewer, in a sentence: it is another role's, or another unit's."""
    if viewer.role in place.roles and place.unit is not None:
        return f"{place.title} is {place.unit}'s, and you are viewing for another unit."
    readers = [title for role, title in ROLE_TITLES.items() if role in place.roles]
    return f"{place.title} is not open to you as {ROLE_TITLES[viewer.role]}. It is read by: {', '.join(readers)}."


def _is_open_to(viewer: Viewer, place: Place) -> bool:
    return viewer.role in place.roles and (place.unit is None or place.unit in viewer.units)
