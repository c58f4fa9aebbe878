"""Fenshire, a fictitious force: every table of the data contract, repeatable by seed and ending on a given day."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from offendermgmt.synthetic import mosovo_tables, officers, polit_tables, viewing
from offendermgmt.synthetic.chance import Chance
from offendermgmt.synthetic.recording import in_order, known_until
from offendermgmt.synthetic.story import Story

TABLES = (
    "teams",
    "officers",
    "officer_availability",
    "offenders",
    "offender_statuses",
    "risk_assessments",
    "allocations",
    "visit_intervals",
    "supervisor_reviews",
    "plan_reviews",
    "orders",
    "visits",
    "polit_cases",
    "polit_stages",
    "polit_assessments",
    "polit_allocations",
    "polit_activities",
    "polit_children",
    "polit_enforcements",
    "polit_examinations",
    "polit_access",
    "polit_information",
    "image_viewing",
)


def fenshire(
    *,
    seed: int,
    ends_on: date,
    years: int = 3,
    offenders: int = 1000,
    teams: int = 2,
    recorded_until: datetime | None = None,
) -> dict[str, pd.DataFrame]:
    """Every table of the contract, each value text as a CSV holds it, with about `offenders` managed on `ends_on`.

    Nothing is recorded after `recorded_until`, a time on `ends_on` (London where it has no offset; default: the end
    of that day). The same arguments give the same tables; no clock is read. Raises ValueError for sizes that are
    not positive, or where `recorded_until` is on another day.
    """
    if min(years, teams) < 1 or offenders < 20 * teams:
        raise ValueError(f"a force needs a year, a team and 20 offenders a team, not {years}, {teams} and {offenders}")
    until = known_until(ends_on, recorded_until)
    chance, story = Chance(seed), Story.until(ends_on, years)
    staff = officers.officers(chance, story, offenders, teams)
    made = {
        "teams": officers.teams_table(teams),
        "officers": officers.officers_table(chance, staff, teams),
        "officer_availability": in_order(officers.availability_table(staff)),
    }
    facts = mosovo_tables.tables(chance, story, staff, offenders, teams, until)
    facts |= polit_tables.tables(chance, story, staff, offenders, until)
    facts["image_viewing"] = viewing.viewing_table(chance, story, staff, until)
    made |= {name: in_order(frame) for name, frame in facts.items()}
    return {name: made[name] for name in TABLES}


def write_extract(tables: Mapping[str, pd.DataFrame], folder: Path) -> list[Path]:
    """Write each table to `folder` as `<table>.csv`, making the folder where there is none; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, table in tables.items():
        files.append(folder / f"{name}.csv")
        table.to_csv(files[-1], index=False, lineterminator="\n", encoding="utf-8")
    return files
