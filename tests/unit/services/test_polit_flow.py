from datetime import date
from random import Random

import numpy as np
import pandas as pd
import pytest

from offendermgmt.domain.days import NEVER
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.domain.polit_flow import spread
from offendermgmt.services.access import SYSTEM, NotPermitted, Role, Viewer
from offendermgmt.services.polit_flow import REST, FlowBoard, Part, cases_known, flow_board, is_cut
from offendermgmt.services.polit_flow_cases import flow_cases
from offendermgmt.services.polit_flow_events import IN, OUT, Measure
from offendermgmt.services.polit_flow_small import flow_as_shown
from offendermgmt.services.polit_flow_words import group_text
from offendermgmt.services.question import Question
from tests.tables import Rows
from tests.unit.services.force import ask

BOARD = Viewer("board", Role.BOARD)
JANUARY = Periods.between(date(2025, 1, 1), date(2025, 1, 31), Every.MONTH)
YEAR = Periods.between(date(2025, 1, 1), date(2025, 12, 31), Every.MONTH)
KINDS = ("arrest", "arrest", "voluntary_interview", "warrant")


def case(ref: str, received: str, *stages: tuple[str, str] | tuple[str, str, str], source: str = "") -> dict[str, Rows]:
    """Rows of one case: received, and its stages as (day, stage, outcome)."""
    rows = [dict(zip(("from_on", "stage", "outcome"), stage, strict=False)) for stage in stages]
    return {
        "polit_cases": [{"case_ref": ref, "received_on": received, "source": source}],
        "polit_stages": [{"case_ref": ref, **row} for row in rows],
    }


def asked(*parts: dict[str, Rows], viewer: Viewer = SYSTEM, periods: Periods = JANUARY) -> Question:
    return ask(parts, "2025-01-31", viewer, periods=periods)


def test_a_case_closed_on_the_day_it_came_is_a_referral_and_no_backlog() -> None:
    board = flow_board(asked(case("C1", "2025-01-05", ("2025-01-05", "closed", "charged"))))
    assert board.referrals.whole[["referrals", "received", "same_day"]].to_numpy().tolist() == [[1, 0, 1]]
    assert board.results[["group", "closed"]].to_numpy().tolist() == [["=charged", 1]]


def test_a_stay_that_comes_back_is_another_stay() -> None:
    back = case("C1", "2025-01-01", ("2025-01-04", "with_cps"), ("2025-01-06", "awaiting_development"))
    row = flow_board(asked(back)).stays.whole.set_index("group").loc["awaiting_development"]
    assert [row[name] for name in ("left", "median_days", "running", "longest_days")] == [1, 3, 1, 25]


def test_a_stage_that_lets_nobody_go_has_stays_running_and_no_value() -> None:
    row = flow_board(asked(case("C1", "2024-06-01"))).stays.whole.set_index("group").loc["awaiting_development"]
    assert (row["left"], row["running"], row["running_median_days"]) == (0, 1, 244)
    assert pd.isna(row["median_days"])


def test_a_closing_without_outcome_is_not_recorded() -> None:
    board = flow_board(asked(case("C1", "2025-01-01", ("2025-01-09", "closed"))))
    assert [group_text(group) for group in board.outcome_columns] == ["Not recorded"]


def test_more_sources_than_columns_are_counted_and_listed_together() -> None:
    parts = [case(f"C{number}", "2025-01-05", source=f"source {number}") for number in range(8)]
    question = asked(*parts, case("C9", "2025-01-06", source="source 7"))
    board = flow_board(question)
    assert board.source_columns == ("=source 7", "=source 0", "=source 1", "=source 2", "=source 3", REST)
    rest = flow_cases(question, Measure.REFERRALS, JANUARY, REST)
    assert (board.referrals.whole[REST].item(), rest["group"].tolist()) == (3, ["source 4", "source 5", "source 6"])


def test_a_source_called_the_rest_is_not_the_rest() -> None:
    question = asked(case("C1", "2025-01-05", source="rest"))
    assert (len(flow_cases(question, Measure.REFERRALS, JANUARY, "=rest")), group_text("=rest")) == (1, "Rest")
    assert flow_cases(question, Measure.REFERRALS, JANUARY, REST).empty


def test_a_month_without_referrals_has_noughts_and_no_rate() -> None:
    question = ask(
        [case("C1", "2025-03-05")],
        "2025-03-31",
        periods=Periods.between(date(2025, 2, 1), date(2025, 3, 31), Every.MONTH),
    )
    work = flow_board(question).work.periods
    assert work["referrals"].tolist() == [0, 1]
    assert work["arrests_per_100"].isna().tolist() == [True, False]


def test_a_closing_counts_for_who_held_the_case_the_day_before() -> None:
    held = {
        "polit_allocations": [{"case_ref": "C1", "from_on": "2025-01-02", "to_on": "2025-01-09", "officer_ref": "O1"}]
    }
    parts = [case("C1", "2025-01-01", ("2025-01-09", "closed")), held]
    of_team = ask(parts, "2025-01-31", periods=JANUARY, team_ref="T1")
    assert flow_board(of_team).outcomes.whole["closed"].item() == 1
    assert flow_cases(of_team, Measure.CLOSED, JANUARY)["officer_ref"].tolist() == ["O1"]


@pytest.mark.parametrize(
    ("days", "median", "nine_in_ten"),
    [([4], 4, 4), ([1, 9], 1, 9), ([1, 2, 3], 2, 3), ([5, NEVER], 5, None), ([5, NEVER, NEVER], None, None)],
)
def test_a_quantile_is_the_least_days_within_which_that_part_was_over(
    days: list[int], median: int | None, nine_in_ten: int | None
) -> None:
    row = spread(np.zeros(len(days), dtype=np.intp), np.array(days, dtype=np.int32), 1).iloc[0]
    shown = [None if pd.isna(value) else value for value in (row["median_days"], row["nine_in_ten_days"])]
    assert shown == [median, nine_in_ten]


def test_an_empty_group_has_no_days() -> None:
    row = spread(np.array([1], dtype=np.intp), np.array([3], dtype=np.int32), 2).iloc[0]
    assert (row["number"], pd.isna(row["median_days"])) == (0, True)


@pytest.mark.parametrize("role", [Role.BOARD, Role.ADMINISTRATOR])
def test_who_sees_counts_opens_no_list(role: Role) -> None:
    with pytest.raises(NotPermitted, match="sees counts, not people"):
        flow_cases(asked(case("C1", "2025-01-05"), viewer=Viewer("x", role)), Measure.REFERRALS, JANUARY)


@pytest.mark.parametrize(
    ("day", "every", "cut"),
    [
        (date(2025, 1, 31), Every.MONTH, False),
        (date(2025, 1, 30), Every.MONTH, True),
        (date(2025, 1, 26), Every.WEEK, False),
        (date(2025, 1, 27), Every.WEEK, True),
        (date(2025, 1, 27), Every.DAY, False),
    ],
)
def test_a_period_is_cut_where_it_goes_on_after_the_day(day: date, every: Every, cut: bool) -> None:
    assert is_cut(day, every) is cut


def test_cases_known_are_those_received_by_the_day() -> None:
    parts = [case("C1", "2025-01-05"), case("C2", "2025-02-05")]
    assert [cases_known(ask(parts, day)) for day in ("2025-01-04", "2025-01-05", "2025-02-05")] == [0, 1, 2]


def busy_year(seed: int, viewer: Viewer) -> Question:
    """A year of some hundred cases of every fate."""
    random = Random(seed)  # noqa: S311
    stages = ("awaiting_allocation", "awaiting_enforcement", "under_investigation", "with_cps", "closed")
    parts: list[dict[str, Rows]] = []
    for number in range(random.randint(60, 160)):
        received = date(2025, 1, 1).toordinal() + random.randrange(350)
        on = sorted(received + random.randrange(90) for _ in range(random.randrange(4)))
        parts.append(
            case(
                ref := f"C{number}",
                str(date.fromordinal(received)),
                *((str(date.fromordinal(day)), random.choice(stages), random.choice(("", "charged"))) for day in on),
                source=random.choice(("NCA", "NCA", "NCA", "public", "school")),
            )
        )
        done = {"case_ref": ref, "enforcement_ref": "E", "on": str(date.fromordinal(received + 9))}
        if random.random() < 0.5:
            parts.append({"polit_enforcements": [{**done, "kind": random.choice(KINDS)}]})
        assessed = {"case_ref": ref, "assessed_on": str(date.fromordinal(received)), "tool": "KIRAT"}
        parts.append({"polit_assessments": [{**assessed, "risk_level": random.choice(("high", "medium", "low"))}]})
    return ask(parts, "2025-12-31", viewer, periods=YEAR)


@pytest.mark.parametrize("seed", range(6))
def test_a_board_cannot_work_out_a_small_count_from_the_sums_on_the_page(seed: int) -> None:
    counted, shown = flow_board(busy_year(seed, SYSTEM)), flow_as_shown(busy_year(seed, BOARD))
    unknown = Unknowns(shown)
    equations(unknown, shown)
    small = [at for at, place in enumerate(unknown.places) if 0 < value_at(counted, place) < 5]
    assert small
    assert [unknown.places[at] for at in unknown.determined() if at in small] == []


def test_a_board_has_no_sources_over_the_range_which_its_papers_have_by_quarter() -> None:
    shown = flow_as_shown(busy_year(0, BOARD))
    assert (len(shown.sources), shown.source_columns) == (0, ())


@pytest.mark.parametrize("seed", range(3))
def test_a_board_is_shown_no_small_count_and_the_true_others(seed: int) -> None:
    counted, shown = flow_board(busy_year(seed, SYSTEM)), flow_as_shown(busy_year(seed, BOARD))
    for name, part in vars(shown).items():
        for span, rows in vars(part).items() if isinstance(part, Part) else [("", part)]:
            for column in (column for column in COUNTS if column in rows):
                values = rows[column].dropna()
                assert not ((values > 0) & (values < 5)).any(), (name, span, column)
                if name != "acted":
                    true = getattr(getattr(counted, name), span)[column] if span else getattr(counted, name)[column]
                    assert values.tolist() == true[values.index].tolist()


COUNTS = (*map(str, Measure), "of")
Place = tuple[str, str, int, str]


def value_at(board: FlowBoard, place: Place) -> int:
    name, span, at, column = place
    part = getattr(board, name)
    return int((getattr(part, span) if span else part)[column].iloc[at])


class Unknowns:
    """What a reader does not see, and the sums they know of it."""

    def __init__(self, board: FlowBoard) -> None:
        self.board = board
        self.places: list[Place] = []
        self.rows: list[dict[int, float]] = []
        self._numbers: dict[Place, int] = {}

    def adds_up(self, *terms: tuple[float, Place]) -> None:
        """Note that the terms add up to nought; those that are shown are known."""
        row: dict[int, float] = {}
        for sign, place in terms:
            name, span, at, column = place
            part = getattr(self.board, name)
            if pd.isna((getattr(part, span) if span else part)[column].iloc[at]):
                number = self._numbers.setdefault(place, len(self._numbers))
                row[number] = row.get(number, 0) + sign
        self.places = list(self._numbers)
        self.rows.append(row)

    def determined(self) -> list[int]:
        """Which unknowns the sums leave only one value for."""
        matrix = np.zeros((len(self.rows), len(self.places)))
        for at, row in enumerate(self.rows):
            matrix[at, list(row)] = list(row.values())
        _, sizes, free = np.linalg.svd(matrix)
        null = free[int((sizes > 1e-9).sum()) :]
        return [at for at in range(len(self.places)) if np.abs(null[:, at]).max(initial=0) < 1e-9]


def equations(unknown: Unknowns, board: FlowBoard) -> None:
    """Every sum that a reader of the page knows to hold."""
    spans = [("whole", 0), *(("periods", at) for at in range(12))]
    signs = {"opening": 1.0, **dict.fromkeys(map(str, IN), 1.0), **dict.fromkeys(map(str, OUT), -1.0), "closing": -1.0}
    flow = {name: sign for name, sign in signs.items() if name in board.flow.whole}
    for span, at in spans:
        unknown.adds_up(*((sign, ("flow", span, at, name)) for name, sign in flow.items()))
        same = ("referrals", span, at, "received")
        unknown.adds_up((1, ("flow", span, at, "received")), (-1, same))
        unknown.adds_up(
            (1, ("referrals", span, at, "referrals")), (-1, same), (-1, ("referrals", span, at, "same_day"))
        )
        unknown.adds_up((1, ("referrals", span, at, "referrals")), (-1, ("work", span, at, "referrals")))
        for clock in (1, 2, 3, 4):
            place = ("clocks", span, at * 6 + clock, "clock_started")
            unknown.adds_up((1, ("referrals", span, at, "referrals")), (-1, place))
        for clock in range(6):
            states = ("clock_stopped", "clock_running", "clock_closed")
            own = at * 6 + clock
            unknown.adds_up(
                (1, ("clocks", span, own, "clock_started")), *((-1, ("clocks", span, own, state)) for state in states)
            )
    for at in range(12):
        acted = [(sign, ("acted", "periods", at, name)) for name, sign in (("acted", 1), ("in_time", -1), ("late", -1))]
        unknown.adds_up(*acted)
        if at:
            unknown.adds_up((1, ("flow", "periods", at, "opening")), (-1, ("flow", "periods", at - 1, "closing")))
    unknown.adds_up((1, ("flow", "periods", 0, "opening")), (-1, ("flow", "whole", 0, "opening")))
    unknown.adds_up((1, ("flow", "periods", 11, "closing")), (-1, ("flow", "whole", 0, "closing")))
    unknown.adds_up((1, ("flow", "whole", 0, "closing")), *((-1, ("stays", "whole", at, "running")) for at in range(3)))
    of_whole(unknown)


def of_whole(unknown: Unknowns) -> None:
    summed = {
        "flow": (1, 1, [str(one) for one in (*IN, *OUT) if one in unknown.board.flow.whole]),
        "referrals": (1, 1, ["referrals", "received", "same_day"]),
        "stays": (6, 6, ["left"]),
        "clocks": (6, 6, ["clock_started", "clock_stopped", "clock_running", "clock_closed"]),
        "outcomes": (1, 1, ["closed"]),
        "work": (1, 1, ["arrest", "voluntary_interview", "warrant"]),
        "children": (1, 1, ["identified", "safeguarded"]),
    }
    for name, (groups, step, columns) in summed.items():
        for group in range(groups):
            for column in columns:
                parts = [(-1.0, (name, "periods", at * step + group, column)) for at in range(12)]
                unknown.adds_up((1.0, (name, "whole", group, column)), *parts)
    for column in ("acted", "in_time", "late"):
        unknown.adds_up(
            (1.0, ("acted", "whole", 5, column)), *((-1.0, ("acted", "periods", at, column)) for at in range(12))
        )
        unknown.adds_up(
            (1.0, ("acted", "whole", 5, column)), *((-1.0, ("acted", "whole", at, column)) for at in range(5))
        )
    for level in range(6):
        unknown.adds_up(
            *((sign, ("acted", "whole", level, name)) for name, sign in (("acted", 1), ("in_time", -1), ("late", -1)))
        )
    for name, (of, column) in {"sources": ("referrals", "referrals"), "results": ("outcomes", "closed")}.items():
        rows = range(len(getattr(unknown.board, name)))
        if rows:
            unknown.adds_up((1.0, (of, "whole", 0, column)), *((-1.0, (name, "", at, column)) for at in rows))
        for at in rows:
            unknown.adds_up((1.0, (of, "whole", 0, column)), (-1.0, (name, "", at, "of")))
