"""A board's view as no store made it: shares, counts, a new team, a retired measure, months without a value."""

from dataclasses import replace
from datetime import UTC, date, datetime

from offendermgmt.domain.vocabulary import Board, CommentaryState, Improvement, TrendEventKind
from offendermgmt.services.board_effects import InterventionView
from offendermgmt.services.board_tables import NOT_SHOWN, BoardTable, TableColumn
from offendermgmt.services.board_types import ActionView, BoardView, MeasureView, QuestionView
from offendermgmt.services.commentary import Commentary
from offendermgmt.services.figures import Definition, Figure, Setting
from offendermgmt.services.framework import KeyQuestion, Measure
from offendermgmt.services.signal_series import Month, Rebase, SignalSeries, Unit, signal_series
from offendermgmt.services.signal_words import finding
from offendermgmt.services.trend_events import EventText, TrendEvent
from offendermgmt.store.freshness import Freshness, LastLoad

MARKINGS = ("OFFICIAL-SENSITIVE", "SYNTHETIC DATA")
MADE_AT = datetime(2026, 4, 2, 8, 30, tzinfo=UTC)
SETTING = Setting(date(2026, 3, 31), None, {}, "shipped-1", 5)
LOAD = LastLoad("visits", "extract.zip", datetime(2026, 4, 1, 5, 10, tzinfo=UTC), "analyst", loaded=10, unchanged=0)
SHARE = Unit("Share", is_share=True)
COUNT = Unit("Offenders")
EVENT = TrendEvent("E1", 1, EventText(date(2025, 9, 15), TrendEventKind.INSPECTION, "Inspection"), "analyst", MADE_AT)

Counted = tuple[int, int] | None
TIMELY: list[Counted] = [
    *[(150, 170), (148, 172), (151, 169), (149, 171), (150, 168), (147, 170), (152, 173), (150, 171), (149, 169)],
    *[(151, 172), (120, 168), (118, 170), (115, 171)],
]
OVERDUE: list[int | None] = [24, 25, 23, 26, 24, 25, 23, 40, 24, None, 41, 42, 45]


def months(number: int, last: date = date(2026, 3, 1)) -> list[date]:
    """So many months by their first days, the last of them last."""
    each = (last.year * 12 + last.month - 1 - back for back in reversed(range(number)))
    return [date(at // 12, at % 12 + 1, 1) for at in each]


def shares(title: str, counted: list[Counted], target: float | None = 0.9) -> SignalSeries:
    each = [
        Month(first, pair[0] / pair[1], *pair) if pair else Month(first, None)
        for first, pair in zip(months(len(counted)), counted, strict=True)
    ]
    rebase = [Rebase(date(2025, 9, 1), "Double crewing ordered")] if len(each) > 10 else []
    return signal_series(
        title,
        SHARE,
        each,
        trial_points=13,
        improvement=Improvement.INCREASE,
        target=target,
        events=[EVENT],
        rebases=rebase,
    )


def counts(title: str, numbers: list[int | None], *, kept: frozenset[int] = frozenset()) -> SignalSeries:
    each = [
        Month(first, None if at in kept else number, None, None, kept=at in kept)
        for at, (first, number) in enumerate(zip(months(len(numbers)), numbers, strict=True))
    ]
    return signal_series(title, COUNT, each, trial_points=13, improvement=Improvement.DECREASE)


def commentary(measure: str, month_on: date, what: str) -> Commentary:
    return Commentary(
        measure_ref=measure,
        month_on=month_on,
        state=CommentaryState.APPROVED,
        what=what,
        so_what="High risk offenders wait longer for a visit.",
        what_next="Two officers join from neighbouring teams in April.",
        comment="",
        author="DCI Rowan",
        written_at=MADE_AT,
        changed_by="Supt Hawthorn",
        changed_at=MADE_AT,
        version=3,
        writers=frozenset({"DCI Rowan"}),
    )


def measured(
    ref: str, series: SignalSeries, *, note: str = "", said: tuple[Commentary | None, Commentary | None] = (None, None)
) -> MeasureView:
    measure = Measure(
        measure_ref=ref,
        question_ref="visits",
        figure="figure",
        title=series.title,
        improvement=series.improvement,
        target=series.target,
        target_source="Force delivery plan 2026" if series.target is not None else None,
        owner="DCI Public Protection",
        boards=tuple(Board),
        position=1,
        from_on=date(2024, 1, 1),
    )
    definition = Definition(series.title, f"What {series.title.lower()} counts.", ("V6",))
    last = series.months[-1] if series.months else Month(date(2026, 3, 1), None)
    newest = Figure(definition, SETTING, last.value, last.numerator, last.denominator, suppressed=last.kept)
    counted = f"{last.numerator} of {last.denominator}" if last.denominator and not last.kept else ""
    this, last_month = said
    return MeasureView(measure, definition, series, finding(series), newest, counted, this, last_month, None, note)


TEAMS = BoardTable(
    "teams",
    "Teams compared",
    "Rates with what they are counted from; a team with few cases differs by chance alone.",
    (
        TableColumn("Team"),
        TableColumn("Overdue", "number"),
        TableColumn("Visit clocks running", "number"),
        TableColumn("Share overdue", "share"),
        TableColumn("Since", "day"),
    ),
    (
        ("North", 31, 220, 31 / 220, date(2024, 1, 1)),
        ("South", NOT_SHOWN, 190, NOT_SHOWN, date(2024, 1, 1)),
        ("West, new since February", 0, 0, None, date(2026, 2, 1)),
    ),
    (Definition("Share overdue", "Offenders overdue for a visit, of those whose visit clock runs.", ("V6",)),),
)
FLOW = BoardTable(
    "flow",
    "What moved the backlog",
    "The backlog grew by 4: 30 became overdue, 20 were visited, 6 left it without a visit.",
    (TableColumn("Flow"), TableColumn("Offenders", "number")),
    (("Opening", 41), ("Became overdue", 30), ("Visited", 20), ("Re-graded", 6), ("Closing", 45)),
    (),
)
ACTION = ActionView(
    "A1", date(2026, 2, 20), "Second two officers to the north team", "DCI Public Protection", date(2026, 3, 20),
    True, "", "timely", "Visits made in time", 11, "No change yet: 67.3% is below the usual range.",
)  # fmt: skip
DONE = replace(ACTION, decision_ref="A2", is_open=False, outcome="Done on 9 March", days_late=0)
INTERVENTION = InterventionView(
    "I1", "Saturday visits", date(2025, 11, 1), None, "Low risk offenders work on weekdays", "2 points more in time",
    "Too early: 5 months are too few to tell.",
)  # fmt: skip


def view(board: Board = Board.SLT, measures: tuple[MeasureView, ...] | None = None) -> BoardView:
    """The made-up month of a board; its measures may be others."""
    own = measures or (
        measured(
            "timely",
            shares("Visits made in time", TIMELY),
            said=(
                commentary("timely", date(2026, 3, 1), "Three officers were abstracted for the whole month."),
                commentary("timely", date(2026, 2, 1), "Sickness in the north team."),
            ),
        ),
        measured("overdue", counts("Visits overdue", OVERDUE)),
        measured(
            "lone",
            counts("Visits made alone", [9, 7, 3, 8, 6, 7, 9, 8, 7, 9, 6, 7, 2], kept=frozenset({2, 12})),
        ),
        measured("new", shares("Assessed within 30 days", [(10, 12)], None), note="New: in force since 1 Mar 2026."),
        measured(
            "old",
            counts("Actions in hand", [5, 6, 7, None, None, None]),
            note="Retired on 1 Jan 2026: there is no figure after it.",
        ),
        measured("empty", shares("Children referred in time", [None] * 13)),
    )
    return BoardView(
        board=board,
        month_on=date(2026, 3, 1),
        months=13,
        is_over=True,
        is_suppressed=board is not Board.SLT,
        closed=None,
        setting=SETTING,
        freshness=Freshness(7, (LOAD,), 2),
        questions=(
            QuestionView(KeyQuestion("visits", "Are we seeing who we must see, in time?", 1, date(2024, 1, 1)), own),
        ),
        tables=(FLOW, TEAMS),
        uncommented=("Visits overdue",),
        decided=(DONE,),
        actions=(ACTION,),
        interventions=(INTERVENTION,),
    )
