"""What the figures of demand say, in sentences."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from app.parts.words import count, plural
from offendermgmt.domain.demand_policy import DemandPolicy
from offendermgmt.services.demand import Against, Newest
from offendermgmt.services.demand_backlog import Answer
from offendermgmt.services.demand_measures import Measured
from offendermgmt.services.demand_plan import Plan
from offendermgmt.services.wording import day_text, months_text

# Outcomes of overlapping months fall inside or outside together: a few less than promised say nothing.
_FAR: Final = 0.15
_WHERE: Final = {
    Against.ABOVE: "**above** that: a surge, or unusual chance",
    Against.BELOW: "**below** that: a fall, unusual chance, or referrals not recorded yet",
    Against.WITHIN: "within it",
}


def newest(one: Newest, smallest: int) -> str:
    """The newest month against its forecast."""
    month = f"{one.from_on:%B %Y}"
    number = f"under {smallest} referrals" if one.received is None else plural(one.received, "referral")
    first = f"1 {month}" if one.days == 1 else f"{month}, the first {one.days} of {one.length} days"
    when = month if one.days == one.length else first
    before = one.from_on - timedelta(days=1)
    where = _WHERE[one.against] if one.received is not None else "not compared: the number is too small to be shown"
    return (
        f"**{when}: {number}.** On {day_text(before)} the forecast for those days was {one.low} to {one.high}: {where}."
    )


def too_little(months: int, wanted: int) -> str:
    """Why there is no forecast."""
    known = "No whole month of referrals is on record yet" if not months else "Only one whole month is on record"
    return f"{known}, so there is no forecast: it takes two, and {wanted} before it is more than a trial."


def trial(months: int, wanted: int) -> str:
    """That a forecast is a trial."""
    return (
        f"**This is a trial:** {plural(months, 'whole month')} of referrals on record, and it takes {wanted} to judge "
        "how they vary. The ranges are wide for that reason; do not set staffing by them alone."
    )


def windows(rows: pd.DataFrame) -> str:
    """What may be received over each horizon."""
    said = [f"**{row['low']:,} to {row['high']:,}** in {months_text(row['months'])}" for row in rows.to_dict("records")]
    return f"From {day_text(rows['period_start'].iloc[0])} on the unit may receive {listed(said)}."


def tests(rows: pd.DataFrame, promised: float, forecast: str) -> str:
    """How the back-test of a `forecast` went, or why there is none; horizons far under `promised` are named."""
    tested = rows[rows["tested"] > 0].to_dict("records")
    if not tested:
        return f"There is not enough history yet to test {forecast} on."
    first = tested[0]
    told = (
        f"Had {forecast} been made after each of {plural(first['tested'], 'past month')}, **{first['inside']} of "
        f"{first['tested']}** outcomes would have lain inside the range {_months(first['months'])} ahead."
    )
    short = [row for row in tested if row["share"] < promised - _FAR]
    if not short:
        return told
    worse = listed([f"{_months(row['months'])} ahead {row['inside']} of {row['tested']}" for row in short])
    return f"{told} **Fewer than promised:** {worse}. Something moved within that time: those ranges are too narrow."


def measured(now: Measured, backlog: str, smallest: int | None) -> str:
    """Where the unit stands, and how it has worked; no pace of fewer cases than `smallest`, if there is one."""
    staff = f"{now.fte:g} FTE of investigators on average over the last working days"
    pace, left = now.pace.days_per_case, now.pace.departures
    if pace is None:
        return f"The backlog is {backlog} today, with {staff}. No case left it lately, so there is no pace to go by."
    if smallest is not None and left < smallest:
        return f"The backlog is {backlog} today, with {staff}. Under {smallest} cases left it lately."
    worked = f"{count(now.pace.fte_days)} FTE-days"
    return (
        f"The backlog is {backlog} today, with {staff}. Lately {plural(left, 'case')} left it in {worked} of work: "
        f"**{pace:.1f} working days a case**."
    )


def plan(one: Plan) -> str:
    """A plan in words."""
    parts = [f"{one.investigators:g} FTE of investigators"]
    parts += [
        f"{secondment.fte:g} FTE seconded {day_text(secondment.from_on)} to {day_text(secondment.last_on)}"
        for secondment in one.secondments
    ]
    if one.surge is not None:
        more = "more" if one.surge.percent >= 0 else "fewer"
        until = f"{day_text(one.surge.from_on)} to {day_text(one.surge.last_on)}"
        parts.append(f"{abs(one.surge.percent)}% {more} referrals {until}")
    own = "the unit's own time per case"
    parts.append(own if one.days_per_case is None else f"{one.days_per_case:g} working days a case")
    return listed(parts)


def answer(found: Answer, opening: str, policy: DemandPolicy) -> list[str]:
    """What a plan does, most wanted first; `opening` is the backlog it begins with as the reader may have it."""
    return [_falls(found, opening), _grows(found, opening), _held(found, policy), _posts(found, policy)]


def _falls(found: Answer, opening: str) -> str:
    under = found.plan.under
    staff = f"With {found.plan.investigators:g} FTE"
    if found.opening < under:
        return f"The backlog is {opening} on {day_text(found.on)}, which is under {under} already."
    if not found.reached:
        within = _months(found.plan.months)
        return f"{staff} the backlog falls under {under} in **none** of {found.runs:,} runs within {within}."
    if found.late:
        return (
            f"{staff} the backlog falls under {under} by **{_by(found.late)}** in 9 of 10 runs, by {_by(found.middle)} "
            f"in half of them, and by {_by(found.early)} in 1 of 10 ({_of(found.reached, found.runs)} ever do)."
        )
    half = f", in half of all runs by {_by(found.middle)}" if found.middle else ""
    return (
        f"{staff} the backlog falls under {under} within {_months(found.plan.months)} in "
        f"**{_of(found.reached, found.runs)}**{half}."
    )


def _grows(found: Answer, opening: str) -> str:
    larger = _of(found.larger, found.runs)
    return (
        f"After {_months(found.plan.months)} it is larger than the {opening} of {day_text(found.on)} in **{larger}**."
    )


def _held(found: Answer, policy: DemandPolicy) -> str:
    held = round(found.held * found.runs)
    return f"It is under {found.plan.under} on each of the last {policy.held_days} days in **{_of(held, found.runs)}**."


def _posts(found: Answer, policy: DemandPolicy) -> str:
    size = f"hold it under {found.plan.under} on those days"
    beside = ", the secondments beside them" if found.plan.secondments else ""
    if found.posts is None or found.posts_held is None:
        return (
            f"**No number of investigators would {size}** in {float(policy.likelihood):.0%} of runs: about "
            f"{plural(round(found.in_work), 'case is', 'cases are')} being worked on at any time however many "
            "people there are, and by chance more on some of those days. Choose a larger size, or a shorter time per "
            "case."
        )
    held = _of(round(found.posts_held * found.runs), found.runs)
    if not found.posts:
        return f"So few cases are expected that **nobody at work would {size}** too{beside}: in {held}."
    return f"**{plural(found.posts, 'investigator')} (FTE available) would {size}**{beside}: in {held}."


def _of(number: int, runs: int) -> str:
    tenths = round(10 * number / runs)
    about = f"{tenths} of 10 runs" if 0 < number < runs and 0 < tenths < 10 else ""
    exact = f"{number:,} of {runs:,}"
    return f"{about} ({exact})" if about else f"{exact} runs"


def _by(day: date | None) -> str:
    return day_text(day) if day else "later"


def _months(number: int) -> str:
    return "a month" if number == 1 else months_text(number)


def listed(parts: Sequence[Any]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    texts = [str(part) for part in parts]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
