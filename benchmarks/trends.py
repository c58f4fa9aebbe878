"""How fast the page of trends is answered, by day over ten years at the size of the country.

Run it with `python -m benchmarks.trends`. Each answer is timed warm, the best of several runs; beside the sum stands
the time a snapshot takes once after a write.
"""

from datetime import date

from benchmarks.engine import LAST_DAY, best, line
from benchmarks.made_up import recordings
from offendermgmt.domain.days import to_date
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.services.access import SYSTEM
from offendermgmt.services.comparison import compare
from offendermgmt.services.policies import policies
from offendermgmt.services.question import Question
from offendermgmt.services.reports import backlog_flow
from offendermgmt.services.snapshot import take_snapshot
from offendermgmt.services.trends import (
    Split,
    attempts_trend,
    backlog_trend,
    compliance_trend,
    recording_trend,
)


def measure(offenders: int, years: int, every: Every) -> None:
    snapshot = take_snapshot(recordings(offenders, years), policies())
    last: date = to_date(LAST_DAY)
    first = to_date(LAST_DAY - 365 * years)
    question = Question(snapshot, SYSTEM, last, last, Periods.between(first, last, every))
    print(f"{offenders:,} offenders, {years} years by {every}")
    line("visits with their first recording, once a write", best(lambda: snapshot.visits_made, runs=1))
    answers = {
        **{f"backlog by {split}": (lambda split=split: backlog_trend(question, split)) for split in Split},
        "flow": lambda: backlog_flow(question),
        "compliance": lambda: compliance_trend(question, backlog_trend(question)),
        "attempts": lambda: attempts_trend(question),
        "recording": lambda: recording_trend(question),
        "two days compared": lambda: compare(question, first, last),
    }
    times = {name: best(answer, runs=3) for name, answer in answers.items()}
    for name, seconds in times.items():
        line(name, seconds)
    shown = [seconds for name, seconds in times.items() if not name.startswith("backlog by")]
    line("the page: all of it, backlog by risk", sum(shown) + times["backlog by risk"])


if __name__ == "__main__":
    measure(1_000, 5, Every.MONTH)
    measure(70_000, 10, Every.MONTH)
    measure(70_000, 10, Every.DAY)
