"""What may be downloaded of the page on data quality: the refused rows that wait."""

import pandas as pd

from app.navigation import DATA_QUALITY
from app.parts import downloads
from offendermgmt.outputs.listing import ListColumn
from offendermgmt.services.overdue import setting_of
from offendermgmt.services.question import Question
from offendermgmt.services.refused import REFUSED


def offer(rows: pd.DataFrame, question: Question) -> None:
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
        filters={"Waiting": "When the page was read, whatever its as-of day"},
    )
