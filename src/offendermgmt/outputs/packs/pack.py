"""A board's pack: what is said on every page of it, and its tables, whatever form it is made in."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Final

from offendermgmt.domain.vocabulary import Assurance, CommentaryState, Variation
from offendermgmt.outputs.methodology import DISCLOSURE, NEUTRALISED, Line, defined, shown
from offendermgmt.outputs.packs.words import value_text
from offendermgmt.services.board_tables import BoardTable, TableColumn
from offendermgmt.services.board_types import PARTS, ActionView, BoardView, MeasureView, Part, QuestionView
from offendermgmt.services.commentary import Commentary
from offendermgmt.services.figures import Definition
from offendermgmt.services.signal_series import SignalSeries
from offendermgmt.services.signal_words import NOT_JUDGED
from offendermgmt.services.wording import COMMENTARY, day_text, moment_text, plural
from offendermgmt.store.freshness import Freshness

NO_COMMENTARY: Final = "None has been written."
VARIATION: Final = {
    Variation.COMMON: "Nothing unusual",
    Variation.IMPROVEMENT: "Improvement",
    Variation.CONCERN: "Concern",
    Variation.HIGH: "Unusually high",
    Variation.LOW: "Unusually low",
}
ASSURANCE: Final = {
    Assurance.PASS: "Met consistently",
    Assurance.FAIL: "Missed consistently",
    Assurance.HIT_OR_MISS: "Hit or miss",
    None: "",
}
_SUPPRESSED: Final = (
    "No names, and no count under {smallest}: it could point at a person. It is not shown, nor is a share or a count "
    "that would give it back."
)
_WITHOUT_NAMES: Final = "No names. Counts may be small: the pack is for those who answer for the units."


@dataclass(frozen=True)
class Pack:
    """A pack as it is made: of what, how marked, when and by whom."""

    view: BoardView
    markings: tuple[str, ...]
    made_at: datetime
    made_by: str

    @property
    def title(self) -> str:
        """The board and the month."""
        return self.view.title

    @property
    def marking(self) -> str:
        """The markings in one line."""
        return ", ".join(self.markings)

    @property
    def state(self) -> str:
        """Whether the figures still change, and as known when they are, in a sentence."""
        closed = self.view.closed
        if closed is not None:
            return (
                f"Figures as reported: the month was closed on {moment_text(closed.closed_at)} by {closed.closed_by}, "
                f"with all that had been recorded by {moment_text(closed.known_at)}."
            )
        if not self.view.is_over:
            as_of = day_text(self.view.setting.as_of)
            return f"The month is not over: figures are so far, up to {as_of}, and its last points are no signals."
        return "The month is not closed: its figures change with what is still recorded."

    @property
    def filters(self) -> str:
        """For which day, filtered how and by which policy, in one line."""
        setting = self.view.setting
        chosen = ", ".join(f"{name}: {value}" for name, value in setting.filters.items()) or "whole force"
        known = f" · as known at {moment_text(setting.known_at)}" if setting.known_at else ""
        return f"End of {day_text(setting.as_of)} · {chosen}{known} · policy {setting.policy_version}"

    @property
    def handling(self) -> str:
        """What is not in the pack, in a sentence."""
        smallest = self.view.setting.smallest_count
        return _SUPPRESSED.format(smallest=smallest) if self.view.is_suppressed else _WITHOUT_NAMES

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """Every definition of what is in the pack, once, in its order."""
        measures = [measure.definition for measure in self.view.measures]
        tables = [definition for table in self.view.tables for definition in table.definitions]
        return tuple(dict.fromkeys([*measures, *tables]))

    def sections(self) -> list[tuple[str, list[Line]]]:
        """How the pack was made: headed lines, each of a name and a text, in reading order."""
        view, setting = self.view, self.view.setting
        return [
            (
                "This pack",
                [
                    ("Marking", self.marking),
                    ("Board and month", self.title),
                    ("State", self.state),
                    ("Measures", f"{len(view.measures):,}, over {view.months} months"),
                    ("Made at", moment_text(self.made_at)),
                    ("Made by", self.made_by),
                ],
            ),
            ("What it shows", shown(setting.as_of, setting.known_at, setting.filters, setting.policy_version)),
            ("What it was made from", _made_from(view.freshness)),
            ("Definitions", [(item.title, defined(item)) for item in self.definitions]),
            (
                "Targets",
                [(one.measure.title, target_text(one)) for one in view.measures if one.series.target is not None],
            ),
            ("Handling", [("Small counts", self.handling), ("Text cells", NEUTRALISED), ("Disclosure", DISCLOSURE)]),
        ]

    def tables(self) -> list[BoardTable]:
        """The tables beside the measures, in the order in which they are read.

        What a closed month's figures are known to be now is left to its page: a pack of a closed month never changes.
        """
        view = self.view
        parts = {
            Part.UNCOMMENTED: uncommented(view),
            Part.DECIDED: _actions("decided", "Decided last month", "Nothing was decided last month.", view.decided),
            Part.ACTIONS: _actions("actions", "Open actions", "No action is open.", view.actions),
            Part.INTERVENTIONS: interventions(view),
        }
        return [*view.tables, *(parts[part] for part in PARTS[view.board])]


def standing_out(view: BoardView) -> BoardTable:
    """The measures whose month is signalled, concerns first: what to look at if there is time for nothing else."""
    signalled = [(_variation(measure), measure) for measure in view.measures]
    found: list[tuple[str, ...]] = [
        (
            VARIATION[wanted],
            measure.measure.title,
            value_text(measure.newest, measure.series.unit),
            measure.counted,
            measure.finding,
        )
        for wanted in (Variation.CONCERN, Variation.HIGH, Variation.LOW, Variation.IMPROVEMENT)
        for variation, measure in signalled
        if variation is wanted
    ]
    concerns = sum(variation is Variation.CONCERN for variation, _ in signalled)
    better = sum(variation is Variation.IMPROVEMENT for variation, _ in signalled)
    told = (
        f"Of {plural(len(signalled), 'measure')} {plural(concerns, 'is', 'are')} a concern and {better} an improvement "
        "by their signals"
    )
    finding = f"{told}; every other is within what is usual for it, or cannot be judged." if signalled else ""
    headings = ("Signal", "Measure", this_month(view), "Counted from", "Finding")
    if not view.is_over:
        finding, found = "The month is not over: its figures are no signals.", []
    return BoardTable("signals", "What stands out", finding, tuple(map(TableColumn, headings)), tuple(found), ())


def signal_text(series: SignalSeries, position: int) -> str:
    """What the month at a position says, in a few words; empty where it has no value."""
    variation = series.variation(position)
    if variation is None:
        return ""
    return VARIATION[variation] if series.is_judged(position) else NOT_JUDGED


def _variation(measure: MeasureView) -> Variation | None:
    """What the month that is read says of the measure; None where it has no value."""
    if measure.newest.value is None or not measure.series.months:
        return None
    return measure.series.variation(len(measure.series.months) - 1)


def this_month(view: BoardView) -> str:
    """What the month's figures are called: those of a running month are so far."""
    return "This month" if view.is_over else "This month so far"


def glance(view: BoardView, question: QuestionView) -> BoardTable:
    """The measures of one of the view's questions at a glance; a month that is not over is not judged (M3)."""
    return BoardTable(
        code=f"glance-{question.question.question_ref}",
        title=question.question.text,
        finding="",
        columns=tuple(
            TableColumn(heading)
            for heading in ("Measure", this_month(view), "Counted from", "Signal", "Target", "Target as things stand")
        ),
        rows=tuple(_glance(measure, is_over=view.is_over) for measure in question.measures),
        definitions=tuple(measure.definition for measure in question.measures),
    )


def _glance(measure: MeasureView, *, is_over: bool) -> tuple[str, ...]:
    series = measure.series
    return (
        measure.measure.title,
        value_text(measure.newest, series.unit),
        measure.counted,
        _signal(measure, is_over=is_over),
        "" if series.target is None else series.unit.written(series.target),
        ASSURANCE[series.result.assurance],
    )


def _signal(measure: MeasureView, *, is_over: bool) -> str:
    """What the month that is read says, in a few words; empty where it has no value."""
    if measure.newest.value is None:
        return ""
    return signal_text(measure.series, len(measure.series.months) - 1) if is_over else NOT_JUDGED


def uncommented(view: BoardView) -> BoardTable:
    """Measures with a concern signal of which nobody has said anything."""
    return BoardTable(
        "uncommented",
        "Concern signals without commentary",
        "" if view.uncommented else "Every measure with a concern signal has a commentary.",
        (TableColumn("Measure"),),
        tuple((title,) for title in view.uncommented),
        (),
    )


def interventions(view: BoardView) -> BoardTable:
    """What was done to move measures, and whether it did."""
    headings: tuple[TableColumn, ...] = (
        TableColumn("Intervention"),
        TableColumn("From", "day"),
        TableColumn("Until", "day"),
        TableColumn("Expected"),
        TableColumn("Finding"),
    )
    rows = tuple((each.title, each.from_on, each.to_on, each.expected, each.finding) for each in view.interventions)
    finding = "" if rows else "No intervention is on the register."
    return BoardTable("interventions", "Interventions", finding, headings, rows, ())


def _actions(code: str, title: str, none: str, actions: tuple[ActionView, ...]) -> BoardTable:
    headings = (
        TableColumn("Decided", "day"),
        TableColumn("Action"),
        TableColumn("Owner"),
        TableColumn("Due", "day"),
        TableColumn("Days late", "number"),
        TableColumn("State"),
        TableColumn("Measure and effect"),
    )
    rows = tuple(
        (
            each.decided_on,
            each.text,
            each.owner,
            each.due_on,
            each.days_late,
            _joined("Open" if each.is_open else "Closed", each.outcome),
            _joined(each.measure_title, each.effect),
        )
        for each in actions
    )
    return BoardTable(code, title, "" if rows else none, headings, rows, ())


def commentary_of(measure: MeasureView) -> list[tuple[str, list[Line]]]:
    """This month's commentary on a measure and last month's, each under its heading; one line where there is none."""
    if measure.commentary is None and measure.last_commentary is None:
        return [("Commentary", [("This month and last", NO_COMMENTARY)])]
    return [
        (f"Commentary ({measure.measure.owner})", said(measure.commentary)),
        ("Last month's commentary", said(measure.last_commentary)),
    ]


def said(commentary: Commentary | None) -> list[Line]:
    """A commentary as headed texts and its state; one line where there is none, or only a draft."""
    if commentary is None or commentary.state is CommentaryState.DRAFT:
        return [("Commentary", NO_COMMENTARY)]
    headings = ("What happened", "So what", "What next")
    texts = [line for line in zip(headings, commentary.text, strict=True) if line[1]]
    return [*texts, ("State", COMMENTARY[commentary.state])]


def target_text(measure: MeasureView) -> str:
    """A measure's target and where it comes from; ValueError for one without."""
    target = measure.series.target
    if target is None:
        raise ValueError(f"{measure.measure.title} has no target.")
    return f"{measure.series.unit.written(target)}. Source: {measure.measure.target_source}"


def _joined(first: str, more: str) -> str:
    return f"{first}: {more}" if first and more else first or more


def _made_from(freshness: Freshness) -> list[Line]:
    """The loads that brought the newest rows of each table, and how many refused rows wait."""
    newest = sorted(freshness.loads, key=attrgetter("finished_at", "source", "loaded_by"), reverse=True)
    lines = []
    for (at, source, by), loads in groupby(newest, key=attrgetter("finished_at", "source", "loaded_by")):
        tables = sorted(load.table.replace("_", " ") for load in loads)
        lines.append(("Last load", f"{moment_text(at)}, from {source}, by {by}: {', '.join(tables)}"))
    return [
        *(lines or [("Last load", "Nothing has been loaded yet")]),
        ("Refused rows waiting", f"{freshness.open_refused:,}"),
    ]
