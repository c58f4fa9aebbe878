"""Who is nobody's, missing or just released, and which officers carry too much."""

import pandas as pd
import streamlit as st

from app.navigation import ASSESSMENTS, CASELOAD
from app.parts import caseloads, listing
from app.parts.caseloads import against_cap, against_ceiling, per_fte_text, presence_text
from app.parts.listing import Field
from app.parts.morning.frame import FEW, OFFENDER_FIELD, Words, facts, kept, opens, opens_offenders, way_on
from app.parts.words import share
from offendermgmt.domain.contact import OVERDUE
from offendermgmt.services.assessment_definitions import Concern
from offendermgmt.services.assessment_lists import in_words
from offendermgmt.services.caseload import UNALLOCATED, WITHOUT_TIME
from offendermgmt.services.caseload import Concern as Load
from offendermgmt.services.morning import Morning, Part, Section
from offendermgmt.services.wording import days_text

# Of each kind so many, so that none hides the others.
_OF_EACH = 3


def show_contact(morning: Morning, words: Words) -> None:
    """Draw how many are nobody's, missing, released, and of those not seen in time; the worst of each in one table."""
    section = morning.sections[Part.CONTACT]
    facts(
        section,
        {
            "unallocated": opens(CASELOAD.url_path, holder=UNALLOCATED),
            "missing": opens(ASSESSMENTS.url_path, list=str(Concern.MISSING)),
            "released": opens(ASSESSMENTS.url_path, list=str(Concern.RELEASED)),
            "released_late": opens(ASSESSMENTS.url_path, list=str(Concern.RELEASED_LATE)),
        },
        of={"missing": "managed", "released": "managed", "released_late": "released"},
    )
    if section.figures["unallocated"].value is None:
        st.caption("Cases of nobody are not part of a team's: look at all teams for them.")
    rows = kept(section, "words", lambda: words.named(morning, _worst(section, words)))
    if rows.empty:
        st.success("Nobody is unallocated, missing, or late to be seen after a release.", icon=":material/check:")
        return
    listing.show(
        rows,
        [
            OFFENDER_FIELD,
            Field("risk_level", "Risk", "risk"),
            Field("matter", "What is the matter"),
            Field("last_completed_on", "Last seen", "day"),
            Field("holder", "Held by"),
        ],
        caption=f"The worst {_OF_EACH} of each; the numbers above open all of them",
        opens=opens_offenders(rows),
    )


def _worst(section: Section, words: Words) -> pd.DataFrame:
    nobodys, missing = (section.lists[code].head(_OF_EACH) for code in ("unallocated", "missing"))
    late = section.lists["released_late"]
    # Who has been seen since, late as it was, needs nobody today.
    unseen_first = late.sort_values("first_visit", key=lambda state: state != OVERDUE, kind="stable")
    released = in_words(Concern.RELEASED_LATE, unseen_first.head(_OF_EACH), words.holders)
    told = [
        words.held(nobodys).assign(matter="Held by nobody"),
        words.held(missing).assign(matter=[f"Missing for {days_text(int(days))}" for days in missing["days"]]),
        released.rename(columns={"why": "matter"}),
    ]
    columns = ["offender_ref", "risk_level", "matter", "last_completed_on", "holder"]
    found = [rows[columns] for rows in told if len(rows)]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)


def show_caseload(morning: Morning, words: Words) -> None:
    """Draw how many officers are over either limit, and the worst of them."""
    section, policy = morning.sections[Part.CASELOAD], morning.question.policy
    page = opens(CASELOAD.url_path)
    facts(
        section,
        {
            "over_share": opens(CASELOAD.url_path, concern=str(Load.OVER_SHARE)),
            "over_cap": opens(CASELOAD.url_path, concern=str(Load.OVER_CAP)),
            "to_move": page,
            "without_time": opens(CASELOAD.url_path, holder=WITHOUT_TIME),
        },
        of=dict.fromkeys(("over_share", "over_cap"), ("officer", "officers")),
    )
    over = kept(section, "over", lambda: _over(section))
    if over.empty:
        st.success("No officer is over a limit.", icon=":material/check:")
        return
    shown = kept(section, "words", lambda: _officers(over.head(FEW), words))
    listing.show(
        shown,
        [
            Field("officer", "Officer", "opens", beneath="who"),
            Field("share", f"High risk, against {float(policy.high_risk_share):.0%}", "figure", beneath="ceiling"),
            Field("per_fte", f"Cases per FTE, against {policy.cases_per_fte}", "figure", beneath="cap"),
            Field("cases", "Cases", "number"),
        ],
        caption="Officers over a limit, the most high-risk cases to move first",
        opens={
            officer: opens(CASELOAD.url_path, holder=ref, **caseloads.NO_MOVES)
            for officer, ref in zip(shown["officer"], shown["officer_ref"], strict=True)
        },
    )
    way_on(len(shown), len(over), "officers over a limit", page, CASELOAD.title)


def _over(section: Section) -> pd.DataFrame:
    over = pd.concat([section.lists["over_share"], section.lists["over_cap"]], ignore_index=True)
    once: pd.DataFrame = over.drop_duplicates("officer_ref")
    return once


def _officers(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    lines = rows.to_dict(orient="records")
    return rows.assign(
        officer=[words.holders.get(ref, ref) for ref in rows["officer_ref"]],
        who=[" · ".join(filter(None, (words.teams.get(row["team_ref"], ""), presence_text(row)))) for row in lines],
        share=[f"{share(row['share'])} ({row['high_risk']:,} of {row['cases']:,})" for row in lines],
        ceiling=[against_ceiling(row) for row in lines],
        per_fte=[per_fte_text(row["cases_per_fte"], str(row["officer_ref"])) for row in lines],
        cap=[against_cap(row) for row in lines],
    )
