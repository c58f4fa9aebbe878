"""Teams, officers and the time each has: part-timers, leavers, joiners, seconded officers and supervisors."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from offendermgmt.synthetic import names, written
from offendermgmt.synthetic.chance import Chance, Flags, Floats, Ints
from offendermgmt.synthetic.story import Story
from offendermgmt.synthetic.written import NONE

_PLACES = ("North", "South", "East", "West", "Central", "Coast", "Fen Edge", "Isle")
_CASES_PER_OFFICER = 52
_POLIT_CASES_PER_OFFICER = 100  # offenders on the register for one POLIT investigator
_SUPERVISING = ("DCI", "DI", "DS")
BEFORE = 900
LEAVER_GONE_DAYS = 75


@dataclass(frozen=True)
class Officers:
    """Officers by row; `team` counts MOSOVO teams from 0 and ends with POLIT; `fit` spans are when they may visit."""

    refs: tuple[str, ...]
    rank: tuple[str, ...]
    role: tuple[str, ...]
    team: Ints
    fte: Floats
    from_day: Ints
    to_day: Ints
    leave: tuple[tuple[int, int, int, float, str], ...]

    @property
    def supervisor(self) -> Flags:
        """Who may authorise a lone visit."""
        return np.array([rank in _SUPERVISING for rank in self.rank])

    def of(self, team: int, *roles: str) -> Ints:
        """The rows of a team's officers in the given roles."""
        wanted = np.array([role in roles for role in self.role])
        return np.flatnonzero(wanted & (self.team == team))

    def at_work(self, days: Ints) -> Flags:
        """Whether each officer (row) is in post and not on full leave on each day (column)."""
        to_day = np.where(self.to_day == NONE, 2**30, self.to_day)
        present = (self.from_day[:, None] <= days) & (days < to_day[:, None])
        for officer, first, last, fte, _ in self.leave:
            if fte == 0:
                present[officer] &= ~((first <= days) & ((last == NONE) | (days < last)))
        return present


def team_refs(teams: int) -> list[str]:
    """References of the MOSOVO teams and, last, of POLIT."""
    return [f"FEN-OM-{_place(number)[0].upper()}{number + 1}" for number in range(teams)] + ["FEN-POLIT"]


def teams_table(teams: int) -> pd.DataFrame:
    """The contract's `teams`."""
    called = [f"Fenshire {_place(number)} offender management" for number in range(teams)]
    return pd.DataFrame(
        {
            "team_ref": team_refs(teams),
            "name": [*called, "Fenshire online investigation"],
            "unit": ["MOSOVO"] * teams + ["POLIT"],
        },
        dtype="str",
    )


def _place(number: int) -> str:
    turn, place = divmod(number, len(_PLACES))
    return _PLACES[place] + (f" {turn + 1}" if turn else "")


def officers(chance: Chance, story: Story, offenders: int, teams: int) -> Officers:
    """Everyone in post at some time of the story; each team has a leaver, a joiner and seconded officers."""
    rng = chance.stream("officers")
    managers = max(4, round(offenders / teams / _CASES_PER_OFFICER) + 1)
    posts = [post for team in range(teams) for post in _posts(story, team, managers)]
    investigators = max(3, round(offenders / _POLIT_CASES_PER_OFFICER))
    posts += _polit_posts(story, teams, investigators)
    roles, ranks, team, fte, from_day, to_day = zip(*posts, strict=True)
    return Officers(
        refs=tuple(_collar_numbers(rng, len(posts))),
        rank=ranks,
        role=roles,
        team=np.array(team),
        fte=np.array(fte),
        from_day=np.array(from_day),
        to_day=np.array(to_day),
        leave=tuple(_leave(story, np.array(roles), np.array(team), teams)),
    )


_Post = tuple[str, str, int, float, int, int]


def _posts(story: Story, team: int, managers: int) -> list[_Post]:
    early = story.start - BEFORE
    part_time = (0.6, 0.4, 0.8)
    posts: list[_Post] = [("DI", "DI", team, 1.0, early, NONE)]
    if team == 0:
        posts.append(("DCI", "DCI", team, 1.0, early, NONE))
    posts += [("DS", "DS", team, 1.0, early, NONE)] * 2
    for number in range(managers - 2):
        rank = ("DC", "DC", "PC", "Police staff")[number % 4]
        posts.append(("manager", rank, team, part_time[number - 1] if 1 <= number <= 3 else 1.0, early, NONE))
    posts.append(("leaver", "PC", team, 1.0, early, story.end - LEAVER_GONE_DAYS))
    posts.append(("joiner", "DC", team, 1.0, story.inspection + 90, NONE))
    posts += [("seconded", "PC", team, 1.0, story.seconded_from, story.seconded_to)] * max(1, managers // 4)
    return [*posts, ("DS", "DS", team, 1.0, story.seconded_from, story.seconded_to)]


def _polit_posts(story: Story, team: int, investigators: int) -> list[_Post]:
    early = story.start - BEFORE
    posts: list[_Post] = [("DI", "DI", team, 1.0, early, NONE), ("DS", "DS", team, 1.0, early, NONE)]
    posts += [
        ("investigator", ("DC", "DC", "Police staff")[number % 3], team, 0.6 if number == 1 else 1.0, early, NONE)
        for number in range(investigators)
    ]
    return [*posts, ("seconded", "DC", team, 1.0, story.seconded_from, story.seconded_to)]


def _collar_numbers(rng: np.random.Generator, size: int) -> list[str]:
    numbers = rng.choice(np.arange(17, max(2600, 4 * size)), size=size, replace=False)
    letters = ("", "", "", "C", "", "S")
    return [f"{letters[place % 6]}{number:04d}" for place, number in enumerate(numbers.tolist())]


def _leave(
    story: Story, roles: "np.typing.NDArray[np.str_]", team: Ints, teams: int
) -> list[tuple[int, int, int, float, str]]:
    spans: list[tuple[int, int, int, float, str]] = []
    for number in range(teams):
        managing = np.flatnonzero((roles == "manager") & (team == number)).tolist()
        spans.append((managing[-1], story.end - 48 + 7 * number, NONE, 0.0, "long leave"))
        spans.append((managing[0], story.start + 200, story.start + 228, 0.0, "training course"))
        spans.append((managing[0], story.end - 20, NONE, 0.8, "training, one day a week"))
        if story.end - 220 > story.start + 228:
            spans.append((managing[1], story.end - 220, story.end - 160, 0.3, "phased return"))
    return spans


def officers_table(chance: Chance, staff: Officers, teams: int) -> pd.DataFrame:
    """The contract's `officers`."""
    rng = chance.stream("officer names")
    size = len(staff.refs)
    given = [name.split()[0] for name in names.forenames(rng, size)]
    return pd.DataFrame(
        {
            "officer_ref": staff.refs,
            "name": [f"{first} {last}" for first, last in zip(given, names.surnames(rng, size), strict=True)],
            "rank": staff.rank,
            "is_supervisor": written.flags(staff.supervisor),
            "team_ref": written.labels(staff.team, team_refs(teams)),
            "fte": [f"{fte:g}" for fte in staff.fte],
            "from_on": written.dates(staff.from_day),
            "to_on": written.dates(staff.to_day),
        },
        dtype="str",
    )


def availability_table(staff: Officers) -> pd.DataFrame:
    """The contract's `officer_availability`, recorded on the morning it begins."""
    officer, first, last, fte, reason = zip(*staff.leave, strict=True)
    began = np.array(first)
    return pd.DataFrame(
        {
            "officer_ref": written.labels(np.array(officer), staff.refs),
            "from_on": written.dates(began),
            "to_on": written.dates(np.array(last)),
            "fte": [f"{share:g}" for share in fte],
            "reason": reason,
            "recorded_at": written.moments(began * written.MINUTES + 555),
            "is_void": "",
        },
        dtype="str",
    )
