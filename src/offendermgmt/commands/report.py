"""`offendermgmt report`: one of the contract's reports, from the configured store."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final

from offendermgmt.domain.days import LONDON
from offendermgmt.domain.periods import Every, Periods
from offendermgmt.outputs.reports import Issue, as_csv, as_json, as_table
from offendermgmt.services.access import SYSTEM
from offendermgmt.services.desk import Desk
from offendermgmt.services.reports import OVER_PERIODS, REPORTS


class Format(StrEnum):
    """How a report is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


WRITERS: Final = {Format.TABLE: as_table, Format.CSV: as_csv, Format.JSON: as_json}


class BadRequest(Exception):
    """Options that do not fit the report; the message says which and what to do."""


def issue_report(
    desk: Desk,
    name: str,
    *,
    now: datetime,
    as_of: date | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
    every: Every | None = None,
    known_at: datetime | None = None,
    team_ref: str | None = None,
) -> Issue:
    """The report as of a day (today if none is given), or over periods where it is one of those.

    BadRequest for an unknown report, options it does not take or a team that the store does not hold.
    """
    if name not in REPORTS:
        raise BadRequest(f"There is no report {name!r}. There are: {', '.join(REPORTS)}.")
    today = now.astimezone(LONDON).date()
    periods = _periods(name, as_of, from_on, to_on, every, today)
    last = as_of or today if periods is None else to_on or today
    question = desk.question(SYSTEM, last, today=today, periods=periods, known_at=known_at, team_ref=team_ref)
    parameters = {
        "as_of": last if periods is None else None,
        "from": from_on or (last if periods else None),
        "to": last if periods else None,
        "every": (every or Every.DAY) if periods else None,
        "known_at": known_at.isoformat() if known_at else None,
        "team": team_ref,
    }
    try:
        rows = REPORTS[name](question)
    except ValueError as error:
        raise BadRequest(str(error)) from error
    return Issue(
        name=name,
        parameters={key: str(value) for key, value in parameters.items() if value is not None},
        policy=question.policy.version,
        generated_at=now.astimezone(UTC),
        data_known_at=known_at or desk.freshness().last_loaded_at,
        rows=rows,
    )


def moment(text: str) -> datetime:
    """The moment an ISO 8601 text names; without an offset it is London local time (D1). BadRequest if it is none."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(f"{text!r} is no moment: write it as 2025-06-30T09:00 or 2025-06-30T09:00:00Z.") from error
    return value if value.tzinfo else value.replace(tzinfo=LONDON)


def _periods(
    name: str, as_of: date | None, from_on: date | None, to_on: date | None, every: Every | None, today: date
) -> Periods | None:
    over_range = from_on is not None or to_on is not None or every is not None
    if name not in OVER_PERIODS:
        if over_range:
            raise BadRequest(f"The report {name} is of one day: give --as-of, not --from, --to or --every.")
        return None
    if as_of is not None and over_range:
        raise BadRequest("Give either --as-of for one day, or --from, --to and --every for periods.")
    last = as_of or to_on or today
    try:
        return Periods.between(from_on or last, last, every or Every.DAY)
    except ValueError as error:
        raise BadRequest(str(error)) from error
