"""What changed since the last review: from its backlog to the one now, and what was refused or recorded late."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from app.navigation import DATA_QUALITY, MORNING
from app.parts import filters, listing
from app.parts.listing import MOST_ROWS, Field
from app.parts.morning.frame import (
    CASE_CHANGE,
    CHANGE,
    FEW,
    OFFENDER_FIELD,
    Words,
    facts,
    kept,
    opens,
    opens_cases,
    opens_offenders,
)
from app.parts.words import count
from offendermgmt.domain.vocabulary import Unit
from offendermgmt.services.figures import Figure
from offendermgmt.services.morning import Morning, Part, Since
from offendermgmt.services.morning_words import (
    CAME,
    LEFT,
    NO_REVIEW,
    late_in_words,
    restated_in_words,
    table_in_words,
)
from offendermgmt.services.refused import may_see
from offendermgmt.services.wording import STAGE, days_text

_PARAMETER: Final = {Unit.MOSOVO: CHANGE, Unit.POLIT: CASE_CHANGE}
# Told in the sentence above the figures.
_IN_WORDS: Final = ("opening", "that_day_in", "that_day_out")
_FIRST: Final = {Unit.MOSOVO: "became_overdue", Unit.POLIT: "received"}
_SIGNS: Final = {**dict.fromkeys(CAME, "+"), **dict.fromkeys(LEFT, "\N{MINUS SIGN}")}


def show(mornings: Sequence[Morning], words: Words, ignored: list[str]) -> None:
    """Draw the changes of each unit; a list the address asks for in vain is added to `ignored`."""
    for morning in mornings:
        if len(mornings) > 1:
            st.subheader(str(morning.unit), anchor=False)
        if morning.since is None:
            st.info(NO_REVIEW, icon=":material/history:")
            continue
        _show(morning, morning.since, words, ignored)


def _show(morning: Morning, since: Since, words: Words, ignored: list[str]) -> None:
    section, unit = morning.sections[Part.CHANGES], morning.unit
    chosen = _chosen(morning, ignored)
    st.markdown(restated_in_words(section, since, unit))
    addresses = {
        code: opens(MORNING.url_path, **{_PARAMETER[unit]: code}) if code in section.lists else None
        for code in section.figures
        if code not in _IN_WORDS
    }
    if "refused" in addresses:
        addresses["refused"] = opens(DATA_QUALITY.url_path) if may_see(morning.question.viewer) else None
    facts(section, addresses, of={"refused": "waiting"}, signs=_SIGNS, chosen=chosen)
    rows = section.lists["late"]
    if len(rows):
        st.markdown(f"Late records: {late_in_words(rows)}.")
    code = chosen or _FIRST[unit]
    _list(morning, code, words, whole=chosen is not None)


def _chosen(morning: Morning, ignored: list[str]) -> str | None:
    asked = st.query_params.get(_PARAMETER[morning.unit])
    if asked is None or (asked in morning.sections[Part.CHANGES].lists and asked != "refused"):
        return asked
    ignored.append(f"change {asked[:40]!r}")
    return None


def _list(morning: Morning, code: str, words: Words, *, whole: bool) -> None:
    section = morning.sections[Part.CHANGES]
    rows, title = section.lists[code], section.figures[code].definition.title
    if rows.empty:
        if whole:
            st.markdown(f"{title}: nobody.")
        return
    shown = kept(section, f"{code} {whole}", lambda: _words(morning, rows.head(MOST_ROWS if whole else FEW), words))
    caption = f"{title}: {_told(section.figures[code], len(shown))}"
    if code == "late":
        _late(morning, shown, caption)
    elif morning.unit is Unit.MOSOVO:
        _offenders(shown, caption)
    else:
        _cases(shown, caption)
    if whole:
        clear = {_PARAMETER[morning.unit]: None}
        st.button("Close this list", key=f"close {code} {morning.unit}", on_click=filters.choose, kwargs=clear)


def _told(figure: Figure, shown: int) -> str:
    number = int(figure.value or 0)
    return count(number) if shown == number else f"the first {count(shown)} of {count(number)}"


def _words(morning: Morning, rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    told = words.held(rows)
    if "table" in rows:
        told = told.assign(fact=rows["table"].map(table_in_words), how=rows["kind"].str.capitalize())
        return words.named(morning, told, "ref") if morning.unit is Unit.MOSOVO else told
    if morning.unit is Unit.POLIT:
        return told.assign(stage_text=rows["stage"].map(STAGE))
    late = rows["days_overdue"].fillna(0)
    told = told.assign(late=[f"{days_text(int(days))} overdue" if days > 0 else "" for days in late])
    return words.named(morning, told)


def _offenders(rows: pd.DataFrame, caption: str) -> None:
    listing.show(
        rows,
        [
            OFFENDER_FIELD,
            Field("risk_level", "Risk", "risk"),
            Field("on", "On", "day"),
            Field("due_on", "Visit was due", "day_or_none", beneath="late"),
            Field("holder", "Held by"),
        ],
        caption=caption,
        opens=opens_offenders(rows),
    )


def _cases(rows: pd.DataFrame, caption: str) -> None:
    child = [Field("ref", "Child")] if "ref" in rows else []
    listing.show(
        rows,
        [
            Field("case_ref", "Case", "opens", beneath="stage_text"),
            *child,
            Field("risk_level", "Risk", "risk"),
            Field("on", "On", "day"),
            Field("received_on", "Received", "day"),
            Field("holder", "Held by"),
        ],
        caption=caption,
        opens=opens_cases(rows),
    )


def _late(morning: Morning, rows: pd.DataFrame, caption: str) -> None:
    is_offender = morning.unit is Unit.MOSOVO
    listing.show(
        rows,
        [
            Field("ref", "Offender" if is_offender else "Case", "opens", beneath="name" if is_offender else None),
            Field("fact", "Record", beneath="how"),
            Field("dated_on", "Of", "day"),
            Field("recorded_at", "Recorded at", "moment"),
            Field("holder", "Held by"),
        ],
        caption=caption,
        opens=opens_offenders(rows, "ref") if is_offender else opens_cases(rows, "ref"),
    )
