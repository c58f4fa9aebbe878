"""A list as CSV: the marking, the headings, a row a thing."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

from offendermgmt.outputs.cells import safe_cell
from offendermgmt.outputs.listing import Listing, Value

_SHARE_DECIMALS = 4


def as_csv(listing: Listing, markings: Sequence[str]) -> bytes:
    """UTF-8 with a byte order mark, by which spreadsheets know it; formulas neutralised, the unknown empty.

    Days are ISO 8601, moments London time with their offset, shares fractions to 4 decimals.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(markings)
    writer.writerow([safe_cell(heading) for heading in listing.headings()])
    writer.writerows([safe_cell(_text(value)) for value in row] for row in listing.values())
    return text.getvalue().encode("utf-8-sig")


def _text(value: Value) -> str | float | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return round(value, _SHARE_DECIMALS) if isinstance(value, float) else value
