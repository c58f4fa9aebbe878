"""A briefing taken by a person: it leaves once that is on record."""

from collections.abc import Sequence
from datetime import datetime

from offendermgmt.outputs.briefing.document import title_of
from offendermgmt.outputs.briefing.fitting import PAGE, Form, fitted, written
from offendermgmt.services.desk import Desk
from offendermgmt.services.disclosures import Disclosure, record_disclosure
from offendermgmt.services.morning import Morning
from offendermgmt.services.overdue import setting_of


def briefing_for(desk: Desk, morning: Morning, markings: Sequence[str], form: Form, made_at: datetime) -> bytes:
    """The morning as a file, once its download is on record; raises what `record_disclosure` does, and gives nothing.

    The record's rows are those of the briefing's tables.
    """
    question = morning.question
    briefing = fitted(morning, desk.freshness(), markings, made_at, form)
    made = written(briefing, form)
    rows = sum(len(table.rows) for block in briefing.blocks for table in block.tables)
    leaves = Disclosure(PAGE, title_of(morning), form, rows, has_names=False, filters=setting_of(question).filters)
    record_disclosure(desk, question.viewer, setting_of(question), leaves)
    return made
