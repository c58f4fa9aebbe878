"""What POLIT may have to do in the months ahead, in short, as a board reads it (Q40 to Q44)."""

from typing import Final

from offendermgmt.services import demand_definitions as definitions
from offendermgmt.services.board_tables import BoardTable, TableColumn
from offendermgmt.services.demand import Against, Demand, demand
from offendermgmt.services.question import Question
from offendermgmt.services.wording import months_text, plural

CODE: Final = "capacity"
_AGAINST: Final = {
    Against.ABOVE: "above the range forecast for it",
    Against.WITHIN: "within the range forecast for it",
    Against.BELOW: "below the range forecast for it",
}
_ENDS: Final = ("period_start", "period_end")
_RANGE: Final = ("low", "middle", "high")
_COLUMNS: Final = (
    TableColumn("In the next"),
    TableColumn("From", "day"),
    TableColumn("To", "day"),
    TableColumn("At least", "number"),
    TableColumn("Middle", "number"),
    TableColumn("At most", "number"),
)


def capacity_table(question: Question) -> BoardTable:
    """Referrals to POLIT ahead, by horizon of the policy; empty, and says why, where nothing can be forecast."""
    told = demand(question)
    windows = told.windows.to_dict(orient="records")
    rows = tuple(
        (months_text(row["months"]), *(row[name].date() for name in _ENDS), *(row[name] for name in _RANGE))
        for row in windows
    )
    return BoardTable(
        CODE, "Referrals to POLIT ahead", _finding(told), _COLUMNS, rows, (definitions.AHEAD, definitions.TESTED)
    )


def _finding(told: Demand) -> str:
    if told.windows.empty:
        return "Nothing can be forecast yet: that takes two whole months of referrals."
    month = next((each for each in told.newest if each.days == each.length), None)
    parts = []
    if month is not None and month.received is not None:
        name = f"{month.from_on:%B %Y}"
        parts.append(
            f"{plural(month.received, 'referral')} in {name}: {_AGAINST[month.against]}, {month.low:,} to "
            f"{month.high:,}."
        )
    tested = told.tests.iloc[0]
    if tested["tested"]:
        parts.append(
            f"Of {months_text(int(tested['tested']))} forecast so far, {int(tested['inside'])} came within their range."
        )
    if told.is_trial:
        parts.append("With so few months the forecast is a trial.")
    return " ".join(parts)
