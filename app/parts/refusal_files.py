"""What may be downloaded of the page on data quality: the refused rows that wait, and the last load of each table."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Final

import pandas as pd

from app.navigation import DATA_QUALITY
from app.parts import downloads
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services.last_loads import LastLoad
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.refused import LAST_LOADS, REFUSED

_WHEN_READ: Final = "When the page was read, whatever its as-of day"


def offer_rows(rows: pd.DataFrame, question: Question) -> None:
    """Offer `refused.refused_rows`, asked of today: whatever day the page describes, rows wait now."""
    # A refused value may be a name. Who sees none has it withheld in the rows already, and keeps the column.
    names = question.viewer.sees_names
    downloads.offer(
        lambda: rows,
        [
            ListColumn("refused_id", "Number", "number"),
            ListColumn("table", "Table"),
            ListColumn("file", "File"),
            ListColumn("line", "Line", "number"),
            ListColumn("column", "Column"),
            ListColumn("value", "Value", personal=names),
            ListColumn("reason", "Why it was refused", personal=names),
        ],
        page=DATA_QUALITY.url_path,
        title="Refused rows waiting",
        count=len(rows),
        setting=setting_of(question),
        definitions=(REFUSED,),
        filters={"Waiting": _WHEN_READ},
    )


def offer_loads(loads: Sequence[LastLoad], question: Question) -> None:
    """Offer the newest load of each table, newest first, as of today: whatever day the page describes."""
    rows = pd.DataFrame([asdict(load) for load in loads])
    downloads.offer(
        lambda: rows,
        [
            ListColumn("table", "Table"),
            ListColumn("finished_at", "Last loaded", "moment"),
            ListColumn("loaded", "Rows in", "number", "Rows that were new or corrected"),
            ListColumn("unchanged", "Rows unchanged", "number", "Rows already on record as they stand"),
            ListColumn("source", "From"),
            ListColumn("loaded_by", "By"),
        ],
        page=DATA_QUALITY.url_path,
        title=LAST_LOADS.title,
        count=len(rows),
        setting=setting_of(question),
        definitions=(LAST_LOADS,),
        filters={"Loaded": _WHEN_READ},
    )
